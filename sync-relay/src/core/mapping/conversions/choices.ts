import type { Json } from "../../json";
import { choice, spell } from "./choice";
import { type Canonical, type ConversionRules, EMPTY, isBlank, NOT_CONVERTIBLE, value } from "./conversion-rules";

/** Most values in one set; far above any choice column, so that hostile input stays small. */
const MOST_VALUES = 500;

/**
 * Several of a list of values, e.g. a multi-select choice column, which Dataverse writes as `1,2,3`. Canonical: the
 * Partner Center values, sorted, each once. One value that is not in the list makes the whole set unconvertible.
 */
export const choices: ConversionRules = {
  empty: [],
  fromCrm: (raw, settings) => read(raw, (one) => choice.fromCrm(one, settings)),
  fromPartnerCenter: (raw, settings) => read(raw, (one) => choice.fromPartnerCenter(one, settings)),
  toCrm(canonical, settings) {
    const each = asArray(canonical).map((one) => choice.toCrm(one, settings));
    if (each.includes(undefined)) return undefined;
    return each.length === 0 ? null : each.map((one) => spell(one ?? null)).join(",");
  },
  toPartnerCenter: (canonical) => asArray(canonical),
};

function read(raw: Json, readOne: (one: Json) => Canonical): Canonical {
  if (isBlank(raw)) return EMPTY;
  const each = Array.isArray(raw) ? (raw as readonly Json[]) : split(raw);
  if (each.length > MOST_VALUES) return NOT_CONVERTIBLE;
  const read = each.map(readOne);
  if (read.some((one) => one.kind === "not-convertible")) return NOT_CONVERTIBLE;
  const texts = read.flatMap((one) => (one.kind === "value" ? (spell(one.value) ?? []) : []));
  return texts.length === 0 ? EMPTY : value([...new Set(texts)].sort());
}

function split(raw: Json): readonly Json[] {
  return typeof raw === "string" ? raw.split(",") : [raw];
}

function asArray(canonical: Json): readonly Json[] {
  return Array.isArray(canonical) ? (canonical as readonly Json[]) : [];
}
