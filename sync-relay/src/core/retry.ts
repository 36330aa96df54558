/** First pause after a failure. */
const FIRST_DELAY_MS = 1_000;
/** Longest pause: a pair is never forgotten for longer than two sweeps. */
const LONGEST_DELAY_MS = 10 * 60_000;
/** Beyond this power of two the delay is at its cap anyway. */
const LARGEST_EXPONENT = 12;

/**
 * Pause before try number `failures + 1`, milliseconds: doubles from one second up to ten minutes, with half of it
 * random, so that pairs that failed together do not come back together.
 */
export function backoffMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(Math.max(failures - 1, 0), LARGEST_EXPONENT));
  return Math.round(full / 2 + (full / 2) * random);
}
