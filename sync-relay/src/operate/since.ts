const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A time that a person gives: how long ago (`30m`, `2h`, `7d`), a day or a time (`2026-11-25`, `2026-11-25T10:00:00Z`),
 * milliseconds since the epoch. Null when it is none of these, or lies ahead.
 */
export function parseSince(text: string, nowMs: number): number | null {
  const [, count = "", unit = ""] = /^(\d{1,6})([mhd])$/.exec(text.trim()) ?? [];
  if (count !== "") return nowMs - Number(count) * (UNITS[unit] ?? 0);
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text.trim())) return null;
  const atMs = Date.parse(text.trim());
  return Number.isNaN(atMs) || atMs > nowMs ? null : atMs;
}

/** A point in time as people read it, UTC. */
export function shownTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;

/** An id as a person gives it, braces and capitals included; null when it is none. */
export function parseGuid(text: string): string | null {
  return GUID.exec(text.trim())?.[1]?.toLowerCase() ?? null;
}
