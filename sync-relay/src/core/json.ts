/** A value as JSON knows it. `null` means "known to be empty"; an absent key means "not known" or "not sent". */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether two JSON values are the same, whatever the order of their keys. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a === null || b === null) return false;
  if (typeof a !== "object" || typeof b !== "object") return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => sameJson(own(a, key), own(b, key)));
}

/** Whether a JSON value is an object (not an array, not null). */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The value at a dotted path: keys and array positions, e.g. `details.dealValue` or `customerProfile.team.0.email`.
 * Only own properties are followed, so no path reaches a prototype. Undefined when any step is absent.
 */
export function atPath(root: Json, path: string): Json | undefined {
  let here: Json | undefined = root;
  for (const step of path.split(".")) {
    if (typeof here !== "object" || here === null) return undefined;
    here = own(here, step);
  }
  return here;
}

/** A copy of `root` with `value` at a dotted path; absent parents become objects, or arrays before a position. */
export function withPath(root: JsonObject, path: string, value: Json): JsonObject {
  const [first = "", ...rest] = path.split(".");
  return { ...root, [first]: set(root[first], rest, value) };
}

function set(here: Json | undefined, steps: readonly string[], value: Json): Json {
  const [first, ...rest] = steps;
  if (first === undefined) return value;
  if (/^\d+$/.test(first)) {
    const list: Json[] = Array.isArray(here) ? [...(here as readonly Json[])] : [];
    list[Number(first)] = set(list[Number(first)], rest, value);
    return list;
  }
  const object = isJsonObject(here) ? here : {};
  return { ...object, [first]: set(object[first], rest, value) };
}

function own(holder: readonly Json[] | JsonObject, key: string): Json | undefined {
  return Object.hasOwn(holder, key) ? (holder as JsonObject)[key] : undefined;
}
