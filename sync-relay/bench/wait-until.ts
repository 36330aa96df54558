import { setTimeout as pause } from "node:timers/promises";

/** Longer than anything here takes, a pause of an upstream's budget included. */
const GIVE_UP_AFTER_MS = 180_000;
/** How exactly a moment is caught. */
const LOOK_EVERY_MS = 5;

/** Resolves when it holds, with the time it took, milliseconds. Rejects when it does not for a long time. */
export async function waitUntil(
  what: string,
  holds: () => boolean | Promise<boolean>,
  atMostMs = GIVE_UP_AFTER_MS,
): Promise<number> {
  const startedMs = performance.now();
  while (!(await holds())) {
    if (performance.now() - startedMs > atMostMs) throw new Error(`waited in vain: ${what}`);
    await pause(LOOK_EVERY_MS);
  }
  return performance.now() - startedMs;
}
