/** Work that goes on after an answer: callbacks, late effects. */
export interface PendingWork {
  /** Runs after a delay; `settled` waits for it. */
  after(delayMs: number, work: () => Promise<void>): void;
  /** Resolves after the delay, or at once when the simulator closes. */
  pause(delayMs: number): Promise<void>;
  isClosed(): boolean;
  /** Resolves when nothing is left to do, work that came up meanwhile included. */
  settled(): Promise<void>;
  /** Gives up what has not started and waits for what has. */
  close(): Promise<void>;
}

export function createPendingWork(): PendingWork {
  const running = new Set<Promise<void>>();
  const wakers = new Set<() => void>();
  let closed = false;

  const pause = (delayMs: number) =>
    new Promise<void>((resolve) => {
      if (closed) {
        resolve();
        return;
      }
      const wake = () => {
        clearTimeout(timer);
        wakers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, delayMs);
      wakers.add(wake);
    });
  const settled = async () => {
    while (running.size > 0) await Promise.all(running);
  };

  return {
    pause,
    isClosed: () => closed,
    settled,
    after(delayMs, work) {
      const run = pause(delayMs).then(async () => {
        if (!closed) await work();
      });
      const tracked = run.finally(() => running.delete(tracked));
      running.add(tracked);
    },
    async close() {
      closed = true;
      for (const wake of [...wakers]) wake();
      await settled();
    },
  };
}
