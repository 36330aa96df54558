const DAY_MS = 24 * 60 * 60_000;

/** Whole days from one moment to a later one; none where it is not later. */
export function daysBetween(fromMs: number, toMs: number): number {
  return Math.max(0, Math.floor((toMs - fromMs) / DAY_MS));
}

/** The day of a moment, as `yyyy-mm-dd`. */
export function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, "yyyy-mm-dd".length);
}
