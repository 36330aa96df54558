import type { Json } from "../../json";
import { type Canonical, EMPTY, isBlank, NOT_CONVERTIBLE, symmetric, value } from "./conversion-rules";

const knownCodes: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** A currency. Canonical: its ISO 4217 code in upper case. */
export const currency = symmetric(null, read);

function read(raw: Json): Canonical {
  if (isBlank(raw)) return EMPTY;
  const code = typeof raw === "string" ? raw.trim().toUpperCase() : "";
  return knownCodes.has(code) ? value(code) : NOT_CONVERTIBLE;
}
