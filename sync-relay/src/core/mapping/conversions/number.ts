import type { Json } from "../../json";
import { type Canonical, EMPTY, isBlank, NOT_CONVERTIBLE, symmetric, value } from "./conversion-rules";
import { decimalText, withoutNegativeZero } from "./decimal";

/** A number; text that spells one is accepted. Canonical: the number. */
export const number = symmetric(null, read);

function read(raw: Json): Canonical {
  if (isBlank(raw)) return EMPTY;
  if (typeof raw === "number") return Number.isFinite(raw) ? value(withoutNegativeZero(raw)) : NOT_CONVERTIBLE;
  const digits = decimalText(raw);
  return digits === null ? NOT_CONVERTIBLE : value(withoutNegativeZero(Number(digits)));
}
