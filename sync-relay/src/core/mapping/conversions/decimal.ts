import type { Json } from "../../json";

/** A number, or text that spells one in plain decimal notation; null for everything else. */
export function decimalText(raw: Json): string | null {
  if (typeof raw === "number") return Number.isFinite(raw) ? plain(raw) : null;
  if (typeof raw !== "string") return null;
  const spelled = raw.trim();
  if (/^[+-]?\d{1,30}(?:\.\d{1,30})?$/.test(spelled)) return spelled;
  if (!/^[+-]?\d{1,30}(?:\.\d{1,30})?e[+-]?\d{1,3}$/i.test(spelled)) return null;
  const parsed = Number(spelled);
  return Number.isFinite(parsed) ? plain(parsed) : null;
}

/** The shortest digits of a number without an exponent; what is smaller than 10⁻²⁰ counts as 0. */
function plain(number: number): string {
  const shortest = String(number);
  if (!/e/i.test(shortest)) return shortest;
  return Math.abs(number) < 1 ? number.toFixed(20) : BigInt(number).toString();
}

/** Never the negative zero, which JSON writes as 0. */
export function withoutNegativeZero(number: number): number {
  return number === 0 ? 0 : number;
}
