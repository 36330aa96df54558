import { RelayError } from "../../core/errors";
import type { FieldEntry, FieldMap } from "../../core/mapping/field-map";
import { lookupNamed } from "./lookups";
import { sectionColumnNames } from "./section-record";

/**
 * The mapped CRM paths as one Web API query. A path without dots is a column, a dotted one goes through lookups and
 * becomes a (nested) `$expand`. Built once: the mapping does not change while the relay runs.
 */
export interface OpportunityQuery {
  /** Columns of the opportunity itself: mapped, the co-sell section, and what the relay needs to know of a row. */
  readonly columns: readonly string[];
  /** `$select=…&$expand=…` for a read. */
  readonly options: string;
  /** Mapped paths that are columns. */
  readonly columnPaths: readonly string[];
  /** Mapped paths that go through a lookup, by the lookup's name. */
  readonly lookupPaths: ReadonlyMap<string, readonly string[]>;
  /** Mapped paths whose column is a multi-select choice. */
  readonly choicesPaths: ReadonlySet<string>;
}

/** What is read of every opportunity besides the mapping. */
const ROW_COLUMNS = ["opportunityid", "createdon", "modifiedon", "statecode"];

/** A step of a path. Anything else would change the meaning of the query string. */
const STEP = /^[a-z_][a-z0-9_]*$/i;

/** A table in the tree of lookups. */
interface Branch {
  readonly columns: Set<string>;
  readonly lookups: Map<string, Branch>;
}

/** Throws RelayError CS-1007 for a path that no column can have. */
export function createOpportunityQuery(
  fieldMap: FieldMap,
  section: readonly string[] = sectionColumnNames,
): OpportunityQuery {
  const root: Branch = { columns: new Set([...ROW_COLUMNS, ...section]), lookups: new Map() };
  const columnPaths: string[] = [];
  const lookupPaths = new Map<string, string[]>();
  for (const path of fieldMap.crmPaths) {
    const steps = path.split(".");
    if (!steps.every((step) => STEP.test(step))) throw new RelayError("CS-1007", { cause: new Error(path) });
    addTo(root, steps);
    const [lookup = ""] = steps;
    if (steps.length === 1) columnPaths.push(path);
    else lookupPaths.set(lookup, [...(lookupPaths.get(lookup) ?? []), path]);
  }
  for (const lookup of lookupPaths.keys()) root.columns.add(lookupNamed(lookup).idColumn);
  return {
    columns: [...root.columns],
    options: optionsOf(root, "&"),
    columnPaths,
    lookupPaths,
    choicesPaths: choicesPathsOf(fieldMap),
  };
}

function addTo(root: Branch, steps: readonly string[]): void {
  let here = root;
  for (const step of steps.slice(0, -1)) {
    const next = here.lookups.get(step) ?? { columns: new Set<string>(), lookups: new Map<string, Branch>() };
    here.lookups.set(step, next);
    here = next;
  }
  here.columns.add(steps.at(-1) ?? "");
}

function optionsOf(branch: Branch, separator: "&" | ";"): string {
  const expands = [...branch.lookups].map(
    ([lookup, inner]) => `${lookupNamed(lookup).navigation}(${optionsOf(inner, ";")})`,
  );
  const parts = [];
  if (branch.columns.size > 0) parts.push(`$select=${[...branch.columns].join(",")}`);
  if (expands.length > 0) parts.push(`$expand=${expands.join(",")}`);
  return parts.join(separator);
}

function choicesPathsOf(fieldMap: FieldMap): ReadonlySet<string> {
  const outgoing = [...fieldMap.toPartnerCenter.create, ...fieldMap.toPartnerCenter.update];
  const incoming = [...fieldMap.toCrm.create, ...fieldMap.toCrm.update];
  const isChoices = (entry: FieldEntry): boolean => entry.as === "choices";
  return new Set([
    ...outgoing.filter(isChoices).flatMap(({ source }) => (source.kind === "path" ? [source.path] : [])),
    ...incoming.filter(isChoices).map((entry) => entry.to),
  ]);
}
