const DAY_MS = 24 * 60 * 60_000;

/** Whole days until a moment, none once it is past. */
export function daysUntil(timeMs: number, nowMs: number): number {
  return Math.max(0, Math.floor((timeMs - nowMs) / DAY_MS));
}

/** The day of a moment, as `yyyy-mm-dd`. */
export function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, "yyyy-mm-dd".length);
}
