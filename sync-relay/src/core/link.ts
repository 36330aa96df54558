// The memory a pair starts with when opportunity and referral become a pair. It decides which later differences count as
// somebody's edit, so it must hold what was really sent or taken, not what is there now.

import { fieldKeys, helpIn } from "./deal-kind";
import { stageOf } from "./lifecycle";
import type { FieldMap, MappedField } from "./mapping/field-map";
import { readCrm } from "./mapping/read-crm";
import { readReferral } from "./mapping/read-referral";
import type { Side } from "./merge/conflict";
import { delivered } from "./merge/delivered";
import type { CreateIntent, FieldMemory, FieldValues, Pair } from "./pair";
import type { Stage } from "./opportunity";
import { helpOf, namedOpportunity, type Referral } from "./referral";
import { readShadow } from "./shadow-state";

/**
 * The pair, linked to its referral. Memory comes from the shadow on the opportunity, else from the create intent: a
 * shadow that names this referral is younger than any intent that is still open.
 */
export function linked(pair: Pair, referral: Referral, map: FieldMap): Pair {
  const shadow = pair.crm?.section.referralId === referral.id ? readShadow(pair.crm.section.syncState) : {};
  const intent = pair.intent?.kind === "invite-microsoft" ? null : pair.intent;
  return {
    ...withShadow(pair, shadow),
    referralId: referral.id,
    engagementId: referral.engagementId,
    partnerCenter: referral,
    intent: null,
    helpSent: pair.helpSent ?? shadow.helpSent ?? helpOf(referral),
    fields: shadow.fields ?? (intent === null ? knownBefore(pair, referral) : memoryOf(intent, map)),
  };
}

/**
 * The pair right after the answer to a create: nobody else can have touched the new record yet, so where it differs from
 * what was sent, that is the form in which the side keeps it.
 */
export function asAnswered(pair: Pair, side: Side, map: FieldMap): Pair {
  const sent = Object.fromEntries(Object.entries(pair.fields).map(([field, memory]) => [field, memory[side]]));
  const kept = side === "crm" ? keptByCrm(pair, map) : keptByPartnerCenter(pair, map);
  return { ...pair, fields: delivered(pair.fields, { fields: map.fields, side, sent, kept }) };
}

function keptByCrm({ crm }: Pair, map: FieldMap): FieldValues {
  return crm === null ? {} : readCrm(map, crm.values).values;
}

function keptByPartnerCenter({ partnerCenter }: Pair, map: FieldMap): FieldValues {
  return partnerCenter === null ? {} : readReferral(map, partnerCenter).values;
}

function withShadow(pair: Pair, shadow: ReturnType<typeof readShadow>): Pair {
  return { ...pair, microsoftReferralId: pair.microsoftReferralId ?? shadow.microsoftReferralId ?? null };
}

/** Both sides held the intent's values when the create took effect. */
function memoryOf(intent: CreateIntent, map: FieldMap): Readonly<Record<string, FieldMemory>> {
  const carried = intent.kind === "create-referral" ? sentBy(map) : taken(map);
  return Object.fromEntries(carried.flatMap((field) => memoryOfField(field, intent)));
}

function memoryOfField(field: MappedField, intent: CreateIntent): readonly (readonly [string, FieldMemory])[] {
  const value = intent.values[field.key] ?? begunAs(field, intent);
  if (value === undefined) return [];
  const forced = intent.kind === "create-referral" && field.key === fieldKeys.visible && helpIn(intent.values) !== null;
  const sent = forced ? true : value;
  return [[field.key, { crm: value, partnerCenter: sent, decided: sent }]];
}

/** An opportunity that is made of a deal whose status nobody knows begins in progress. */
function begunAs({ key }: MappedField, { kind }: CreateIntent): Stage | undefined {
  return kind === "create-opportunity" && key === fieldKeys.status ? "in-progress" : undefined;
}

/**
 * Of a referral that was found nothing is known but that it was made for a deal in progress. So a side that shows
 * anything else has been there since. A new referral waits for somebody's yes and says nothing yet.
 */
function knownBefore(pair: Pair, referral: Referral): Pair["fields"] {
  const isMadeFromIt = namedOpportunity(referral) === pair.opportunityId && stageOf(referral) !== "on-hold";
  if (!isMadeFromIt || Object.hasOwn(pair.fields, fieldKeys.status)) return pair.fields;
  const shared = "in-progress" satisfies Stage;
  return { ...pair.fields, [fieldKeys.status]: { crm: shared, partnerCenter: shared, decided: shared } };
}

/** The status is not sent, but only a deal in progress is shared, and a referral begins as what it is shared as. */
function sentBy(map: FieldMap): readonly MappedField[] {
  return map.fields.filter(({ key, sentOnCreate }) => sentOnCreate || key === fieldKeys.status);
}

/** Fields fixed at creation are left out: an account that was found, not made, may tell them differently. */
function taken(map: FieldMap): readonly MappedField[] {
  const keys = new Set(map.toCrm.create.flatMap(({ source }) => (source.kind === "path" ? [source.path] : [])));
  return map.fields.filter(({ key, sentOnUpdate, takenOnUpdate }) => keys.has(key) && (sentOnUpdate || takenOnUpdate));
}
