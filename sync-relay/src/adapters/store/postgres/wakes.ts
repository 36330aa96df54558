import type { PairKey } from "../../../core/event";
import type { Clock } from "../../../ports/clock";
import type { Log } from "../../../ports/log";
import type { WorkSignal } from "../work-signal";
import { codeOf } from "./database";
import type { JobQueue } from "./job-queue";

// The wake-ups of stored events. No run begins before the coalescing window ends, so wake-ups are gathered for a part of
// it: under load one statement wakes what many commits brought.

export interface Wakes {
  /** Wakes these keys when their window ends. A wake-up that fails is logged, and repeated by upkeep. */
  add(keys: readonly PairKey[]): void;
  /** Wakes at once what was gathered; resolves when that is done. */
  idle(): Promise<void>;
}

interface WakesOptions {
  readonly jobs: Pick<JobQueue, "wake">;
  readonly signal: Pick<WorkSignal, "kickIn">;
  readonly clock: Clock;
  readonly log: Log;
  readonly coalesceMs: number;
}

/** What a process that dies has gathered waits until upkeep finds it, so this is short. */
const GATHER_AT_MOST_MS = 50;
const PART_OF_WINDOW = 1 / 10;

export function createWakes({ jobs, signal, clock, log, coalesceMs }: WakesOptions): Wakes {
  const gatherMs = Math.min(GATHER_AT_MOST_MS, coalesceMs * PART_OF_WINDOW);
  const hurry = new AbortController();
  let gathered = new Set<PairKey>();
  let waking: Promise<void> | null = null;

  async function wakeAll(): Promise<void> {
    while (gathered.size > 0) {
      const firstAtMs = clock.now();
      if (gatherMs > 0) await clock.sleep(gatherMs, hurry.signal);
      const keys = [...gathered];
      gathered = new Set();
      // However the clock is set meanwhile.
      const leftMs = coalesceMs - (clock.now() - firstAtMs);
      await wake(keys, Math.min(coalesceMs, Math.max(0, leftMs)));
    }
    waking = null;
  }

  async function wake(keys: readonly PairKey[], delayMs: number): Promise<void> {
    try {
      await jobs.wake(keys, delayMs);
      signal.kickIn(delayMs);
    } catch (failure) {
      log.warn("wake-up failed; upkeep will repeat it", { keys: keys.length, code: codeOf(failure) });
    }
  }

  return {
    add(keys) {
      for (const key of keys) gathered.add(key);
      // With nothing to wake, the loop would have ended before it is noted that it runs.
      if (gathered.size > 0) waking ??= wakeAll();
    },
    async idle() {
      hurry.abort();
      await waking;
    },
  };
}
