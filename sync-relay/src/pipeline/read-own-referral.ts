import { endWithoutReferral } from "./referral-gone";
import type { Run, RunOutcome } from "./run";

/** Reads the pair's referral. Null when it could be read; otherwise how the run ended. */
export async function readOwnReferral(run: Run, referralId: string): Promise<RunOutcome | null> {
  const read = await run.parts.partnerCenter.read(referralId, run.correlationId);
  if (read.kind !== "found") return endWithoutReferral(run, read.kind);
  run.pair = { ...run.pair, partnerCenter: read.referral };
  return null;
}
