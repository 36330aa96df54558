import type { Clock } from "../../sync-relay/src/ports/clock";

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is told to move; timers fire in the order in which they are due. */
export interface VirtualClock extends Clock {
  /** Moves on, firing what falls due, and lets each timer's consequences happen before the next. */
  advance(byMs: number): Promise<void>;
}

export function createVirtualClock(startMs = Date.UTC(2026, 10, 23, 9, 0, 0)): VirtualClock {
  let nowMs = startMs;
  let order = 0;
  let timers: Timer[] = [];
  const next = (untilMs: number) =>
    timers.filter((timer) => timer.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs || a.order - b.order)[0];
  return {
    now: () => nowMs,
    sleep: (delayMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const timer = { dueMs: nowMs + Math.max(0, delayMs), order: (order += 1), wake: resolve };
        timers.push(timer);
        signal?.addEventListener("abort", () => {
          timers = timers.filter((other) => other !== timer);
          resolve();
        });
      }),
    async advance(byMs) {
      const untilMs = nowMs + byMs;
      for (let timer = next(untilMs); timer !== undefined; timer = next(untilMs)) {
        const due = timer;
        timers = timers.filter((other) => other !== due);
        nowMs = Math.max(nowMs, due.dueMs);
        due.wake();
        await settle();
      }
      nowMs = untilMs;
      await settle();
    },
  };
}

/** Lets everything that is already resolved run to its next wait. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
