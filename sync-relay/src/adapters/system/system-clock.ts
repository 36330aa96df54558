import type { AbortSignalLike, Clock } from "../../ports/clock";

/** Longest delay a timer of Node takes; longer ones would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Real time. */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    sleep: (delayMs, signal) => sleep(Math.min(Math.max(delayMs, 0), LONGEST_TIMER_MS), signal),
  };
}

function sleep(delayMs: number, signal: AbortSignalLike | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, delayMs);
    signal?.addEventListener("abort", end, { once: true });
  });
}
