// The two clouds as a process of the relay reaches them.

import type { Crm } from "../../src/ports/crm";
import type { PartnerCenter } from "../../src/ports/partner-center";
import type { Agenda } from "../agenda";
import type { Clouds } from "../clouds/clouds";
import { relayAsOwner } from "../deals";
import type { FaultProfile } from "../fault-profile";
import type { Faults } from "../faults";
import type { Ledger } from "../ledger";
import { crmRefusals, partnerCenterRefusals, type Network } from "./network";

export interface PortOptions {
  readonly agenda: Agenda;
  readonly clouds: Clouds;
  readonly network: Network;
  readonly profile: FaultProfile;
  readonly faults: Faults;
  readonly ledger: Ledger;
}

/** Longer than a request is under way, its late effect included. */
const MADE_AGAIN_WITHIN_MS = 120_000;

export function crmOver({ agenda, clouds, network, profile, ledger }: PortOptions): Crm {
  const { crm, kept } = clouds;
  const read = <T>(name: string, effect: () => Promise<T>): Promise<T> =>
    network({ name, refusals: crmRefusals, writes: false, effect });
  const write = <T>(name: string, effect: () => Promise<T>, touch?: () => void): Promise<T> =>
    network({ name, refusals: crmRefusals, writes: true, effect, ...(touch === undefined ? {} : { touch }) });
  const owner = profile.ownersChange ? relayAsOwner : {};
  const before = (id: string) => crm.peek(id)?.values ?? {};

  /** Notes what a write changed at the very moment of its effect, before anything else can happen. */
  function noting<T>(id: string, effect: () => Promise<T>): Promise<T> {
    const old = crm.peek(id);
    const answer = effect();
    const now = crm.peek(id);
    if (now === undefined || now === old) return answer;
    if (old !== undefined && !old.section.syncOn) {
      ledger.violations.push("I7 an opportunity was written while its sync was off");
    }
    if (old === undefined) checkWanted(id);
    clouds.notedCrm(now, true);
    return answer;
  }

  /** A create whose answer was lost is made again; once the deletion was told for a while it must not be any more. */
  function checkWanted(id: string): void {
    const toldMs = ledger.deletionTold.get(id) ?? Infinity;
    if (profile.storeLoss === "never" && toldMs + MADE_AGAIN_WITHIN_MS < agenda.now()) {
      ledger.violations.push("I14 an opportunity came back although its deletion was told");
    }
  }

  return {
    read: (id) => read("crm.read", () => crm.read(id)),
    findByReferral: (id) => read("crm.findByReferral", () => crm.findByReferral(id)),
    changesSince: (position) => read("crm.changesSince", () => crm.changesSince(position)),
    update: (id, version, changes) =>
      write(
        "crm.update",
        () => noting(id, () => crm.update(id, version, { ...changes, values: kept.crm(changes.values, before(id)) })),
        () => {
          if (crm.peek(id) !== undefined) clouds.touchCrm(id);
        },
      ),
    create: (id, { values, section }) =>
      write("crm.create", () =>
        noting(id, () => crm.create(id, { values: kept.crm({ ...owner, ...values }, {}), section })),
      ),
  };
}

/** The first opportunity that is shared in a history is the one that Partner Center takes nothing of. */
const REFUSED_OPPORTUNITY = "0a000000-0000-4000-8000-000000000001";

export function partnerCenterOver({ clouds, network, profile, faults, ledger }: PortOptions): PartnerCenter {
  const { partnerCenter, kept } = clouds;
  const read = <T>(name: string, effect: () => Promise<T>): Promise<T> =>
    network({ name, refusals: partnerCenterRefusals, writes: false, effect });
  const list = <T>(name: string, effect: () => Promise<T>): Promise<T> =>
    read(name, () => {
      const lagMs = faults.ended() ? 0 : profile.indexLagMs;
      if (lagMs > 0) faults.count("index-lag");
      partnerCenter.setIndexLag(lagMs);
      return effect();
    });
  const isRefused = (opportunityId: unknown) => () => profile.refusesOnePair && opportunityId === REFUSED_OPPORTUNITY;
  return {
    read: (id, correlationId) => read("partnerCenter.read", () => partnerCenter.read(id, correlationId)),
    listEngagement: (id, correlationId) =>
      list("partnerCenter.listEngagement", () => partnerCenter.listEngagement(id, correlationId)),
    listChangedSince: (sinceMs, correlationId) =>
      list("partnerCenter.listChangedSince", () => partnerCenter.listChangedSince(sinceMs, correlationId)),
    create: (payload, request) =>
      network({
        name: "partnerCenter.create",
        refusals: partnerCenterRefusals,
        writes: true,
        isRefused: isRefused(payload["externalReferenceId"]),
        effect: () => partnerCenter.create(kept.referral(payload), request),
      }),
    patch: (id, operations, condition) =>
      network({
        name: "partnerCenter.patch",
        refusals: partnerCenterRefusals,
        writes: true,
        isRefused: isRefused(partnerCenter.get(id)?.externalReferenceId),
        touch() {
          if (partnerCenter.get(id) !== undefined) clouds.editReferral(id, {});
        },
        effect() {
          const old = partnerCenter.get(id);
          if (old?.status === "Closed" && old.eTag === condition.eTag) {
            ledger.violations.push("I7 a closed referral was written");
          }
          ledger.trace?.push(
            `      PATCH ${id.slice(-4)} ${old?.eTag === condition.eTag} ${JSON.stringify(operations)}`,
          );
          return partnerCenter.patch(id, operations.map(kept.operation), condition);
        },
      }),
  };
}
