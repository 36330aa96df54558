// Both clouds as people and the relay see them: the fakes, what they make of what they are given, the webhooks they send,
// and a record of everything that changes.

import type { Json, JsonObject } from "../../src/core/json";
import { sameJson } from "../../src/core/json";
import { readCrm } from "../../src/core/mapping/read-crm";
import { readReferral } from "../../src/core/mapping/read-referral";
import type { RelayEvent } from "../../src/core/event";
import type { FieldMap } from "../../src/core/mapping/field-map";
import type { Side } from "../../src/core/merge/conflict";
import type { CoSellSection, CrmValues, Opportunity } from "../../src/core/opportunity";
import type { FieldValues } from "../../src/core/pair";
import { MICROSOFT_ORGANIZATION, type Referral } from "../../src/core/referral";
import type { Agenda } from "../agenda";
import { laterKind, portalDeal, readyOpportunity } from "../deals";
import type { FaultProfile } from "../fault-profile";
import type { Faults } from "../faults";
import { mark, type Ledger, type Written } from "../ledger";
import { followedFields } from "../maps";
import type { SeededRandom } from "../seeded-random";
import { createFakeCrm, type FakeCrm } from "./fake-crm";
import { createFakePartnerCenter, type FakePartnerCenter } from "./fake-partner-center";
import { createKeptForms, type KeptForms } from "./kept-forms";
import { createWebhooks } from "./webhooks";

export interface CloudOptions {
  readonly agenda: Agenda;
  readonly random: SeededRandom;
  readonly profile: FaultProfile;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly map: FieldMap;
  /** The map of the fields that are followed. */
  readonly followed: FieldMap;
  readonly opportunityIdFor: (referralId: string) => string;
  readonly deliver: (event: RelayEvent) => boolean;
}

export interface Clouds {
  readonly crm: FakeCrm;
  readonly partnerCenter: FakePartnerCenter;
  readonly kept: KeptForms;
  readonly opportunityIdFor: (referralId: string) => string;
  /** Records what is new on an opportunity. */
  readonly notedCrm: (opportunity: Opportunity, byRelay: boolean) => void;
  readonly share: (id: string, number: number) => void;
  readonly makeDeal: (number: number) => void;
  /** A server gives an opportunity a new version; whether anybody hears of it the profile says. */
  readonly touchCrm: (id: string) => void;
  /** A person changes an opportunity. */
  readonly editCrm: (id: string, values: CrmValues, section?: Partial<CoSellSection>) => void;
  readonly deleteFromCrm: (id: string) => void;
  /** The same for a referral; without changes a server gives it a new version. */
  readonly editReferral: (id: string, changes: Readonly<Record<string, Json>>) => void;
  readonly removeReferral: (id: string) => void;
  readonly ownReferrals: () => readonly Referral[];
  /** Microsoft's referrals of one engagement. */
  readonly microsoftsOf: (own: Referral) => readonly Referral[];
}

/** A record of one side, and the pair that it belongs to. */
interface Place {
  readonly side: Side;
  readonly opportunityId: string;
  readonly recordId: string;
}

const ESTIMATE = "details.dealValue";
const CLOSE_DATE = "details.closingDateTime";

export function createClouds(options: CloudOptions): Clouds {
  const { agenda, profile, map, ledger } = options;
  const crm = createFakeCrm({ paths: map.crmPaths, match: map.match, now: agenda.now });
  const partnerCenter = createFakePartnerCenter({ now: agenda.now });
  const kept = createKeptForms(profile, options.faults);
  const tell = createWebhooks(options);
  const noted = createRecord(options);

  function notedCrm(opportunity: Opportunity, byRelay: boolean): void {
    const place: Place = { side: "crm", opportunityId: opportunity.id, recordId: opportunity.id };
    const isNew = noted(place, readCrm(options.followed, opportunity.values).values, byRelay);
    const kind = isNew ? "opportunity-created" : "opportunity-updated";
    const ownWrite = byRelay && profile.marksOwnWrites;
    tell({ source: "dataverse", kind, recordId: opportunity.id, changedAt: opportunity.modifiedAt, ownWrite });
  }

  partnerCenter.onChange((referral, actor) => {
    const isMicrosofts = referral.organizationId === MICROSOFT_ORGANIZATION;
    const opportunityId = referral.externalReferenceId ?? options.opportunityIdFor(referral.id);
    const place: Place = { side: "partnerCenter", opportunityId, recordId: referral.id };
    const values = isMicrosofts ? {} : readReferral(options.followed, referral).values;
    const verb = noted(place, values, actor === "relay") ? "created" : "updated";
    const kind = isMicrosofts ? (`related-referral-${verb}` as const) : (`referral-${verb}` as const);
    tell({ source: "partner-center", kind, recordId: referral.id, changedAt: referral.updatedAt, ownWrite: false });
  });

  const editCrm: Clouds["editCrm"] = (id, values, section = {}) =>
    notedCrm(crm.edit(id, kept.crm(values, crm.peek(id)?.values ?? {}), section), false);

  return {
    crm,
    partnerCenter,
    kept,
    opportunityIdFor: options.opportunityIdFor,
    notedCrm,
    share(id, number) {
      notedCrm(crm.add({ id, values: kept.crm(readyOpportunity(number), {}), section: { syncOn: true } }), false);
    },
    makeDeal: (number) => void partnerCenter.add(kept.referral(dealOf(options, number))),
    editCrm,
    touchCrm: (id) => (profile.silentVersions ? crm.touch(id) : editCrm(id, {})),
    deleteFromCrm(id) {
      crm.remove(id);
      mark(ledger, 7);
      ledger.trace?.push(`${agenda.now()} PERSON deletes ${id}`);
      tell({ source: "dataverse", kind: "opportunity-deleted", recordId: id, changedAt: null, ownWrite: false });
    },
    editReferral: (id, changes) => void partnerCenter.edit(id, kept.changes(changes)),
    removeReferral(id) {
      partnerCenter.remove(id);
      mark(ledger, 8);
      ledger.trace?.push(`${agenda.now()} PERSON removes ${id}`);
    },
    ownReferrals: () => partnerCenter.all().filter(({ organizationId }) => organizationId !== MICROSOFT_ORGANIZATION),
    microsoftsOf: ({ engagementId }) =>
      partnerCenter
        .all()
        .filter((one) => one.organizationId === MICROSOFT_ORGANIZATION && one.engagementId === engagementId),
  };
}

function dealOf({ profile, faults }: CloudOptions, number: number): JsonObject {
  const kind = profile.unknownValues ? laterKind(number) : null;
  if (kind !== null) faults.count("unknown-value");
  return { ...portalDeal(number), ...kind };
}

type Noted = (place: Place, values: FieldValues, byRelay: boolean) => boolean;

/** Records what changed on a record, and by whom; true when the record is new. */
function createRecord({ agenda, ledger, profile }: CloudOptions): Noted {
  const seen = new Map<string, FieldValues>();
  return (place, values, byRelay) => {
    const identity = `${place.side} ${place.recordId}`;
    const known = seen.get(identity);
    const before = known ?? {};
    // A value that nobody understands is none; what stood there before is what comes next after it.
    seen.set(identity, { ...before, ...values });
    mark(ledger, agenda.now() ^ (byRelay ? 1 : 2));
    if (byRelay) ledger.writtenTo.push(place.opportunityId);
    const isRuleAtWork = profile.businessRule && place.side === "crm" && before[ESTIMATE] !== values[ESTIMATE];
    for (const field of followedFields) {
      const value = values[field];
      if (value === undefined || sameJson(before[field], value)) continue;
      const byServer = isRuleAtWork && field === CLOSE_DATE;
      const change = { opportunityId: place.opportunityId, field, side: place.side, atMs: agenda.now() };
      noteChange(ledger, { ...change, before: before[field], after: value }, { byRelay, byServer });
    }
    return known === undefined;
  };
}

type Change = Omit<Written, "before"> & { readonly before: Json | undefined };
interface Author {
  readonly byRelay: boolean;
  /** A rule of the CRM, in the course of somebody's write. */
  readonly byServer: boolean;
}

function noteChange(ledger: Ledger, { before, after, ...change }: Change, { byRelay, byServer }: Author): void {
  if (byRelay && !byServer) ledger.written.push({ ...change, before: before ?? null, after });
  else ledger.edits.push({ ...change, value: after, initial: before === undefined && !byRelay });
  if (ledger.trace === null) return;
  const writer = byRelay ? "RELAY" : "PERSON";
  const who = byServer ? "RULE " : writer;
  const what = `${change.side} ${change.opportunityId.slice(-6)} ${change.field}`;
  ledger.trace.push(`${change.atMs} ${who} ${what} = ${JSON.stringify(after)}`);
}
