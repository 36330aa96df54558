import { attention } from "./attention";
import type { Run, RunOutcome } from "./run";

/** Until a referral that may not be seen is looked for again: no event tells that a role was given back. */
const LOOK_AGAIN_MS = 10 * 60_000;

/**
 * The pair's referral is gone, or is not ours to see. What it was is forgotten, so that each later run looks for it again
 * and the seller goes on reading of it; from memory alone both sides would look like in step. What may be under way stays
 * in doubt: a referral that could not be found for a while may be there again.
 */
export async function endWithoutReferral(run: Run, found: "missing" | "forbidden"): Promise<RunOutcome> {
  const { referralId } = run.pair;
  run.pair = { ...run.pair, partnerCenter: null };
  // By the referral's own key, which leads to the pair: what the seller saves meanwhile must not wait for it.
  if (found === "forbidden" && referralId !== null) await run.parts.queue.wake([`ref:${referralId}`], LOOK_AGAIN_MS);
  return attention(run, found === "missing" ? "referral-gone" : "referral-foreign");
}
