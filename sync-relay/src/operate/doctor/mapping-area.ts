import { fieldKeys } from "../../core/deal-kind";
import { atPath } from "../../core/json";
import type { CrmValues } from "../../core/opportunity";
import { pathsOf } from "../../core/mapping/entry-source";
import type { FieldMap } from "../../core/mapping/field-map";
import { ruleOf } from "../../core/mapping/field-rule";
import { readCrm } from "../../core/mapping/read-crm";
import type { Referral } from "../../core/referral";
import { phrase, verbatim } from "../phrase";
import { readOnlyFindings, writtenPaths } from "./access-check";
import { area, finding, withDetails, type Area, type Finding } from "./area";
import { choiceFindings, choicePaths } from "./choice-check";
import type { DoctorParts } from "./doctor-parts";
import { findingsOf, looked, seenOr } from "./single-check";

/** Shared opportunities whose values are tried: a page of the Web API. */
const MOST_TRIED = 5_000;
/** Values that are named; the rest is counted. */
const MOST_NAMED = 5;

const summary = { en: "{file}, {fields} fields", fr: "{file}, {fields} champs" };
const builtin = { en: "built-in, {fields} fields", fr: "intégrée, {fields} champs" };

const reads = { en: "columns: {items}", fr: "colonnes : {items}" };
const has = { en: "currencies of Dynamics 365: {items}", fr: "devises de Dynamics 365 : {items}" };

const sharedDeals = { en: "values of shared opportunities", fr: "les valeurs des opportunités partagées" };
const definitions = {
  en: "the definitions of mapped columns",
  fr: "les définitions des colonnes de la correspondance",
};
const currenciesThere = { en: "the currencies of Dynamics 365", fr: "les devises de Dynamics 365" };

/** Whether the mapping fits the environment and the values that are there. `referrals` is null when none could be read. */
export async function mappingArea(
  { mapping, dataverse }: Pick<DoctorParts, "mapping" | "dataverse">,
  referrals: readonly Referral[] | null,
): Promise<Area> {
  if (mapping.kind === "refused") {
    const { count, first } = mapping;
    return area("mapping", verbatim("–"), [finding("mapping-broken", { count, first })]);
  }
  const { map, file } = mapping;
  const fields = map.fields.length;
  const words = file === null ? phrase(builtin, { fields }) : phrase(summary, { file, fields });
  const missing = await dataverse.environment.unreadablePaths(map.crmPaths);
  if (missing.length > 0) {
    return area("mapping", words, [finding("mapped-column-missing", { columns: missing.join(", ") })]);
  }
  const paths = [fieldKeys.country, fieldKeys.currency].flatMap((key) => pathsFor(map, key));
  const values = await looked(sharedDeals, () => dataverse.environment.sharedValues([...new Set(paths)], MOST_TRIED));
  const currencies = await looked(currenciesThere, () => dataverse.environment.currencies());
  const columns = await looked(definitions, () =>
    dataverse.metadata.columns([...new Set([...choicePaths(map), ...writtenPaths(map)])]),
  );
  const found = area("mapping", words, [
    ...findingsOf(columns, (seen) => [...readOnlyFindings(map, seen), ...choiceFindings(map, seen)]),
    ...findingsOf(values, (deals) => notUnderstood(map, deals)),
    ...findingsOf(currencies, (codes) => (referrals === null ? [] : currencyFindings(referrals, codes))),
  ]);
  return withDetails(withDetails(found, reads, map.crmPaths), has, [...seenOr(currencies, [])].sort());
}

function pathsFor(map: FieldMap, key: string): readonly string[] {
  const rule = ruleOf(map, key);
  return rule === null ? [] : pathsOf(rule.source);
}

/** Countries and currencies of shared opportunities that the mapping's conversion does not understand. */
export function notUnderstood(map: FieldMap, opportunities: readonly CrmValues[]): readonly Finding[] {
  const ids = { [fieldKeys.country]: "country-unknown", [fieldKeys.currency]: "currency-unknown" } as const;
  return Object.entries(ids).flatMap(([key, id]) => {
    const shown = opportunities.flatMap((values) => {
      const problem = readCrm(map, values).problems.find(({ field }) => field === key);
      return problem?.because === "not-convertible" ? [problem.shown ?? "?"] : [];
    });
    return shown.length === 0 ? [] : [finding(id, { count: shown.length, values: named(shown) })];
  });
}

/** Currencies of referrals that the CRM lacks: a deal in one of them cannot become an opportunity. */
export function currencyFindings(referrals: readonly Referral[], currencies: readonly string[]): readonly Finding[] {
  const known = new Set(currencies.map((code) => code.toUpperCase()));
  const used = referrals.flatMap(({ json }) => {
    const code = atPath(json, fieldKeys.currency);
    return typeof code === "string" && code !== "" && !known.has(code.toUpperCase()) ? [code.toUpperCase()] : [];
  });
  return used.length === 0 ? [] : [finding("currency-missing", { values: named(used) })];
}

function named(values: readonly string[]): string {
  const distinct = [...new Set(values)].sort();
  const more = distinct.length > MOST_NAMED ? `, … (${distinct.length})` : "";
  return distinct.slice(0, MOST_NAMED).join(", ") + more;
}
