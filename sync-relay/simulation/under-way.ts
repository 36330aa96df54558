// What a store knows to be under way.

import type { MemoryData } from "../src/adapters/store/memory/memory-data";
import type { Pair } from "../src/core/pair";

/** Nothing is under way, and what is done is told on the opportunities: from there a lost store can be rebuilt. */
export function isAtRest(
  { pairs, waiting }: MemoryData,
  { zombies }: { readonly zombies: { readonly count: number } },
): boolean {
  return zombies.count === 0 && waiting.size === 0 && [...pairs.values()].every(isPairAtRest);
}

/** Nothing of the pair is under way or in doubt, and the opportunity tells what was done. */
export function isPairAtRest(pair: Pair): boolean {
  const { intent, unfinished, untold, unconfirmedCrm, unconfirmedPartnerCenter, referralId, crm } = pair;
  const isKnown = referralId === null || crm === null || crm.section.referralId === referralId;
  const isConfirmed = unconfirmedCrm === null && unconfirmedPartnerCenter === null;
  return intent === null && !unfinished && untold.length === 0 && isConfirmed && isKnown;
}
