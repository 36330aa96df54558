// Repeatable chance. Every input has dice of its own, made of the run's seed, the target's name and the input's number,
// so that any single input can be made again without the ones before it.

/** Chance that a seed repeats exactly. */
export interface Dice {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number from 0 up to, but not including, `limit`. */
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
}

export function createDice(seed: number, target: string, input: number): Dice {
  let state = mixed(mixed(seed >>> 0, hashOf(target)), input);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (choices) => {
      const picked = choices[below(choices.length)];
      if (picked === undefined) throw new Error("bug: nothing to pick from");
      return picked;
    },
  };
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

function mixed(a: number, b: number): number {
  let value = Math.imul(a ^ (b + 0x9e3779b9), 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
