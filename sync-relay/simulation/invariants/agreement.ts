// I1: both sides agree. I3: on a value that somebody gave last.

import { fieldKeys } from "../../src/core/deal-kind";
import type { Json } from "../../src/core/json";
import { readCrm } from "../../src/core/mapping/read-crm";
import { readReferral } from "../../src/core/mapping/read-referral";
import { sameValue } from "../../src/core/mapping/same-value";
import type { Opportunity } from "../../src/core/opportunity";
import { isClosed, type Referral } from "../../src/core/referral";
import type { End } from "./end";
import type { Edit } from "../ledger";
import { followedFields } from "../maps";
import { alike, bad, isCanonicalised, isDoubled, isNearLoss, isOpen, short, show } from "./finding";

/**
 * Every opportunity with the referral that it names. One that was deleted while a request to make it was still under way
 * may come back by that; the relay knows of its end and leaves it alone.
 */
export function linkedPairs({ clouds, deleted }: End): readonly (readonly [Opportunity, Referral])[] {
  const own = clouds.ownReferrals();
  return clouds.crm.all().flatMap((opportunity) => {
    const referral = own.find(({ id }) => id === opportunity.section.referralId);
    return referral === undefined || deleted.has(opportunity.id) ? [] : [[opportunity, referral] as const];
  });
}

/** A field on both sides. */
interface Compared {
  readonly field: string;
  readonly crm: Json | undefined;
  readonly partnerCenter: Json | undefined;
  readonly agree: boolean;
  /** A person's edit in the CRM counts too. */
  readonly isTwoWay: boolean;
}

/** The followed fields of a pair that nothing keeps apart on purpose. */
export function compared(end: End, [opportunity, referral]: readonly [Opportunity, Referral]): readonly Compared[] {
  const { id } = opportunity;
  const crm = readCrm(end.map, opportunity.values).values;
  const partnerCenter = readReferral(end.map, referral).values;
  // A status that nobody knows is no value; I16 looks at it. A deal that ended in the CRM meanwhile cannot be closed in
  // Partner Center, and what was given there cannot be written onto it.
  const isUnheardOf = partnerCenter[fieldKeys.status] === undefined;
  const isShut = isUnheardOf && !isOpen(opportunity);
  const pair = end.data.pairs.get(id);
  const held = new Set(pair?.held.filter(({ because }) => isExpected(end, because)).map(({ field }) => field));
  if (isUnheardOf) held.add(fieldKeys.status);
  return end.map.fields
    .filter(({ key }) => followedFields.includes(key) && !held.has(key) && !(isShut && isGivenThere(end, id, key)))
    .map((field) => ({
      field: field.key,
      crm: crm[field.key],
      partnerCenter: partnerCenter[field.key],
      agree: sameValue(field, crm[field.key], partnerCenter[field.key]),
      isTwoWay: field.takenOnUpdate,
    }));
}

/** Whether Partner Center, a person or the server itself, has a value of its own for the field. */
function isGivenThere(end: End, opportunityId: string, field: string): boolean {
  const isEdit = (edit: Edit): boolean => edit.opportunityId === opportunityId && edit.field === field && !edit.initial;
  return isCanonicalised(end, field) || end.ledger.edits.some((edit) => isEdit(edit) && edit.side === "partnerCenter");
}

/** Reasons to keep a field apart that this history gives. */
function isExpected({ profile }: End, because: string): boolean {
  if (because === "unstable") return profile.canonicalising.crm && profile.canonicalising.partnerCenter;
  if (because === "conflict") return profile.rule === "ask";
  return because === "closed" || because === "not-changeable";
}

export function checkAgreement(end: End): void {
  for (const pair of linkedPairs(end)) {
    const [{ id }, referral] = pair;
    for (const one of compared(end, pair)) {
      const { field, crm, partnerCenter, agree } = one;
      if (!agree && !isClosed(referral)) bad(end, `I1 ${short(id)} ${field}: ${show(crm)} ≠ ${show(partnerCenter)}`);
      if (agree && isFollowed(end, one) && !isDoubled(end, id)) checkLast(end, id, { field, value: crm ?? null });
    }
  }
}

function isFollowed(end: End, { field, isTwoWay }: Compared): boolean {
  return isTwoWay && !isBlurred(end, field);
}

/** A value that was kept in another form, and of which the answer was lost, cannot be told from an edit by anybody. */
function isBlurred(end: End, field: string): boolean {
  const { replyLost, lateEffect, crash, unavailable, stall } = end.profile;
  return isCanonicalised(end, field) && replyLost + lateEffect + crash + unavailable + stall > 0;
}

function checkLast(end: End, opportunityId: string, now: { readonly field: string; readonly value: Json }): void {
  const edits = end.ledger.edits.filter((edit) => edit.opportunityId === opportunityId && edit.field === now.field);
  const later = edits.filter(({ initial }) => !initial);
  const lastOf = (side: string) => edits.findLast((edit) => edit.side === side);
  const sides = new Set(later.map(({ side }) => side));
  const allowed = sides.size === 1 ? [later.at(-1)] : [lastOf("crm"), lastOf("partnerCenter")];
  if (isNearLoss(end, opportunityId, edits.at(-1)?.atMs ?? 0)) return;
  if (allowed.some((edit) => edit !== undefined && alike(end, edit.value, now.value))) return;
  const which = sides.size === 1 ? "one-sided edit lost" : "not the last edit of either side";
  const wanted = allowed.map((edit) => show(edit?.value)).join(" or ");
  bad(end, `I3 ${short(opportunityId)} ${now.field}: ${which}: ${show(now.value)}, not ${wanted}`);
}
