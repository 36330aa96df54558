import { atPath, withPath, type Json, type JsonObject } from "../../src/core/json";

/** A deal value as the server stores it: text becomes a number. Undefined when it is no number. */
export function dealValueOf(value: Json): number | null | undefined {
  if (value === null || typeof value === "number") return value;
  const isNumeral = typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value.trim());
  return isNumeral ? Number(value) : undefined;
}

/** The content with its deal value as a number; null when it has one that is no number. */
export function numberedDealValue(content: JsonObject): JsonObject | null {
  const sent = atPath(content, "details.dealValue");
  if (sent === undefined) return content;
  const value = dealValueOf(sent);
  return value === undefined ? null : withPath(content, "details.dealValue", value);
}
