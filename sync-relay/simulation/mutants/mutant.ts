import type { FaultProfile } from "../fault-profile";

/** A known mistake that can be put into the engine. */
export interface Mutant {
  readonly name: string;
  /** What it does wrong, in words. */
  readonly mistake: string;
  /** The file, without extension, from `sync-relay`. What the servers check on the engine's behalf is in the fakes. */
  readonly file: string;
  /** Text of that file which occurs exactly once, the same in its source and in its compiled form. */
  readonly text: string;
  readonly becomes: string;
  /** Histories within which the checks must notice it. */
  readonly budget: number;
  /** Circumstances in which it shows; without them a rare coincidence would have to be waited for. */
  readonly aim?: Partial<FaultProfile>;
}
