// JSON from outside, made harmless: bounded in depth, values and keys before it is parsed, without the keys that reach a
// prototype. All answers of Partner Center and all notifications come through here before anything looks at them.

import { isJsonObject } from "../../core/json";
import type { Json, JsonObject } from "../../core/json";
import { isWithinBounds } from "../../core/json-bounds";
import type { JsonBounds } from "../../core/json-bounds";

/** A referral has six levels and some 300 values, a page of 200 of them 60,000; no object has a hundred keys. */
const WIRE_BOUNDS: JsonBounds = { depth: 64, values: 80_000, keys: 5_000 };

/** Keys that could reach a prototype in careless code further on. */
const DROPPED_KEYS: ReadonlySet<string> = new Set(["__proto__", "prototype", "constructor"]);

/** Parses text; undefined when it is not JSON, or out of bounds. */
export function parseWireJson(text: string): Json | undefined {
  if (!isWithinBounds(text, WIRE_BOUNDS)) return undefined;
  try {
    return withoutPrototypeKeys(JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

/** The value of a key, whatever its case; the exact spelling wins. Undefined when absent. */
export function wireValue(object: Json | undefined, key: string): Json | undefined {
  if (!isJsonObject(object)) return undefined;
  if (Object.hasOwn(object, key)) return object[key];
  const wanted = key.toLowerCase();
  const spelled = Object.keys(object).find((candidate) => candidate.toLowerCase() === wanted);
  return spelled === undefined ? undefined : object[spelled];
}

/** The text under a key, whatever the key's case; null when it is absent, empty or no text. */
export function wireText(object: Json | undefined, key: string): string | null {
  const value = wireValue(object, key);
  return typeof value === "string" && value !== "" ? value : null;
}

function withoutPrototypeKeys(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutPrototypeKeys);
  return isJsonObject(value) ? copyObject(value) : value;
}

function copyObject(object: JsonObject): JsonObject {
  const copy: Record<string, Json> = {};
  for (const [key, item] of Object.entries(object)) {
    if (!DROPPED_KEYS.has(key)) copy[key] = withoutPrototypeKeys(item);
  }
  return copy;
}
