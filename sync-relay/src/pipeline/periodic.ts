import type { AbortSignalLike, Clock } from "../ports/clock";
import type { Log } from "../ports/log";
import { toRelayError } from "../core/errors";

/** Work that is done again and again. */
export interface Periodic {
  /** Starts at once, then after each pause; resolves when stopped. */
  run(signal: AbortSignalLike): Promise<void>;
}

export interface PeriodicOptions {
  /** For the log. */
  readonly name: string;
  readonly everyMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly work: () => Promise<void>;
}

/** A loop that outlives every failure of its work: what failed is logged and done again at its next turn. */
export function createPeriodic({ name, everyMs, clock, log, work }: PeriodicOptions): Periodic {
  return {
    async run(signal) {
      while (!signal.aborted) {
        try {
          await work();
        } catch (thrown) {
          const error = toRelayError(thrown);
          log.warn("periodic work failed; it is done again at its next turn", { name, code: error.code });
        }
        await clock.sleep(everyMs, signal);
      }
    },
  };
}
