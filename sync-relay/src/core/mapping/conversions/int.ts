import type { Json } from "../../json";
import { type Canonical, EMPTY, isBlank, NOT_CONVERTIBLE, symmetric, value } from "./conversion-rules";
import { decimalText, withoutNegativeZero } from "./decimal";

/** A whole number; text that spells one is accepted, a fraction is not. Canonical: the number. */
export const int = symmetric(null, read);

function read(raw: Json): Canonical {
  if (isBlank(raw)) return EMPTY;
  const digits = decimalText(raw);
  const whole = digits === null ? Number.NaN : Number(digits);
  return Number.isSafeInteger(whole) ? value(withoutNegativeZero(whole)) : NOT_CONVERTIBLE;
}
