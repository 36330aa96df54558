// The `$…` options of a query, checked against the table: select, expand (nested), filter, order, top, count and the
// tokens of paging and change tracking.

import { findByWireName, findNavigation, type Catalogue } from "../catalogue/catalogue";
import type { Column, Table } from "../catalogue/table";
import { badRequest } from "../dataverse-error";
import { parseFilter } from "./filter-expression";
import { findProperty, rowFilter, unknownProperty, type QueryScope, type RowPredicate } from "./row-filter";
import type { Row } from "../rows/row";
import type { Json } from "../../../src/core/json";

/** One navigation property to expand. */
export type Expand =
  | {
      readonly kind: "one";
      readonly name: string;
      readonly column: Column;
      readonly table: Table;
      readonly options: QueryOptions;
    }
  | {
      readonly kind: "many";
      readonly name: string;
      /** Lookup column of the other table that points back. */
      readonly back: string;
      readonly table: Table;
      readonly options: QueryOptions;
    };

/** One sort key. */
export interface Order {
  readonly read: (row: Row) => Json;
  readonly descending: boolean;
}

/** A checked query. */
export interface QueryOptions {
  /** Columns to return; null for all. */
  readonly select: readonly Column[] | null;
  readonly expand: readonly Expand[];
  readonly filter: RowPredicate | null;
  readonly orders: readonly Order[];
  readonly top: number | null;
  readonly count: boolean;
  readonly skipToken: string | null;
  readonly deltaToken: string | null;
}

const KNOWN = ["$select", "$expand", "$filter", "$orderby", "$top", "$count", "$skiptoken", "$deltatoken"];

/** Parses and checks query options. */
export function parseQueryOptions(scope: QueryScope, table: Table, given: ReadonlyMap<string, string>): QueryOptions {
  refuseUnknown(given);
  const list = (name: string): readonly string[] => splitTopLevel(given.get(name) ?? "", ",");
  const filter = given.get("$filter");
  return {
    select: parseSelect(table, given.get("$select")),
    expand: list("$expand").map((part) => parseExpand(scope, table, part)),
    filter: filter === undefined ? null : rowFilter(scope, table, parseFilter(filter)),
    orders: list("$orderby").map((part) => parseOrder(scope, table, part)),
    top: parseTop(given.get("$top")),
    count: given.get("$count") === "true",
    skipToken: given.get("$skiptoken") ?? null,
    deltaToken: given.get("$deltatoken") ?? null,
  };
}

function refuseUnknown(given: ReadonlyMap<string, string>): void {
  for (const name of given.keys()) {
    if (name.startsWith("$") && !KNOWN.includes(name)) throw badRequest(`The query option '${name}' is not supported.`);
  }
}

function parseSelect(table: Table, select: string | undefined): readonly Column[] | null {
  if (select === undefined || select === "*") return null;
  return splitTopLevel(select, ",").map((name) => named(table, name));
}

function parseTop(top: string | undefined): number | null {
  if (top === undefined) return null;
  if (!/^[1-9]\d*$/.test(top)) throw badRequest("'$top' must be a positive number.");
  return Number(top);
}

function named(table: Table, name: string): Column {
  const column = findByWireName(table, name);
  if (!column) throw unknownProperty(table, name);
  return column;
}

function parseOrder(scope: QueryScope, table: Table, part: string): Order {
  const [path = "", direction = "asc", ...rest] = part.split(/\s+/);
  if (rest.length > 0 || !["asc", "desc"].includes(direction)) throw badRequest(`'$orderby' is not understood.`);
  return { read: findProperty(scope, table, path).read, descending: direction === "desc" };
}

function parseExpand(scope: QueryScope, table: Table, part: string): Expand {
  const match = /^(\w+)\s*(?:\((.*)\))?$/s.exec(part);
  const name = match?.[1] ?? part;
  const inner = match?.[2] ?? "";
  const single = findNavigation(table, name);
  if (single) {
    const target = scope.catalogue.byName(single.target.table);
    const options = parseQueryOptions(scope, target, parseExpandOptions(inner));
    return { kind: "one", name, column: single.column, table: target, options };
  }
  const many = findCollection(scope.catalogue, table, name);
  if (!many) throw unknownProperty(table, name);
  const options = parseQueryOptions(scope, many.table, parseExpandOptions(inner));
  return { kind: "many", name, back: many.back, table: many.table, options };
}

/** The table and lookup behind a collection-valued navigation property. */
export function findCollection(
  catalogue: Catalogue,
  table: Table,
  name: string,
): { table: Table; back: string } | undefined {
  const found = Object.hasOwn(table.collections, name) ? table.collections[name] : undefined;
  return found && { table: catalogue.byName(found.table), back: found.column };
}

function parseExpandOptions(text: string): ReadonlyMap<string, string> {
  return new Map(
    splitTopLevel(text, ";").map((part) => {
      const equals = part.indexOf("=");
      if (equals < 0) throw badRequest("The options of '$expand' are not understood.");
      return [part.slice(0, equals).trim(), part.slice(equals + 1).trim()];
    }),
  );
}

/** Splits at a separator that stands outside of quotes and parentheses; blank parts are left out. */
export function splitTopLevel(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let position = 0; position <= text.length; position += 1) {
    const character = text.charAt(position);
    if (character === "'") quoted = !quoted;
    if (quoted && position < text.length) continue;
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (position === text.length || (character === separator && depth === 0)) {
      parts.push(text.slice(start, position).trim());
      start = position + 1;
    }
  }
  return parts.filter((part) => part !== "");
}
