/**
 * An ISO time in UTC as a text that sorts as the times do: seven fractional digits, as the servers count, where `Date` would
 * drop what is below a millisecond and the text itself what ends in zeros. Null for anything else.
 */
export function ticks(time: string | null): string | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?\d*(?:Z|\+00:00)$/.exec(time ?? "");
  return match === null ? null : `${match[1] ?? ""}.${(match[2] ?? "").padEnd(7, "0")}`;
}

/** Whether a time lies before another; what is no time lies before all. */
export function isBefore(time: string | null, other: string | null): boolean {
  return (ticks(time) ?? "") < (ticks(other) ?? "");
}
