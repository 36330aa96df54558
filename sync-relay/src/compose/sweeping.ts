import { SWEEP_ENDED_AT } from "../pipeline/sweep-positions";
import type { Clock } from "../ports/clock";
import type { PairStore } from "../ports/pair-store";
import type { WorkQueue } from "../ports/work-queue";

export interface SweepingOptions {
  readonly queue: Pick<WorkQueue, "exclusively">;
  readonly pairs: Pick<PairStore, "fact">;
  readonly clock: Clock;
  /** One look at both sides, which notes when it ended. */
  readonly look: () => Promise<void>;
}

/** Sweeps, one at a time over all replicas. */
export interface Sweeping {
  /** One look at both sides, unless another replica looks now. */
  readonly sweepNow: () => Promise<void>;
  /** End of the last complete sweep that this replica knows of, milliseconds since the epoch; null before the first. */
  readonly lastSweepMs: () => number | null;
}

export function createSweeping({ queue, pairs, clock, look }: SweepingOptions): Sweeping {
  let lastSweepMs: number | null = null;
  return {
    async sweepNow() {
      const ran = await queue.exclusively("sweep", async () => {
        await look();
        lastSweepMs = clock.now();
      });
      if (ran) return;
      // Another replica's sweep is as good as one's own once it has ended; one that never ends is none.
      const ended = await pairs.fact(SWEEP_ENDED_AT);
      if (ended !== null) lastSweepMs = Math.max(lastSweepMs ?? 0, Number(ended));
    },
    lastSweepMs: () => lastSweepMs,
  };
}
