// The faults of one history. Whether one strikes is named by the seed, its kind and how often that kind was possible so
// far, and not by what was drawn before it; so a fault can be left out and the others stay where they are. That is what
// makes it possible to shrink a history to the few faults that matter.

import { faultKinds, type FaultKind } from "./fault-profile";
import { scatter } from "./seeded-random";

/** A fault that struck, or a deed of people: its name and which one it was. */
export type FaultName = `${string}#${number}`;

export interface Faults {
  /** Whether this fault strikes now. */
  readonly strikes: (kind: FaultKind, chance: number) => boolean;
  /** Whether something that was planned for this history happens. Always, unless it is left out. */
  readonly happens: (kind: FaultKind) => boolean;
  /** Whether a deed of people is done. Always, unless it is left out. Deeds are not counted. */
  readonly isDone: (deed: string) => boolean;
  /** Counts what a fault did that does not strike a single call. */
  readonly count: (kind: FaultKind) => void;
  /** From now on nothing goes wrong any more. */
  readonly end: () => void;
  readonly ended: () => boolean;
  readonly counts: Readonly<Record<FaultKind, number>>;
  /** Everything that struck or was done, in order. */
  readonly struck: readonly FaultName[];
}

const TWO_TO_32 = 2 ** 32;
/** Kinds as numbers, so that a draw needs no text. */
const kindNumbers = new Map<FaultKind, number>(faultKinds.map((kind, at) => [kind, 1_000 + at]));

export function createFaults(seed: number, without: ReadonlySet<string> = new Set()): Faults {
  const counts = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>;
  const chances = new Map<string, number>();
  const struck: FaultName[] = [];
  let over = false;

  /** The number of this chance among those of its kind. */
  const next = (kind: string): number => {
    const number = chances.get(kind) ?? 0;
    chances.set(kind, number + 1);
    return number;
  };
  const isLeftIn = (kind: string, number: number): boolean => {
    const name: FaultName = `${kind}#${number}`;
    if (without.has(name)) return false;
    struck.push(name);
    return true;
  };
  const strike = (kind: FaultKind, number: number): boolean => {
    if (!isLeftIn(kind, number)) return false;
    counts[kind] += 1;
    return true;
  };

  return {
    strikes(kind, chance) {
      if (over || chance <= 0) return false;
      const number = next(kind);
      const drawn = scatter(seed, kindNumbers.get(kind) ?? 0, number) / TWO_TO_32;
      return drawn < chance && strike(kind, number);
    },
    happens: (kind) => !over && strike(kind, next(kind)),
    isDone: (deed) => isLeftIn(deed, next(deed)),
    count(kind) {
      counts[kind] += 1;
    },
    end() {
      over = true;
    },
    ended: () => over,
    counts,
    struck,
  };
}
