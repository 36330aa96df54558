/** Digits of a second's fraction that the service keeps. */
const FRACTION_DIGITS = 7;

/** A date in UTC with seven fractional digits, so that text order is time order; null when it is no date. */
export function sortableDate(text: string): string | null {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return null;
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? "";
  return `${new Date(ms).toISOString().slice(0, 19)}.${fraction.padEnd(FRACTION_DIGITS, "0").slice(0, FRACTION_DIGITS)}`;
}
