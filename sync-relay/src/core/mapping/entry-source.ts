import { atPath, isJsonObject, type Json, type JsonObject } from "../json";
import type { CrmValues } from "../opportunity";
import type { EntrySource, FormulaResult } from "./field-map";

/** The raw value of a `toPartnerCenter` source. A path that the CRM did not deliver is empty. */
export function valueInCrm(source: EntrySource, values: CrmValues): FormulaResult {
  switch (source.kind) {
    case "path":
      return found(valueAt(values, source.path));
    case "parts":
      return found(person(source.parts, values));
    case "constant":
      return found(source.value);
    case "formula":
      return source.evaluate(values);
  }
}

/** The raw value of a `toCrm` source. */
export function valueInReferral(source: EntrySource, referral: JsonObject): FormulaResult {
  switch (source.kind) {
    case "path":
      return found(atPath(referral, source.path) ?? null);
    case "constant":
      return found(source.value);
    case "formula":
      return source.evaluate(referral);
    case "parts":
      return { kind: "failed", reason: "people are read from the CRM only" };
  }
}

/**
 * The raw value at a path of the referral, undefined when it is not known. A whole section that was not sent is not
 * known; a place inside a section that was sent is empty when it is absent.
 */
export function sentValueAt(referral: JsonObject, path: string): Json | undefined {
  const [section = ""] = path.split(".");
  if (!Object.hasOwn(referral, section)) return undefined;
  const inside = referral[section];
  if (section !== path && inside !== null && !isJsonObject(inside) && !Array.isArray(inside)) return undefined;
  return atPath(referral, path) ?? null;
}

/** Paths that a source reads. */
export function pathsOf(source: EntrySource): readonly string[] {
  if (source.kind === "path") return [source.path];
  if (source.kind === "parts") return Object.values(source.parts);
  return source.kind === "formula" ? source.reads : [];
}

/** The CRM's value at a path; null when it is empty or was not delivered. */
export function valueAt(values: CrmValues, path: string): Json {
  return Object.hasOwn(values, path) ? (values[path] ?? null) : null;
}

function person(parts: Readonly<Record<string, string>>, values: CrmValues): Json {
  return Object.fromEntries(Object.entries(parts).map(([name, path]) => [name, valueAt(values, path)]));
}

function found(value: Json): FormulaResult {
  return { kind: "value", value };
}
