import { objectionTexts } from "./objection-texts";
import { read, refused, type TextRead } from "./setting-text";

/** A day, as the moment at which it begins in UTC: what ends on a day may already be over in its first hour. */
export function readDay(text: string): TextRead<number> {
  const timeMs = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  // A day that its month does not have is taken for one of the next month by some, and refused by others.
  const isDay = !Number.isNaN(timeMs) && new Date(timeMs).toISOString().startsWith(text);
  return isDay ? read(timeMs) : refused(objectionTexts.notDay);
}
