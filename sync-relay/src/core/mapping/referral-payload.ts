import { type Json, type JsonObject, withPath } from "../json";
import type { FieldValues } from "../pair";
import { conversionOf } from "./conversions/conversion-of";
import type { FieldMap } from "./field-map";
import { ruleOf } from "./field-rule";

/**
 * The mapped part of the body that creates a referral. Empty fields are left out, and so is the status: who creates
 * the referral sets it.
 */
export function referralPayload(map: FieldMap, values: FieldValues): JsonObject {
  let payload: JsonObject = {};
  for (const { to } of map.toPartnerCenter.create) {
    const rule = ruleOf(map, to);
    if (rule === null || rule.as === "status" || !Object.hasOwn(values, to)) continue;
    const written = conversionOf[rule.as].toPartnerCenter(values[to] ?? null, rule);
    if (isThere(written) && isThere(values[to])) payload = withPath(payload, to, written);
  }
  return payload;
}

function isThere(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}
