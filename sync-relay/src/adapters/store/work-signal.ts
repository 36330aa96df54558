import type { Clock } from "../../ports/clock";

// Tells the dispatcher of this replica that a key may be due, so that it need not poll fast: at once for what this
// replica did itself, and at the end of a waiting time that began here. Work of other replicas is found by polling.

export interface WorkSignal {
  /** Something may be due now. */
  kick(): void;
  /** Something will be due after that time. */
  kickIn(delayMs: number): void;
  /** Resolves at the next kick (at once when one came since the last wait), or after `maxMs`. */
  wait(maxMs: number): Promise<void>;
  /** No more timers; everybody who waits goes on. */
  end(): void;
}

/** Longer waiting times are found by polling. */
const LONGEST_TIMER_MS = 60_000;
/** Kicks are joined when they are this close, so that a flood of events does not make a flood of timers. */
const GRAIN_MS = 10;

export function createWorkSignal(clock: Clock): WorkSignal {
  const waiting = new Set<AbortController>();
  const timers = new Set<number>();
  const ended = new AbortController();
  let kicked = false;

  function kick(): void {
    kicked = true;
    for (const waiter of waiting) waiter.abort();
  }

  return {
    kick,
    kickIn(delayMs) {
      if (delayMs <= 0) return kick();
      if (delayMs > LONGEST_TIMER_MS || ended.signal.aborted) return;
      const at = (Math.floor((clock.now() + delayMs) / GRAIN_MS) + 1) * GRAIN_MS;
      if (timers.has(at)) return;
      timers.add(at);
      void clock.sleep(at - clock.now(), ended.signal).then(() => {
        timers.delete(at);
        kick();
      });
    },
    async wait(maxMs) {
      if (!kicked) {
        const waiter = new AbortController();
        waiting.add(waiter);
        await clock.sleep(maxMs, waiter.signal);
        waiting.delete(waiter);
      }
      kicked = false;
    },
    end() {
      ended.abort();
      kick();
    },
  };
}
