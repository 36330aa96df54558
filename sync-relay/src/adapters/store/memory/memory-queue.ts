import type { Clock } from "../../../ports/clock";
import type { WorkQueue } from "../../../ports/work-queue";
import { nextDueMs, wakeLane } from "./lanes";
import type { MemoryData } from "./memory-data";
import { createRuns, notify } from "./runs";

interface MemoryQueueOptions {
  readonly data: MemoryData;
  readonly clock: Clock;
  /** Rejects when this store was closed: a dead replica does nothing any more. */
  readonly alive: () => Promise<void>;
}

export function createMemoryQueue({ data, clock, alive }: MemoryQueueOptions): WorkQueue {
  const runs = createRuns(data, clock);
  return {
    async claim(free) {
      await alive();
      return runs.claim(free);
    },
    async touch(claims) {
      await alive();
      for (const claim of claims) runs.touch(claim);
    },
    async checkpoint(claim, pair) {
      await alive();
      return runs.checkpoint(claim, pair);
    },
    async finish(claim, result) {
      await alive();
      runs.end(claim, result);
    },
    async wake(keys, delayMs) {
      await alive();
      for (const key of keys) wakeLane(data, key, clock.now() + delayMs);
      notify(data);
    },
    async waitForWork(maxMs) {
      const dueAtMs = await alive().then(
        () => nextDueMs(data),
        () => null,
      );
      await sleepUntilDue(data, clock, dueAtMs === null ? maxMs : Math.min(maxMs, dueAtMs - clock.now()));
    },
    depth: () => Promise.resolve(depth(data, clock.now())),
    async exclusively(name, work) {
      await alive();
      if (data.running.has(name)) return false;
      data.running.add(name);
      await work().finally(() => data.running.delete(name));
      return true;
    },
  };
}

async function sleepUntilDue(data: MemoryData, clock: Clock, delayMs: number): Promise<void> {
  if (delayMs <= 0) return;
  const woken = new AbortController();
  const listener = (): void => woken.abort();
  data.listeners.add(listener);
  await clock.sleep(delayMs, woken.signal);
  data.listeners.delete(listener);
}

function depth(data: MemoryData, nowMs: number): Awaited<ReturnType<WorkQueue["depth"]>> {
  const waiting = [...data.waiting.values()].flat();
  const oldestMs = waiting.reduce((oldest, { receivedAtMs }) => Math.min(oldest, receivedAtMs), nowMs);
  const dead = [...data.pairs.values()].filter(({ deadBecause }) => deadBecause !== null).length;
  return { events: waiting.length, oldestAgeMs: nowMs - oldestMs, dead };
}
