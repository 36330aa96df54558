/** Numbers that look random and are the same for the same seed, so that a run that failed can be told again. */
export interface SeededMoments {
  readonly seed: number;
  /** A whole number from `least` up to `most`. */
  between(least: number, most: number): number;
  pick<T>(choices: readonly [T, ...T[]]): T;
}

const SEEDS = 2 ** 32;

export function createSeededMoments(seed: number): SeededMoments {
  let state = seed >>> 0;
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / SEEDS;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return { seed, between, pick: (choices) => choices[between(0, choices.length - 1)] ?? choices[0] };
}

/** A seed that was not used before. */
export function newSeed(): number {
  return Math.floor(Math.random() * SEEDS);
}
