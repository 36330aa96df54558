import type { Json } from "../../json";
import { isJsonObject } from "../../json";
import { type Canonical, type ConversionRules, EMPTY, isBlank, NOT_CONVERTIBLE, value } from "./conversion-rules";

/** Most solutions that Partner Center takes on one referral. */
export const MOST_SOLUTIONS = 50;

/** Longest id that is taken for one. */
const LONGEST_ID = 100;

const CO_SELL_SOLUTION = /^sol-\d+-[a-z0-9]+$/i;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** An offer id: letters, digits, dots, hyphens, underscores. A plain word is not one: it is somebody's prose. */
const OFFER = /^(?=[^.\-_\d]*[.\-_\d])[a-z0-9][a-z0-9._-]{2,}$/i;

/**
 * Solution ids of the *Products* column. Canonical: the ids, sorted, each once; order says nothing. The CRM keeps text
 * with one id per line, comma, semicolon or blank; Partner Center a list of objects.
 */
export const solutions: ConversionRules = {
  empty: [],
  fromCrm: (raw) => (typeof raw === "string" || raw === null ? idsOf(raw === null ? [] : split(raw)) : NOT_CONVERTIBLE),
  fromPartnerCenter: (raw) => (isBlank(raw) ? EMPTY : idsOf(listedIds(raw))),
  toCrm: (canonical) => (idsIn(canonical).length === 0 ? null : idsIn(canonical).join("; ")),
  toPartnerCenter: (canonical) => idsIn(canonical).map((id) => ({ id, type: "Name" })),
};

/** Ids of a canonical value. */
export function idsIn(canonical: Json): readonly string[] {
  return Array.isArray(canonical) ? (canonical as readonly Json[]).filter((id) => typeof id === "string") : [];
}

/** An id as it is compared; null when it has the shape of none. */
export function solutionId(typed: string): string | null {
  const id = typed.trim();
  if (id.length > LONGEST_ID) return null;
  if (CO_SELL_SOLUTION.test(id)) return id.toUpperCase();
  if (GUID.test(id)) return id.toLowerCase();
  return OFFER.test(id) ? id : null;
}

/** Whether an entry of the referral's list is a solution; the others are categories. */
export function isSolution(entry: Json): boolean {
  return isJsonObject(entry) && entry["type"] !== "Category" && entry["type"] !== "None";
}

function split(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((id) => id !== "");
}

function listedIds(raw: Json): readonly (string | null)[] {
  if (!Array.isArray(raw)) return [null];
  const entries = raw as readonly Json[];
  return entries.filter((entry) => !isJsonObject(entry) || isSolution(entry)).map(idOfEntry);
}

function idOfEntry(entry: Json): string | null {
  const id = isJsonObject(entry) ? entry["id"] : null;
  return typeof id === "string" ? id : null;
}

function idsOf(typed: readonly (string | null)[]): Canonical {
  const ids = new Set(typed.map((id) => (id === null ? null : solutionId(id))));
  if (ids.size === 0) return EMPTY;
  const valid = [...ids].filter((id) => id !== null);
  return valid.length < ids.size || valid.length > MOST_SOLUTIONS ? NOT_CONVERTIBLE : value(valid.sort());
}
