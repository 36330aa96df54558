import type { Json } from "../../json";
import { type Canonical, EMPTY, isBlank, NOT_CONVERTIBLE, symmetric, value } from "./conversion-rules";
import { decimalText } from "./decimal";

/** Largest amount whose cents a JSON number still tells apart with a digit to spare: ten trillion. */
const LARGEST_CENTS = 1_000_000_000_000_000n;

/** An amount. Canonical: a number with at most 2 decimals, rounded half away from zero on its decimal digits. */
export const money = symmetric(null, read);

function read(raw: Json): Canonical {
  if (isBlank(raw)) return EMPTY;
  const digits = decimalText(raw);
  const cents = digits === null ? null : centsOf(digits);
  if (cents === null || cents > LARGEST_CENTS || cents < -LARGEST_CENTS) return NOT_CONVERTIBLE;
  return value(Number(cents) / 100);
}

/** Whole cents. Works on digits, because 1.005 × 100 is 100.49999… in floating point. */
function centsOf(digits: string): bigint | null {
  const parts = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(digits);
  if (parts === null) return null;
  const [, sign, whole = "0", fraction = ""] = parts;
  const padded = fraction.padEnd(3, "0");
  const up = padded.charAt(2) >= "5" ? 1n : 0n;
  const cents = BigInt(whole) * 100n + BigInt(padded.slice(0, 2)) + up;
  return sign === "-" ? -cents : cents;
}
