/** Milliseconds of 1753-01-01, the first day that Dataverse can keep. */
const FIRST_MS = Date.UTC(1753, 0, 1);
/** Milliseconds of the last second of 9999. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59);

const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * Milliseconds since the epoch of an ISO 8601 date or date-time, cut to the second; null when it is not one. Without
 * an offset it is UTC, as Partner Center reads it.
 */
export function parseUtc(spelled: string): number | null {
  const parts = ISO.exec(spelled.trim());
  if (parts === null) return null;
  const atMs = momentOf(parts);
  const offsetMs = offsetOf(parts[4] ?? "Z");
  if (atMs === null || offsetMs === null) return null;
  const utcMs = atMs - offsetMs;
  return utcMs >= FIRST_MS && utcMs <= LAST_MS ? utcMs : null;
}

function momentOf([, day = "", time = "00:00", seconds = ":00"]: readonly (string | undefined)[]): number | null {
  const ms = Date.parse(`${day}T${time}${seconds}Z`);
  // A day that does not exist, such as 30 February, rolls over into another one.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day) ? ms : null;
}

function offsetOf(zone: string): number | null {
  if (zone.toUpperCase() === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 14 || minutes > 59) return null;
  const sign = zone.startsWith("-") ? -1 : 1;
  return sign * (hours * 60 + minutes) * 60_000;
}
