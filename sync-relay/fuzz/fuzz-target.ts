import type { Dice } from "./dice";

/** One door by which hostile input comes in. */
export interface FuzzTarget {
  readonly name: string;
  /** How many of a thousand inputs go to this door: many where an input costs little. */
  readonly perMille: number;
  start(): Promise<StartedTarget>;
}

export interface StartedTarget {
  /** Makes an input; what it gives feeds the input to the relay's own code. */
  input(dice: Dice): Attempt;
  stop?(): Promise<void>;
}

/** Feeds one input. Resolves with what came of it, in a word; rejects when the relay broke one of its promises. */
export type Attempt = () => Promise<string>;

/** A promise of the relay that an input broke. */
export class BrokenPromise extends Error {}

export function promised(holds: boolean, promise: string): void {
  if (!holds) throw new BrokenPromise(promise);
}
