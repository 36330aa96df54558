/** Randomness that a seed repeats exactly. */
export interface SeededRandom {
  /** Uniform in [0, 1). */
  readonly next: () => number;
  /** A whole number from `from` up to and including `to`. */
  readonly int: (from: number, to: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(choices: readonly T[]) => T;
}

const TWO_TO_32 = 2 ** 32;

/**
 * Spreads numbers evenly over 32 bits. The same numbers give the same answer, so a draw that is named by numbers does
 * not depend on the draws before it.
 */
export function scatter(a: number, b: number, c = 0): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b ^ 0x7f4a7c15, 0xc2b2ae35) ^ Math.imul(c, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A number in [0, 1) that is named by numbers. */
export function fraction(a: number, b: number, c = 0): number {
  return scatter(a, b, c) / TWO_TO_32;
}

/** A stream of its own for each purpose, so that one more draw of one purpose does not change those of another. */
export function createSeededRandom(seed: number, purpose: number): SeededRandom {
  let drawn = 0;
  const next = (): number => fraction(seed, purpose, (drawn += 1));
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    chance: (probability) => probability > 0 && next() < probability,
    pick: (choices) => {
      const picked = choices[int(0, choices.length - 1)];
      if (picked === undefined) throw new Error("nothing to pick from");
      return picked;
    },
  };
}
