// Both clouds as people and the relay see them: the fakes, what each stores differently from what it was given, the
// webhooks they send (or lose, repeat and delay), and a record of everything that changes.

import type { Json, JsonObject } from "../../sync-relay/src/core/json";
import { atPath, sameJson, withPath } from "../../sync-relay/src/core/json";
import type { FieldMap } from "../../sync-relay/src/core/mapping/field-map";
import { readCrm } from "../../sync-relay/src/core/mapping/read-crm";
import { readReferral } from "../../sync-relay/src/core/mapping/read-referral";
import type { RelayEvent } from "../../sync-relay/src/core/event";
import type { Side } from "../../sync-relay/src/core/merge/conflict";
import type { CoSellSection, CrmValues, Opportunity } from "../../sync-relay/src/core/opportunity";
import type { FieldValues } from "../../sync-relay/src/core/pair";
import type { Referral } from "../../sync-relay/src/core/referral";
import { createFakeCrm } from "../support/fake-crm";
import { createFakePartnerCenter } from "../support/fake-partner-center";
import type { Agenda } from "./agenda";
import type { FaultProfile } from "./fault-profile";
import type { Ledger } from "./ledger";
import type { SeededRandom } from "./seeded-random";

/** Fields whose values the checks follow. */
export const followedFields = [
  "details.dealValue",
  "details.notes",
  "details.closingDateTime",
  "name",
  "status",
] as const;

export interface CloudOptions {
  readonly agenda: Agenda;
  readonly random: SeededRandom;
  readonly profile: FaultProfile;
  readonly ledger: Ledger;
  readonly map: FieldMap;
  readonly opportunityIdFor: (referralId: string) => string;
  /** Delivers a webhook. */
  readonly deliver: (event: RelayEvent) => void;
  /** False once everything is quiet: nothing is lost any more. */
  readonly faulty: () => boolean;
}

export type Clouds = ReturnType<typeof createClouds>;

export function createClouds(options: CloudOptions) {
  const { agenda, random, profile, ledger, map } = options;
  const crm = createFakeCrm({ paths: map.crmPaths, match: map.match, now: agenda.now });
  const partnerCenter = createFakePartnerCenter({ now: agenda.now });
  const seen = new Map<string, FieldValues>();
  const born = new Set<string>();
  let deliveries = 0;

  const keptByCrm = (values: CrmValues): CrmValues =>
    profile.canonicalising.crm && typeof values["description"] === "string"
      ? { ...values, description: values["description"].toLowerCase() }
      : values;
  const keptByPartnerCenter = (value: Json): Json =>
    profile.canonicalising.partnerCenter && typeof value === "string" ? value.toUpperCase() : value;

  function tell(event: Omit<RelayEvent, "dedupeId" | "correlationId">): void {
    const dedupeId = `delivery-${(deliveries += 1)}`;
    const full: RelayEvent = { ...event, dedupeId, correlationId: dedupeId };
    const faulty = options.faulty();
    if (faulty && random.chance(profile.lost)) return;
    const delay = (): number =>
      faulty && random.chance(profile.late) ? random.int(0, 300_000) : random.int(50, 3_000);
    agenda.at(agenda.now() + delay(), () => options.deliver(full));
    if (faulty && random.chance(profile.twice)) agenda.at(agenda.now() + delay(), () => options.deliver(full));
  }

  /** Records what changed on one side, and by whom. */
  function noted(at: { side: Side; opportunityId: string; recordId: string }, values: FieldValues, byRelay: boolean) {
    const identity = `${at.side} ${at.recordId}`;
    const before = seen.get(identity);
    seen.set(identity, values);
    if (byRelay) ledger.writes += 1;
    for (const field of followedFields) {
      const value = values[field];
      if (value === undefined || sameJson(before?.[field], value)) continue;
      const entry = { opportunityId: at.opportunityId, field, side: at.side, atMs: agenda.now() };
      if (byRelay) ledger.written.push({ ...entry, before: before?.[field] ?? null, after: value });
      else ledger.edits.push({ ...entry, value, initial: before === undefined });
      ledger.trace?.push(
        `${agenda.now() - START_MS} ${byRelay ? "RELAY" : "USER"} ${at.side} ${at.opportunityId.slice(-4)} ${field}=${JSON.stringify(value)}`,
      );
    }
  }

  function notedCrm(opportunity: Opportunity, byRelay: boolean): void {
    const at = { side: "crm", opportunityId: opportunity.id, recordId: opportunity.id } as const;
    const kind = seen.has(`crm ${opportunity.id}`) ? "opportunity-updated" : "opportunity-created";
    noted(at, readCrm(map, opportunity.values).values, byRelay);
    const ownWrite = byRelay && profile.marksOwnWrites;
    if (byRelay)
      ledger.trace?.push(
        `   UPDATE ${opportunity.id.slice(-4)} ${opportunity.version} ${JSON.stringify({ ...opportunity.section, audit: undefined })}`,
      );
    tell({ source: "dataverse", kind, recordId: opportunity.id, changedAt: opportunity.modifiedAt, ownWrite });
  }

  partnerCenter.onChange((referral, actor) => {
    const isMicrosofts = referral.organizationId === "msft";
    const opportunityId = referral.externalReferenceId ?? options.opportunityIdFor(referral.id);
    const recordId = referral.id;
    if (isMicrosofts) {
      if (actor === "relay") ledger.writes += 1;
    } else
      noted({ side: "partnerCenter", opportunityId, recordId }, readReferral(map, referral).values, actor === "relay");
    const verb = born.has(recordId) ? "updated" : "created";
    born.add(recordId);
    const kind = isMicrosofts ? (`related-referral-${verb}` as const) : (`referral-${verb}` as const);
    tell({ source: "partner-center", kind, recordId, changedAt: referral.updatedAt, ownWrite: false });
  });

  return {
    ledger,
    opportunityIdFor: options.opportunityIdFor,
    crm,
    partnerCenter,
    notedCrm,
    keptByCrm,
    /** A referral's body as Partner Center keeps it. */
    keptReferral(body: JsonObject): JsonObject {
      const notes = atPath(body, NOTES);
      return notes === undefined ? body : withPath(body, NOTES, keptByPartnerCenter(notes));
    },
    keptByPartnerCenter,
    /** A person changes or makes an opportunity. */
    editCrm(id: string, values: CrmValues, section: Partial<CoSellSection> = {}): void {
      notedCrm(crm.edit(id, keptByCrm(values), section), false);
    },
    addToCrm(id: string, values: CrmValues, section: Partial<CoSellSection>): void {
      notedCrm(crm.add({ id, values: keptByCrm(values), section }), false);
    },
    deleteFromCrm(id: string): void {
      crm.remove(id);
      tell({ source: "dataverse", kind: "opportunity-deleted", recordId: id, changedAt: null, ownWrite: false });
    },
    editReferral(id: string, changes: Readonly<Record<string, Json>>): void {
      const kept = Object.fromEntries(
        Object.entries(changes).map(([path, value]) => [path, path === NOTES ? keptByPartnerCenter(value) : value]),
      );
      partnerCenter.edit(id, kept);
    },
    ownReferrals: (): readonly Referral[] =>
      partnerCenter.all().filter(({ organizationId }) => organizationId !== "msft"),
  };
}

const NOTES = "details.notes";
export const START_MS = Date.UTC(2026, 10, 23, 9, 0, 0);
