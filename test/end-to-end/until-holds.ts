import { setTimeout as pause } from "node:timers/promises";

const LOOK_EVERY_MS = 20;
/** Generous: the machine may be busy, and no test is about speed. */
const HOLDS_WITHIN_MS = 25_000;

/** Waits until an assertion holds; fails with what it says last. */
export async function untilHolds<T>(assertion: () => T | Promise<T>, withinMs: number = HOLDS_WITHIN_MS): Promise<T> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    try {
      return await assertion();
    } catch (failure) {
      if (Date.now() >= giveUpAt) throw failure;
      await pause(LOOK_EVERY_MS);
    }
  }
}
