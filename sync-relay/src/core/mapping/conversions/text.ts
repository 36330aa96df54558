import type { Json } from "../../json";
import { cleanText } from "./clean-text";
import { type Canonical, type ConversionSettings, EMPTY, NOT_CONVERTIBLE, symmetric, value } from "./conversion-rules";

/** Plain text. Canonical: cleaned, with `\n` line ends, cut at `max`; null when nothing is left. */
export const text = symmetric(null, readText);

/** Reads plain text; numbers and booleans are spelled out. */
export function readText(raw: Json, settings: ConversionSettings): Canonical {
  if (raw === null) return EMPTY;
  if (typeof raw === "object") return NOT_CONVERTIBLE;
  const cleaned = cleanText(String(raw), settings.max);
  return cleaned === "" ? EMPTY : value(cleaned);
}
