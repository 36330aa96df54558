// A story is a list of steps. Each says what somebody does and what must follow; it holds when what must follow is there
// within the time limit.

import { setTimeout as pause } from "node:timers/promises";

/** One step: an action, and what must be true afterwards. */
export interface Step {
  readonly title: string;
  readonly act: () => void;
  /** Null when it holds, else what is still missing. */
  readonly holds: () => string | null;
}

export interface StepResult {
  readonly title: string;
  readonly ms: number;
  /** Null when the step held. */
  readonly missing: string | null;
}

const HOLDS_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 20;

/** Plays steps in order, telling each as it ends; stops at the first that does not hold. */
export async function play(steps: readonly Step[], tell: (result: StepResult) => void): Promise<boolean> {
  for (const step of steps) {
    const result = await playStep(step);
    tell(result);
    if (result.missing !== null) return false;
  }
  return true;
}

async function playStep({ title, act, holds }: Step): Promise<StepResult> {
  const startedMs = Date.now();
  act();
  let missing = holds();
  while (missing !== null && Date.now() - startedMs < HOLDS_WITHIN_MS) {
    await pause(LOOK_EVERY_MS);
    missing = holds();
  }
  return { title, ms: Date.now() - startedMs, missing };
}
