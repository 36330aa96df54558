import { attention } from "./attention";
import type { Run, RunOutcome } from "./run";

/**
 * The pair's referral is gone, or is not ours to see. What it was is forgotten, so that each later run looks for it again
 * and the seller goes on reading of it; from memory alone both sides would look like in step. What may be under way stays
 * in doubt: a referral that could not be found for a while may be there again.
 */
export async function endWithoutReferral(run: Run, found: "missing" | "forbidden"): Promise<RunOutcome> {
  run.pair = { ...run.pair, partnerCenter: null };
  return attention(run, found === "missing" ? "referral-gone" : "referral-foreign");
}
