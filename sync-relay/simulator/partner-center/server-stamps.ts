// Times and eTags in the form that the live service shows: dates with seven fractional digits, eTags of which the last
// group holds the second of the write. Two writes never get the same date or eTag, even within one millisecond.

/** Ticks (100 ns) in a millisecond: the resolution of the service's dates. */
const TICKS_PER_MS = 10_000;

export interface ServerStamps {
  /** Stamps of a write that happens now. */
  next(): { readonly date: string; readonly eTag: string };
  nowMs(): number;
}

export function createServerStamps(nowMs: () => number): ServerStamps {
  let lastMs = 0;
  let tick = 0;
  let writes = 0;
  return {
    nowMs,
    next() {
      const ms = nowMs();
      tick = ms === lastMs ? (tick + 1) % TICKS_PER_MS : 0;
      lastMs = ms;
      writes += 1;
      return { date: serverDate(ms, tick), eTag: eTagOf(writes, ms) };
    },
  };
}

/** `2026-11-14T09:30:00.1230045Z` */
export function serverDate(ms: number, tick = 0): string {
  return `${new Date(ms).toISOString().slice(0, -1)}${String(tick).padStart(4, "0")}Z`;
}

/** An eTag with its double quotes inside the string, e.g. `"69007a1e-0000-0800-0000-6217f4ce0000"`. */
function eTagOf(write: number, ms: number): string {
  const first = (0x69007a00 + write).toString(16).padStart(8, "0");
  const second = Math.floor(ms / 1_000)
    .toString(16)
    .padStart(8, "0");
  return `"${first}-0000-0800-0000-${second}0000"`;
}
