import type { Clock } from "../../../sync-relay/src/ports/clock";

/** A clock whose time a test moves. With `running` it also moves by itself, from now on. */
export interface TestClock extends Clock {
  advance(ms: number): void;
}

interface Sleeper {
  readonly dueAtMs: number;
  readonly wake: () => void;
}

export function createTestClock({ running }: { readonly running: boolean }): TestClock {
  const sleepers = new Set<Sleeper>();
  let offsetMs = running ? 0 : 1_700_000_000_000;
  const now = (): number => (running ? Date.now() : 0) + offsetMs;
  return {
    now,
    sleep: (delayMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const timer = running ? setTimeout(() => sleeper.wake(), delayMs) : undefined;
        const sleeper: Sleeper = {
          dueAtMs: now() + delayMs,
          wake: () => {
            clearTimeout(timer);
            sleepers.delete(sleeper);
            signal?.removeEventListener("abort", sleeper.wake);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", sleeper.wake, { once: true });
      }),
    advance(ms) {
      offsetMs += ms;
      const due = [...sleepers].filter(({ dueAtMs }) => dueAtMs <= now()).sort((a, b) => a.dueAtMs - b.dueAtMs);
      for (const { wake } of due) wake();
    },
  };
}
