// JSON from outside, made harmless: bounded in depth and number of values, without the keys that reach a prototype. All
// answers of Partner Center and all notifications come through here before anything looks at them.

import { isJsonObject } from "../../core/json";
import type { Json, JsonObject } from "../../core/json";

/** Deepest nesting that is read. A referral has six levels. */
const MAX_DEPTH = 64;

/** Most values in one document. A page of 200 full referrals has about 60,000. */
const MAX_VALUES = 500_000;

/** Keys that could reach a prototype in careless code further on. */
const DROPPED_KEYS: ReadonlySet<string> = new Set(["__proto__", "prototype", "constructor"]);

/** Parses text; undefined when it is not JSON, or too deep, or too large. */
export function parseWireJson(text: string): Json | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  return copyBounded(parsed, { depth: 0, seen: { values: 0 } });
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

interface Position {
  readonly depth: number;
  readonly seen: { values: number };
}

function copyBounded(value: unknown, position: Position): Json | undefined {
  position.seen.values += 1;
  if (position.depth > MAX_DEPTH || position.seen.values > MAX_VALUES) return undefined;
  if (value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "number")
    return value;
  if (typeof value !== "object") return undefined;
  const inner = { depth: position.depth + 1, seen: position.seen };
  return Array.isArray(value) ? copyList(value, inner) : copyObject(value, inner);
}

function copyList(list: readonly unknown[], position: Position): Json | undefined {
  const copy: Json[] = [];
  for (const item of list) {
    const inner = copyBounded(item, position);
    if (inner === undefined) return undefined;
    copy.push(inner);
  }
  return copy;
}

function copyObject(object: object, position: Position): JsonObject | undefined {
  const copy: Record<string, Json> = {};
  for (const [key, item] of Object.entries(object)) {
    if (DROPPED_KEYS.has(key)) continue;
    const inner = copyBounded(item, position);
    if (inner === undefined) return undefined;
    copy[key] = inner;
  }
  return copy;
}
