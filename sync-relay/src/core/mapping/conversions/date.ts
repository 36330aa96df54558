import type { Json } from "../../json";
import { type Canonical, type ConversionRules, EMPTY, isBlank, NOT_CONVERTIBLE, value } from "./conversion-rules";
import { parseUtc } from "./utc-time";

/**
 * A day without a time. Canonical: `YYYY-MM-DD`. Partner Center keeps a time: midnight UTC is written, and any time on
 * that UTC day reads as that day, so no time zone can move the day back and forth.
 */
export const date: ConversionRules = {
  empty: null,
  fromCrm: read,
  fromPartnerCenter: read,
  toCrm: (canonical) => canonical,
  toPartnerCenter: (canonical) => (typeof canonical === "string" ? `${canonical}T00:00:00Z` : canonical),
};

function read(raw: Json): Canonical {
  if (isBlank(raw)) return EMPTY;
  const ms = typeof raw === "string" ? parseUtc(raw) : null;
  return ms === null ? NOT_CONVERTIBLE : value(new Date(ms).toISOString().slice(0, 10));
}
