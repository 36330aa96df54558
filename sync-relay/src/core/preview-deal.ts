// What the relay would do to one deal with a given mapping, value by value, without doing it: for a customiser who tries
// a changed file before it counts. It decides with the functions that the relay itself decides with.

import type { HelpCode } from "../../../solution/schema/help-options";
import { atPath, type Json, sameJson } from "./json";
import { ownReferral, type CoSellPosts } from "./new-referral";
import type { Opportunity } from "./opportunity";
import { type HeldReason, newPair, type Pair } from "./pair";
import { readinessOf, type ReadinessIssue } from "./readiness";
import { reconcile } from "./reconcile";
import { isClosed, type Referral } from "./referral";
import { valueAt } from "./mapping/entry-source";
import { crmChanges } from "./mapping/crm-changes";
import type { FieldEntry, FieldMap, MappedField, MappingProblem } from "./mapping/field-map";
import { comesFrom } from "./mapping/field-rule";
import { meetsCondition, readCrm } from "./mapping/read-crm";
import { readReferral } from "./mapping/read-referral";

/** What would be written to one place of one side. */
export interface PreviewWrite {
  readonly side: "crm" | "partnerCenter";
  /** Path on that side. */
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
  /** The entry that says so; null for places that the relay itself sets. */
  readonly entry: FieldEntry | null;
}

/** One mapped field: what both sides hold, and what would be done about it. */
export interface PreviewField {
  readonly key: string;
  /** Canonical values; undefined where the side does not say, or says what nobody understands. */
  readonly crm: Json | undefined;
  readonly partnerCenter: Json | undefined;
  readonly writes: readonly PreviewWrite[];
  /** A difference that would stay, and why. */
  readonly held: HeldReason | null;
  readonly problems: readonly MappingProblem[];
}

export interface DealPreview {
  /** `create`: a new referral would be sent. `update`: both sides would be kept in step. */
  readonly event: "create" | "update";
  readonly fields: readonly PreviewField[];
  /** Hard rules that the opportunity breaks: while there is one, nothing is created. */
  readonly issues: readonly ReadinessIssue[];
  /** Whether the file's condition for sharing holds. */
  readonly meetsCondition: boolean;
  /** A closed referral is never written. */
  readonly closed: boolean;
  /** Help code with which Microsoft would be invited into a deal that is shared already. */
  readonly invite: HelpCode | null;
}

export interface PreviewInput {
  readonly map: FieldMap;
  readonly opportunity: Opportunity;
  /** Null: the opportunity has no referral yet. */
  readonly referral: Referral | null;
  /** What the relay remembers of the deal; null: nothing. */
  readonly pair: Pair | null;
  readonly coSellPosts: CoSellPosts;
}

export function previewDeal(input: PreviewInput): DealPreview {
  return input.referral === null ? previewCreate(input) : previewUpdate(input, input.referral);
}

function previewCreate({ map, opportunity, coSellPosts }: PreviewInput): DealPreview {
  const crm = readCrm(map, opportunity.values);
  const body = ownReferral(map, crm.values, { opportunityId: opportunity.id, posts: coSellPosts });
  const fields = map.fields.map((field): PreviewField => {
    const after = field.sentOnCreate ? (atPath(body, field.key) ?? null) : null;
    const entry = map.toPartnerCenter.create.find(({ to }) => to === field.key) ?? null;
    const write: PreviewWrite = { side: "partnerCenter", path: field.key, before: null, after, entry };
    return {
      key: field.key,
      crm: crm.values[field.key],
      partnerCenter: undefined,
      writes: after === null ? [] : [write],
      held: null,
      problems: crm.problems.filter((problem) => problem.field === field.key),
    };
  });
  return {
    event: "create",
    fields,
    issues: readinessOf(crm.values, crm.problems),
    meetsCondition: meetsCondition(map, opportunity.values),
    closed: false,
    invite: null,
  };
}

function previewUpdate({ map, opportunity, pair }: PreviewInput, referral: Referral): DealPreview {
  const known = pair ?? { ...newPair(opportunity.id), referralId: referral.id };
  const decision = reconcile({ pair: known, opportunity, referral, map, written: nothingYet });
  const crm = readCrm(map, opportunity.values);
  const partnerCenter = readReferral(map, referral);
  const changes = crmChanges(map, "update", { values: decision.toCrm, referral, current: opportunity.values });
  const taken: Readonly<Record<string, Json>> =
    map.statusPath === null || changes.stageValue === undefined
      ? changes.values
      : { ...changes.values, [map.statusPath]: changes.stageValue };
  const fields = map.fields.map((field): PreviewField => ({
    key: field.key,
    crm: crm.values[field.key],
    partnerCenter: partnerCenter.values[field.key],
    writes: [
      ...sentWrites(map, field, { decision, referral }),
      ...takenWrites(map, field, { taken, opportunity, isTaken: Object.hasOwn(decision.toCrm, field.key) }),
    ],
    held: decision.held.find((held) => held.field === field.key)?.because ?? null,
    problems: [...crm.problems, ...partnerCenter.problems, ...changes.problems].filter(
      (problem) => problem.field === field.key,
    ),
  }));
  return {
    event: "update",
    fields,
    issues: decision.issues,
    meetsCondition: meetsCondition(map, opportunity.values),
    closed: isClosed(referral),
    invite: decision.invite,
  };
}

const nothingYet = { crm: new Set<string>(), partnerCenter: new Set<string>() };

interface Sent {
  readonly decision: ReturnType<typeof reconcile>;
  readonly referral: Referral;
}

/** Operations on the field's place; the status brings its substatus along. */
function sentWrites(map: FieldMap, { key, as }: MappedField, { decision, referral }: Sent): readonly PreviewWrite[] {
  const entry = map.toPartnerCenter.update.find(({ to }) => to === key) ?? null;
  const places = as === "status" ? [key, "substatus"] : [key];
  return decision.operations.flatMap(({ path, value }) => {
    const place = path.slice(1).replaceAll("/", ".");
    if (!places.includes(place)) return [];
    return [
      {
        side: "partnerCenter" as const,
        path: place,
        before: atPath(referral.json, place) ?? null,
        after: value,
        entry,
      },
    ];
  });
}

interface Taken {
  readonly taken: Readonly<Record<string, Json>>;
  readonly opportunity: Opportunity;
  readonly isTaken: boolean;
}

function takenWrites(
  map: FieldMap,
  { key }: MappedField,
  { taken, opportunity, isTaken }: Taken,
): readonly PreviewWrite[] {
  if (!isTaken) return [];
  return map.toCrm.update.flatMap((entry) => {
    const after = taken[entry.to];
    if (!comesFrom(entry, key) || after === undefined) return [];
    const before = valueAt(opportunity.values, entry.to);
    return sameJson(before, after) ? [] : [{ side: "crm" as const, path: entry.to, before, after, entry }];
  });
}
