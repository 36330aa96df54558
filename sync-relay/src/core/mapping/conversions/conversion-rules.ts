import type { Json } from "../../json";
import type { ValueList } from "../field-map";

/** What an entry of the mapping file adds to its conversion. */
export interface ConversionSettings {
  readonly list: ValueList | null;
  /** Longest text in characters; null: no limit. */
  readonly max: number | null;
}

/** A raw value brought to its canonical form. */
export type Canonical =
  | { readonly kind: "value"; readonly value: Json }
  /** Nothing there: the field's default counts, or the conversion's own empty value. */
  | { readonly kind: "empty" }
  | { readonly kind: "not-convertible" };

/**
 * A conversion: what the canonical value of a field is, and how each side writes it. No function ever throws, whatever
 * it is given, and these laws hold for every canonical value `c` that either reader returns (checkLaws proves them):
 * `fromCrm(toCrm(c))` is `c` unless `toCrm` says undefined, and `fromPartnerCenter(toPartnerCenter(c))` is `c`.
 */
export interface ConversionRules {
  /** Canonical value of a place that is empty. */
  readonly empty: Json;
  fromCrm(raw: Json, settings: ConversionSettings): Canonical;
  fromPartnerCenter(raw: Json, settings: ConversionSettings): Canonical;
  /** Undefined: this value cannot be written there. */
  toCrm(value: Json, settings: ConversionSettings): Json | undefined;
  toPartnerCenter(value: Json, settings: ConversionSettings): Json | undefined;
}

export const EMPTY: Canonical = { kind: "empty" };
export const NOT_CONVERTIBLE: Canonical = { kind: "not-convertible" };

export function value(canonical: Json): Canonical {
  return { kind: "value", value: canonical };
}

/** Whether a raw value says nothing: null, or text of blanks only. */
export function isBlank(raw: Json): boolean {
  return raw === null || (typeof raw === "string" && raw.trim() === "");
}

/** Rules of a conversion that reads and writes both sides alike. */
export function symmetric(
  empty: Json,
  read: (raw: Json, settings: ConversionSettings) => Canonical,
  write: (canonical: Json) => Json | undefined = (canonical) => canonical,
): ConversionRules {
  return { empty, fromCrm: read, fromPartnerCenter: read, toCrm: write, toPartnerCenter: write };
}
