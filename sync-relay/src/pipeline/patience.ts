import { RelayError } from "../core/errors";
import type { Clock } from "../ports/clock";

// Bounds how long something is waited for. A timer for each webhook would cost a fifth of what a webhook costs in all, so one
// look a second is for all of them.

const LOOK_EVERY_MS = 1_000;

/** Passes on what comes of the work, or rejects with CS-1301 once it has taken too long. The work itself goes on. */
export type Patience = <T>(work: Promise<T>) => Promise<T>;

interface Waiting {
  readonly sinceMs: number;
  readonly giveUp: () => void;
}

export function createPatience(clock: Clock, mostMs: number): Patience {
  /** In the order in which they began. */
  const waiting = new Set<Waiting>();
  let isLooking = false;

  async function look(): Promise<void> {
    isLooking = true;
    while (waiting.size > 0) {
      await clock.sleep(LOOK_EVERY_MS);
      const tooOldMs = clock.now() - mostMs;
      for (const one of waiting) {
        if (one.sinceMs > tooOldMs) break;
        one.giveUp();
      }
    }
    isLooking = false;
  }

  return (work) =>
    new Promise((resolve, reject) => {
      const end = <Outcome>(settle: (outcome: Outcome) => void) => {
        return (outcome: Outcome) => {
          waiting.delete(one);
          settle(outcome);
        };
      };
      const one: Waiting = { sinceMs: clock.now(), giveUp: () => end(reject)(new RelayError("CS-1301")) };
      waiting.add(one);
      if (!isLooking) void look();
      work.then(end(resolve), end(reject));
    });
}
