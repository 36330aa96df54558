import { atPath, type Json, type JsonObject } from "../json";
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
 * The raw value at a path of the referral. Undefined when Partner Center did not send it: then it is not known, which
 * is not the same as empty (some answers leave out fields that have a value).
 */
export function sentValueAt(referral: JsonObject, path: string): Json | undefined {
  let here: Json | undefined = referral;
  for (const step of path.split(".")) {
    if (here === null || here === undefined) return here;
    here = atPath(here, step);
  }
  return here;
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
