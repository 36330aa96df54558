import type { Json } from "../../../../sync-relay/src/core/json";
import { conversionOf } from "../../../../sync-relay/src/core/mapping/conversions/conversion-of";
import type { ConversionSettings } from "../../../../sync-relay/src/core/mapping/conversions/conversion-rules";
import type { Conversion } from "../../../../sync-relay/src/core/mapping/field-map";

const plain: ConversionSettings = { list: null, max: null };

/** Canonical value of what the CRM holds; "empty" and "not-convertible" as words of their own. */
export function fromCrm(as: Conversion, raw: Json, settings: Partial<ConversionSettings> = {}): Json | symbol {
  return outcome(conversionOf[as].fromCrm(raw, { ...plain, ...settings }));
}

/** The same for what the referral holds. */
export function fromReferral(as: Conversion, raw: Json, settings: Partial<ConversionSettings> = {}): Json | symbol {
  return outcome(conversionOf[as].fromPartnerCenter(raw, { ...plain, ...settings }));
}

export function toCrm(as: Conversion, canonical: Json, settings: Partial<ConversionSettings> = {}): Json | undefined {
  return conversionOf[as].toCrm(canonical, { ...plain, ...settings });
}

export function toReferral(
  as: Conversion,
  canonical: Json,
  settings: Partial<ConversionSettings> = {},
): Json | undefined {
  return conversionOf[as].toPartnerCenter(canonical, { ...plain, ...settings });
}

export const empty = Symbol("empty");
export const notConvertible = Symbol("not-convertible");

function outcome(read: ReturnType<(typeof conversionOf)["text"]["fromCrm"]>): Json | symbol {
  if (read.kind === "value") return read.value;
  return read.kind === "empty" ? empty : notConvertible;
}
