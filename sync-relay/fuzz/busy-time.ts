// How long an attempt kept the event loop busy. By the time that the thread worked, not by the clock: on a busy machine most
// of that is other people's time.

import type { Attempt } from "./fuzz-target";

export interface Timed {
  readonly ms: number;
  readonly outcome: string;
}

/** All the work of an attempt, however many turns of the event loop it was spread over. Cheap. */
export async function wholeWork(attempt: Attempt): Promise<Timed> {
  const before = process.threadCpuUsage();
  const outcome = await attempt();
  return { ms: workedMs(before), outcome };
}

/** The longest piece of work in one go, between two turns of the event loop: what everything else had to wait for. */
export async function longestStretch(attempt: Attempt): Promise<Timed> {
  let since = process.threadCpuUsage();
  let ms = 0;
  const look = (): void => {
    ms = Math.max(ms, workedMs(since));
    since = process.threadCpuUsage();
  };
  let next: NodeJS.Immediate;
  const turn = (): void => {
    look();
    next = setImmediate(turn);
  };
  next = setImmediate(turn);
  try {
    const outcome = await attempt();
    look();
    return { ms, outcome };
  } finally {
    clearImmediate(next);
  }
}

function workedMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
