// What a newly read opportunity means for the memory of its pair. The shadow state on it was written by the relay; when
// it is not the one that this memory ends with, the memory is older: the process died after a write, or the store was
// restored from a backup. The shadow then says what both sides held, and what the store still knows of the referral is
// as old as the rest of it.

import { sameJson, type Json } from "./json";
import type { Side } from "./merge/conflict";
import type { Opportunity } from "./opportunity";
import type { FieldMemory, Pair, Unconfirmed } from "./pair";
import { readShadow } from "./shadow-state";

/** The pair with its opportunity as it is now. The referral is unknown (null) when the memory proved to be too old. */
export function withOpportunity(pair: Pair, opportunity: Opportunity): Pair {
  if (!isAhead(pair, opportunity)) return { ...pair, crm: opportunity };
  const shadow = readShadow(opportunity.section.syncState);
  const invited = shadow.helpSent ?? null;
  return {
    ...pair,
    crm: opportunity,
    partnerCenter: null,
    fields: { ...pair.fields, ...shadow.fields },
    unconfirmedCrm: stillPossible(pair.unconfirmedCrm, "crm", shadow.fields),
    unconfirmedPartnerCenter: stillPossible(pair.unconfirmedPartnerCenter, "partnerCenter", shadow.fields),
    helpSent: invited ?? pair.helpSent,
    microsoftReferralId: shadow.microsoftReferralId ?? pair.microsoftReferralId,
    // The write that left the shadow told them, or somebody whom this memory does not know.
    untold: [],
    intent: invited !== null && pair.intent?.kind === "invite-microsoft" ? null : pair.intent,
  };
}

/** Whether the opportunity carries a shadow of this pair that this memory has never seen. */
function isAhead(pair: Pair, { section }: Opportunity): boolean {
  if (pair.crm === null || pair.referralId === null || section.referralId !== pair.referralId) return false;
  return section.syncState !== null && section.syncState !== pair.crm.section.syncState;
}

/**
 * What was sent and is still in doubt after a shadow that is younger than the memory: a value that the shadow knows. Any
 * other belongs to the past of a store that was put back, and somebody may give the field that very value again.
 */
function stillPossible(
  unconfirmed: Unconfirmed | null,
  side: Side,
  known: Readonly<Record<string, FieldMemory>> = {},
): Unconfirmed | null {
  if (unconfirmed === null) return null;
  const candidates = unconfirmed.candidates
    .map((sent) => Object.entries(sent).filter(([field, value]) => isKnown(known[field], side, value)))
    .filter((sent) => sent.length > 0)
    .map((sent) => Object.fromEntries(sent));
  return { ...unconfirmed, candidates };
}

function isKnown(memory: FieldMemory | undefined, side: Side, value: Json): boolean {
  return memory !== undefined && (sameJson(memory[side], value) || sameJson(memory.decided, value));
}
