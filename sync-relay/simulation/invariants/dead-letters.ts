import { errorCodes, type ErrorCode } from "../../src/core/errors";
import type { End } from "./end";
import { bad, short } from "./finding";

/** A pair that fails so often in a row, or kills so many workers, is given up by rule. */
const MANY_ATTEMPTS = 1_000;
const EXHAUSTED = "CS-1501";

/** I10: a pair is given up when it was refused, or failed as often as the rules say; not before. */
export function checkDeadLetters(end: End): void {
  const { maxAttempts, crash, stall } = end.profile;
  const mayBeExhausted = maxAttempts < MANY_ATTEMPTS || crash + stall > 0;
  for (const { opportunityId, deadBecause } of end.data.pairs.values()) {
    if (deadBecause === null) continue;
    const isRefused = deadBecause !== EXHAUSTED && errorCodes[deadBecause as ErrorCode].kind === "rejected";
    if (isRefused || (deadBecause === EXHAUSTED && mayBeExhausted)) continue;
    bad(end, `I10 ${short(opportunityId)} was given up too early: ${deadBecause}`);
  }
}
