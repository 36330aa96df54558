// Finds out which of the faults and deeds of a failed history matter: leaves out as many as possible so that the same
// invariant still does not hold. What is left usually tells the mistake.

import { runHistory, type HistoryOptions, type HistoryResult } from "./history";

/** Histories that one search may take. */
const MOST_TRIES = 600;

export interface Shrunk {
  /** What cannot be left out, in order. */
  readonly needed: readonly string[];
  readonly leftOut: number;
  /** The shrunk history, told. */
  readonly history: HistoryResult;
}

export async function shrink(seed: number, options: HistoryOptions): Promise<Shrunk> {
  const whole = await runHistory(seed, options);
  const invariant = nameOf(whole);
  let tries = 0;
  const fails = async (without: ReadonlySet<string>): Promise<boolean> => {
    tries += 1;
    return nameOf(await runHistory(seed, { ...options, without })) === invariant;
  };

  const without = new Set<string>();
  let parts = 2;
  for (;;) {
    const left = whole.faults.struck.filter((name) => !without.has(name));
    const size = Math.max(1, Math.ceil(left.length / parts));
    let found = false;
    for (let at = 0; at < left.length && tries < MOST_TRIES; at += size) {
      const candidate = new Set([...without, ...left.slice(at, at + size)]);
      if (!(await fails(candidate))) continue;
      left.slice(at, at + size).forEach((name) => without.add(name));
      found = true;
    }
    if (tries >= MOST_TRIES || (size === 1 && !found)) break;
    if (size > 1) parts *= 2;
  }
  const history = await runHistory(seed, { ...options, without, told: true });
  const needed = history.faults.struck.filter((name) => !without.has(name));
  return { needed, leftOut: without.size, history };
}

/** The invariant that does not hold, e.g. `I3`. */
function nameOf({ violations }: HistoryResult): string | null {
  return violations[0]?.split(" ")[0] ?? null;
}
