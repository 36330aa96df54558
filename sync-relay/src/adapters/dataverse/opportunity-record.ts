import { RelayError } from "../../core/errors";
import { atPath, type Json, type JsonObject } from "../../core/json";
import type { Opportunity } from "../../core/opportunity";
import { lookupNamed } from "./lookups";
import type { OpportunityQuery } from "./opportunity-query";
import { sectionOf } from "./section-record";

/** A row of the opportunities collection, as the relay understands it. */
export interface OpportunityRecord {
  readonly opportunity: Opportunity;
  /** Won or lost: Dataverse may refuse to write it. */
  readonly closed: boolean;
  /** What the row's lookups point to, with the mapped values behind them. */
  readonly lookups: KnownLookups;
}

/** Lookup name → the row it points to (null: empty) and the values of the mapped paths through it. */
export type KnownLookups = ReadonlyMap<string, { readonly id: string | null; readonly values: JsonObject }>;

/** Reads a row that carries its lookups expanded. */
export function recordOf(row: JsonObject, query: OpportunityQuery): OpportunityRecord {
  const lookups = new Map(
    [...query.lookupPaths].map(([lookup, paths]) => {
      const values = paths.map((path) => [path, valueThroughLookups(row, path)] as const);
      return [lookup, { id: lookupId(row, lookup), values: Object.fromEntries(values) }] as const;
    }),
  );
  return record({ row, query, lookups });
}

/** Reads a row without its lookups; null when a lookup points to something that `known` does not tell about. */
export function recordWithKnown(
  row: JsonObject,
  query: OpportunityQuery,
  known: KnownLookups,
): OpportunityRecord | null {
  const lookups = new Map<string, { id: string | null; values: JsonObject }>();
  for (const [lookup, paths] of query.lookupPaths) {
    const id = lookupId(row, lookup);
    const before = known.get(lookup);
    if (id === null) lookups.set(lookup, { id, values: Object.fromEntries(paths.map((path) => [path, null])) });
    else if (before?.id === id) lookups.set(lookup, before);
    else return null;
  }
  return record({ row, query, lookups });
}

interface RecordParts {
  readonly row: JsonObject;
  readonly query: OpportunityQuery;
  readonly lookups: KnownLookups;
}

function record({ row, query, lookups }: RecordParts): OpportunityRecord {
  const id = row["opportunityid"];
  const version = row["@odata.etag"];
  if (typeof id !== "string" || typeof version !== "string") {
    throw new RelayError("CS-1001", { cause: new Error("a row without id or version") });
  }
  const columns = query.columnPaths.map((path) => [path, columnValue(row, path, query)] as const);
  const throughLookups = [...lookups.values()].map(({ values }) => values);
  return {
    opportunity: {
      id: id.toLowerCase(),
      version,
      createdAt: timeIn(row, "createdon"),
      modifiedAt: timeIn(row, "modifiedon"),
      section: sectionOf(row),
      values: Object.assign({}, Object.fromEntries(columns), ...throughLookups) as JsonObject,
    },
    closed: typeof row["statecode"] === "number" && row["statecode"] !== 0,
    lookups,
  };
}

function timeIn(row: JsonObject, column: string): string | null {
  const time = row[column];
  return typeof time === "string" ? time : null;
}

function lookupId(row: JsonObject, lookup: string): string | null {
  const id = row[lookupNamed(lookup).idColumn];
  return typeof id === "string" ? id.toLowerCase() : null;
}

function valueThroughLookups(row: JsonObject, path: string): Json {
  const steps = path.split(".");
  const lookups = steps.slice(0, -1).map((step) => lookupNamed(step).navigation);
  return atPath(row, [...lookups, ...steps.slice(-1)].join(".")) ?? null;
}

/** Dataverse reads a multi-select choice as text, "2,3". */
const CHOICES = /^-?\d+(?:,-?\d+)*$/;

function columnValue(row: JsonObject, path: string, query: OpportunityQuery): Json {
  const value = row[path] ?? null;
  if (!query.choicesPaths.has(path) || typeof value !== "string" || !CHOICES.test(value)) return value;
  return value.split(",").map(Number);
}
