// The two clouds as a worker of the relay reaches them: every call takes time in which other things happen, and may
// fail before its effect, after it, or take effect when nobody waits for it any more. A worker that dies never hears
// again from any call it made.

import { RelayError, type ErrorCode } from "../../sync-relay/src/core/errors";
import type { PatchOperation } from "../../sync-relay/src/core/referral";
import type { Crm } from "../../sync-relay/src/ports/crm";
import type { PartnerCenter } from "../../sync-relay/src/ports/partner-center";
import type { Agenda } from "./agenda";
import { type Clouds, START_MS } from "./clouds";
import type { FaultProfile } from "./fault-profile";
import type { Ledger } from "./ledger";
import type { SeededRandom } from "./seeded-random";

/** How long a client waits for an answer. */
const TIME_OUT_MS = 10_000;
/** The latest that a request still takes effect: with the list's lag it must show before a create's quarantine ends. */
const LATEST_EFFECT_MS = 80_000;

export interface PortOptions {
  readonly clouds: Clouds;
  readonly agenda: Agenda;
  readonly random: SeededRandom;
  readonly profile: FaultProfile;
  readonly ledger: Ledger;
  readonly faulty: () => boolean;
  readonly isAlive: () => boolean;
  readonly die: () => void;
  /** Something else happens while the call is under way. */
  readonly meanwhile: () => void;
  /** A request that will take effect later. */
  readonly zombies: { count: number };
}

export interface FaultyPorts {
  readonly crm: Crm;
  readonly partnerCenter: PartnerCenter;
  /** Lets a worker that died wait for ever. */
  readonly alive: <T>(work: () => Promise<T>) => Promise<T>;
}

const never = new Promise<never>(() => undefined);

export function createFaultyPorts(options: PortOptions): FaultyPorts {
  const { clouds, agenda, random, profile, ledger, faulty, isAlive, die, zombies } = options;
  const hit = (chance: number): boolean => faulty() && random.chance(chance);

  async function alive<T>(work: () => Promise<T>): Promise<T> {
    if (!isAlive()) return never;
    if (hit(profile.crash)) {
      die();
      return never;
    }
    try {
      const answer = await work();
      return isAlive() ? answer : await never;
    } catch (thrown) {
      if (!isAlive()) return never;
      throw thrown;
    }
  }

  function strikeBefore(codes: Codes, writes: boolean): void {
    const fail = (code: ErrorCode, details: object): never => {
      ledger.faults += 1;
      throw new RelayError(code, details);
    };
    if (hit(profile.throttled))
      fail(codes.throttled, { httpStatus: 429, ...(random.chance(0.5) ? { retryAfterMs: 5_000 } : {}) });
    if (hit(profile.unauthorized)) fail(codes.unauthorized, { httpStatus: 401 });
    if (hit(profile.before)) {
      agenda.pass(TIME_OUT_MS);
      fail(codes.transient, { inDoubt: writes });
    }
  }

  async function call<T>(codes: Codes, writes: boolean, effect: () => Promise<T>): Promise<T> {
    return alive(async () => {
      ledger.calls += 1;
      options.meanwhile();
      agenda.pass(random.int(20, 300));
      if (!isAlive()) return never;
      strikeBefore(codes, writes);
      if (writes && hit(profile.zombie)) {
        zombies.count += 1;
        ledger.faults += 1;
        agenda.at(agenda.now() + random.int(0, LATEST_EFFECT_MS), () => {
          zombies.count -= 1;
          void effect().catch(() => undefined);
        });
        agenda.pass(TIME_OUT_MS);
        throw new RelayError(codes.transient, { inDoubt: true });
      }
      const answer = await effect();
      ledger.trace?.push(`${agenda.now() - START_MS} CALL ${codes.transient} ${JSON.stringify(answer).slice(0, 60)}`);
      if (hit(profile.after)) {
        ledger.faults += 1;
        agenda.pass(TIME_OUT_MS);
        throw new RelayError(codes.transient, { inDoubt: writes });
      }
      options.meanwhile();
      agenda.pass(random.int(5, 50));
      return alive(() => Promise.resolve(answer));
    });
  }

  return {
    crm: faultyCrm(clouds, (writes, effect) => call(crmCodes, writes, effect)),
    partnerCenter: faultyPartnerCenter(
      clouds,
      { ledger, agenda, indexLagMs: profile.indexLagMs, faulty },
      (writes, effect) => call(partnerCenterCodes, writes, effect),
    ),
    alive,
  };
}

interface Codes {
  readonly transient: ErrorCode;
  readonly throttled: ErrorCode;
  readonly unauthorized: ErrorCode;
}

const crmCodes: Codes = { transient: "CS-1001", throttled: "CS-1002", unauthorized: "CS-1005" };
const partnerCenterCodes: Codes = { transient: "CS-1101", throttled: "CS-1102", unauthorized: "CS-1105" };

type Call = <T>(writes: boolean, effect: () => Promise<T>) => Promise<T>;

function faultyCrm(clouds: Clouds, call: Call): Crm {
  const { crm } = clouds;
  return {
    read: (id) => call(false, () => crm.read(id)),
    findByReferral: (id) => call(false, () => crm.findByReferral(id)),
    changesSince: (position) => call(false, () => crm.changesSince(position)),
    update: (id, version, changes) =>
      call(true, () =>
        noting(clouds, id, () => crm.update(id, version, { ...changes, values: clouds.keptByCrm(changes.values) })),
      ),
    create: (id, { values, section }) =>
      call(true, () => noting(clouds, id, () => crm.create(id, { values: clouds.keptByCrm(values), section }))),
  };
}

/** Notes what a write changed at the very moment of its effect, before anything else can happen. */
function noting<T>(clouds: Clouds, id: string, write: () => Promise<T>): Promise<T> {
  const before = clouds.crm.peek(id);
  const answer = write();
  const after = clouds.crm.peek(id);
  if (after === undefined || after === before) return answer;
  if (before !== undefined && !before.section.syncOn)
    clouds.ledger.violations.push("I7 an opportunity was written while its sync was off");
  clouds.notedCrm(after, true);
  return answer;
}

interface Watching {
  readonly ledger: Ledger;
  readonly agenda: Agenda;
  readonly indexLagMs: number;
  readonly faulty: () => boolean;
}

function faultyPartnerCenter(clouds: Clouds, watching: Watching, call: Call): PartnerCenter {
  const { partnerCenter } = clouds;
  const list = <T>(work: () => Promise<T>): Promise<T> => {
    partnerCenter.setIndexLag(watching.faulty() ? watching.indexLagMs : 0);
    return work();
  };
  return {
    read: (id, correlationId) => call(false, () => partnerCenter.read(id, correlationId)),
    listEngagement: (id, correlationId) =>
      call(false, () => list(() => partnerCenter.listEngagement(id, correlationId))),
    listChangedSince: (sinceMs, correlationId) =>
      call(false, () => list(() => partnerCenter.listChangedSince(sinceMs, correlationId))),
    create: (payload, request) => call(true, () => partnerCenter.create(clouds.keptReferral(payload), request)),
    patch: (id, operations, condition) =>
      call(true, () => {
        const before = partnerCenter.get(id);
        if (before?.status === "Closed" && before.eTag === condition.eTag) {
          watching.ledger.violations.push("I7 a closed referral was written");
        }
        watching.ledger.trace?.push(
          `   PATCH ${id.slice(-4)} ${before?.eTag === condition.eTag} ${JSON.stringify(operations)}`,
        );
        return partnerCenter.patch(
          id,
          operations.map((operation) => kept(clouds, operation)),
          condition,
        );
      }),
  };
}

function kept(clouds: Clouds, operation: PatchOperation): PatchOperation {
  return operation.path === "/details/notes"
    ? { ...operation, value: clouds.keptByPartnerCenter(operation.value) }
    : operation;
}
