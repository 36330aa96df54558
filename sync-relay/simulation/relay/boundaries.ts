// The places where a process may die: before and after every call that it makes, to a cloud or to its store. By chance,
// or, when crash points are tried one after the other, at exactly one of them.

import type { Faults } from "../faults";

/** Dying at one place of a history. */
export interface CrashPoint {
  /** Which call of the history, counted from 0. */
  readonly at: number;
  /** `late`: the request was sent, and takes effect when the process is no more. */
  readonly when: CrashMoment;
}

export const crashMoments = ["before", "after", "late"] as const;
export type CrashMoment = (typeof crashMoments)[number];

/** A call that a process makes. */
export interface Boundary {
  readonly number: number;
  readonly name: string;
  /** A request to a cloud that changes something there: it may still arrive after its sender died. */
  readonly mayArriveLate: boolean;
}

export interface Boundaries {
  /** Passes the next one; says when the process is to die there. */
  readonly pass: (name: string, mayArriveLate: boolean) => { readonly diesAt: CrashMoment | null };
  /** All that were passed. */
  readonly passed: () => readonly Boundary[];
}

export interface BoundaryOptions {
  readonly faults: Faults;
  /** Chance of each, before it and after it. */
  readonly chance: number;
  readonly point: CrashPoint | null;
  /** Keeps what was passed. */
  readonly listed: boolean;
}

export function createBoundaries({ faults, chance, point, listed }: BoundaryOptions): Boundaries {
  const passed: Boundary[] = [];
  let number = 0;
  return {
    pass(name, mayArriveLate) {
      if (listed && !faults.ended()) passed.push({ number, name, mayArriveLate });
      number += 1;
      if (point !== null) return { diesAt: point.at === number - 1 && faults.happens("crash") ? point.when : null };
      if (faults.strikes("crash", chance)) return { diesAt: "before" };
      return { diesAt: faults.strikes("crash", chance) ? "after" : null };
    },
    passed: () => passed,
  };
}
