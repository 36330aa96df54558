/** Randomness that a seed repeats exactly. */
export interface SeededRandom {
  /** Uniform in [0, 1). */
  readonly next: () => number;
  /** A whole number from `from` up to and including `to`. */
  readonly int: (from: number, to: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(choices: readonly T[]) => T;
}

/** A 64-bit linear congruential generator whose upper bits are mixed: short, and good enough to spread histories. */
const MULTIPLIER = 6364136223846793005n;
const INCREMENT = 1442695040888963407n;
const MASK = (1n << 64n) - 1n;
const TWO_TO_32 = 2 ** 32;

export function createSeededRandom(seed: number): SeededRandom {
  let state = (BigInt(seed) * MULTIPLIER + INCREMENT) & MASK;
  const next = (): number => {
    state = (state * MULTIPLIER + INCREMENT) & MASK;
    const mixed = (state ^ (state >> 22n)) >> (22n + (state >> 61n));
    return Number(mixed & 0xffffffffn) / TWO_TO_32;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (choices) => {
      const picked = choices[int(0, choices.length - 1)];
      if (picked === undefined) throw new Error("nothing to pick from");
      return picked;
    },
  };
}
