// What the checks have in common: how a finding is told, and when two values count as the same.

import { fieldKeys } from "../../src/core/deal-kind";
import { sameJson, type Json } from "../../src/core/json";
import type { Opportunity } from "../../src/core/opportunity";
import type { Pair } from "../../src/core/pair";
import type { Edit, Written } from "../ledger";
import type { End } from "./end";

/** Adds a finding; it starts with the name of the invariant that does not hold. */
export function bad({ ledger }: Pick<End, "ledger">, line: string): void {
  ledger.violations.push(line);
}

const OPEN = 1;

/** Whether people can still change the opportunity. */
export function isOpen({ values }: Pick<Opportunity, "values">): boolean {
  return values["statuscode"] === OPEN;
}

/** Longer than anything that has begun takes. */
export const IN_FLIGHT_MS = 2 * 60_000;

/** Whether its referral is not there any more. */
export function hasVanished({ vanished }: Pick<End, "vanished">, id: string): boolean {
  return vanished.some(({ opportunityId }) => opportunityId === id);
}

/** Whether one of the two records was gone before the relay could tell what became of the write. */
export function isCutOff({ deleted, vanished }: Pick<End, "deleted" | "vanished">, write: Written): boolean {
  const ends = [deleted.get(write.opportunityId), vanished.find((one) => one.opportunityId === write.opportunityId)];
  return ends.some((end) => end !== undefined && (write.atMs > end.atMs - IN_FLIGHT_MS || isInDoubt(end.pair, write)));
}

/** After failures it may take long until somebody looks again. */
function isInDoubt(pair: Pair | undefined, { side, field, after }: Written): boolean {
  const unconfirmed = side === "crm" ? pair?.unconfirmedCrm : pair?.unconfirmedPartnerCenter;
  const sent = unconfirmed?.candidates.map((values) => values[field]) ?? [];
  return sent.some((value) => value !== undefined && sameJson(value, after));
}

/** Whether something of that time may meet what was under way when the store was lost: which value wins, nobody knows. */
export function isNearLoss({ ledger }: Pick<End, "ledger">, opportunityId: string, atMs: number): boolean {
  return atMs <= (ledger.cutByLoss.get(opportunityId) ?? -Infinity);
}

/** Two referrals name it: people may change the one that the relay does not follow. Whether that may be is for I2 to say. */
export function isDoubled({ clouds }: Pick<End, "clouds">, id: string): boolean {
  return clouds.ownReferrals().filter(({ externalReferenceId }) => externalReferenceId === id).length > 1;
}

/** A field of one side of a pair. */
export type Place = Pick<Edit | Written, "opportunityId" | "side" | "field">;

export function isSamePlace(a: Place, b: Place): boolean {
  return a.opportunityId === b.opportunityId && a.side === b.side && a.field === b.field;
}

/** Alike as far as the servers let anybody tell. */
export function alike({ profile }: Pick<End, "profile">, a: Json, b: Json): boolean {
  const { crm, partnerCenter } = profile.canonicalising;
  return (crm || partnerCenter) && typeof a === "string" && typeof b === "string"
    ? a.toLowerCase() === b.toLowerCase()
    : sameJson(a, b);
}

/** Whether a server may keep something else in this field than it was given. */
export function isCanonicalised({ profile }: Pick<End, "profile">, field: string): boolean {
  if (field === fieldKeys.closeDate) return profile.businessRule;
  return field === fieldKeys.notes && (profile.canonicalising.crm || profile.canonicalising.partnerCenter);
}

export const short = (id: string): string => id.slice(-6);
export const show = (value: Json | undefined): string => JSON.stringify(value) ?? "nothing";
