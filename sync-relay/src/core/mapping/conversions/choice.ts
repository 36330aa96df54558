import type { Json } from "../../json";
import type { ValueList } from "../field-map";
import { type Canonical, type ConversionRules, EMPTY, isBlank, NOT_CONVERTIBLE, value } from "./conversion-rules";

/**
 * One of a list of values, e.g. a choice column. Canonical: Partner Center's value. Without a list the value itself.
 * A pair whose CRM value is null says how Partner Center spells "nothing chosen".
 */
export const choice: ConversionRules = {
  empty: null,
  fromCrm: (raw, { list }) => readChoice(raw, list, fromCrmList),
  fromPartnerCenter: (raw, { list }) => readChoice(raw, list, fromPartnerCenterList),
  toCrm: (canonical, { list }) => (canonical === null || list === null ? canonical : crmValueOf(canonical, list)),
  toPartnerCenter: (canonical, { list }) => (canonical === null ? spelledNothing(list) : canonical),
};

type Scalar = boolean | number | string;

function readChoice(raw: Json, list: ValueList | null, find: (raw: Scalar, list: ValueList) => Canonical): Canonical {
  if (isBlank(raw)) return EMPTY;
  if (raw === null || typeof raw === "object") return NOT_CONVERTIBLE;
  if (list !== null) return find(raw, list);
  return value(typeof raw === "string" ? raw.trim() : raw);
}

/** Canonical value of a CRM value. Numbers and their spelling are the same value, as in a file's keys. */
export function fromCrmList(raw: Scalar, list: ValueList): Canonical {
  const pair = list.pairs.find(({ crm }) => crm !== null && sameChoice(crm, raw));
  return pair === undefined ? NOT_CONVERTIBLE : orEmpty(pair.canonical);
}

function fromPartnerCenterList(raw: Scalar, list: ValueList): Canonical {
  const pair = list.pairs.find(({ canonical }) => sameChoice(canonical, raw));
  if (pair === undefined) return NOT_CONVERTIBLE;
  return pair.crm === null ? EMPTY : orEmpty(pair.canonical);
}

/** CRM value of a canonical value: the first one listed. Undefined when there is none. */
export function crmValueOf(canonical: Json, list: ValueList): Json | undefined {
  return list.pairs.find((pair) => pair.crm !== null && sameChoice(pair.canonical, canonical))?.crm;
}

function spelledNothing(list: ValueList | null): Json {
  return list?.pairs.find((pair) => pair.crm === null)?.canonical ?? null;
}

function orEmpty(canonical: Json): Canonical {
  return canonical === null ? EMPTY : value(canonical);
}

/** A scalar as text, the form in which a file's keys and both clouds' values meet; null for everything else. */
export function spell(one: Json): string | null {
  return one === null || typeof one === "object" ? null : String(one).trim();
}

function sameChoice(a: Json, b: Json): boolean {
  const spelled = spell(a);
  return spelled !== null && spelled === spell(b);
}
