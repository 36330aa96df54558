// Turns a parsed filter into a predicate over rows. Property names and value types are checked while it is built, so a
// wrong filter is refused even when no row would be looked at. Text compares without case, as on the server.

import type { Json } from "../../../src/core/json";
import { assertNever } from "../../../src/core/must";
import { findByWireName, findNavigation, type Catalogue } from "../catalogue/catalogue";
import type { Column, Table } from "../catalogue/table";
import { badRequest } from "../dataverse-error";
import { referenceIn, type Row } from "../rows/row";
import type { RowStore } from "../rows/row-store";
import type { Comparison, FilterExpression, Literal } from "./filter-expression";

/** What queries look things up in. */
export interface QueryScope {
  readonly catalogue: Catalogue;
  readonly store: RowStore;
}

/** Whether a row passes. */
export type RowPredicate = (row: Row) => boolean;

interface Property {
  readonly column: Column;
  readonly read: (row: Row) => Json;
}

/** The predicate for a filter over one table. */
export function rowFilter(scope: QueryScope, table: Table, filter: FilterExpression): RowPredicate {
  const again = (inner: FilterExpression): RowPredicate => rowFilter(scope, table, inner);
  switch (filter.kind) {
    case "and": {
      const [left, right] = [again(filter.left), again(filter.right)];
      return (row) => left(row) && right(row);
    }
    case "or": {
      const [left, right] = [again(filter.left), again(filter.right)];
      return (row) => left(row) || right(row);
    }
    case "not": {
      const operand = again(filter.operand);
      return (row) => !operand(row);
    }
    case "compare":
      return compareFilter(findProperty(scope, table, filter.path), filter.comparison, filter.literal);
    case "text":
      return textFilter(findProperty(scope, table, filter.path), filter);
    case "list":
      return listFilter(findProperty(scope, table, filter.path), filter);
    default:
      return assertNever(filter, "rowFilter");
  }
}

/** The scalar that a path such as `name` or `sdkmessageid/name` leads to. */
export function findProperty(scope: QueryScope, table: Table, path: string): Property {
  const [first = "", ...rest] = path.split("/");
  if (rest.length === 0) {
    const column = findByWireName(table, first);
    if (!column) throw unknownProperty(table, first);
    return { column, read: (row) => scalar(row.values[column.name]) };
  }
  const navigation = findNavigation(table, first);
  if (!navigation) throw unknownProperty(table, first);
  const target = scope.catalogue.byName(navigation.target.table);
  const inner = findProperty(scope, target, rest.join("/"));
  return {
    column: inner.column,
    read: (row) => {
      const reference = referenceIn(row.values[navigation.column.name]);
      const other = reference?.table === target.name ? scope.store.get(target.name, reference.id) : undefined;
      return other ? inner.read(other) : null;
    },
  };
}

/** The refusal for a property that the table does not have. */
export function unknownProperty(table: Table, name: string): Error {
  return badRequest(`Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.${table.name}'.`);
}

function scalar(value: Json | undefined): Json {
  if (value === undefined || value === null) return null;
  return referenceIn(value)?.id ?? value;
}

function compareFilter(property: Property, comparison: Comparison, literal: Literal): RowPredicate {
  const wanted = comparableLiteral(property.column, literal);
  if (wanted === null && comparison !== "eq" && comparison !== "ne") throw incompatible(property.column);
  return (row) => {
    const found = comparableValue(property.read(row));
    if (comparison === "eq") return found === wanted;
    if (comparison === "ne") return found !== wanted;
    return found !== null && wanted !== null && holds(found, comparison, wanted);
  };
}

function holds(found: Comparable, comparison: "gt" | "ge" | "lt" | "le", wanted: Comparable): boolean {
  switch (comparison) {
    case "gt":
      return found > wanted;
    case "ge":
      return found >= wanted;
    case "lt":
      return found < wanted;
    case "le":
      return found <= wanted;
  }
}

function textFilter(
  property: Property,
  filter: { test: "contains" | "startswith" | "endswith"; text: string },
): RowPredicate {
  if (property.column.type.kind !== "text") throw incompatible(property.column);
  const wanted = filter.text.toLowerCase();
  return (row) => {
    const value = property.read(row);
    if (typeof value !== "string") return false;
    const found = value.toLowerCase();
    if (filter.test === "contains") return found.includes(wanted);
    return filter.test === "startswith" ? found.startsWith(wanted) : found.endsWith(wanted);
  };
}

function listFilter(
  property: Property,
  filter: { test: "in" | "contain"; literals: readonly Literal[] },
): RowPredicate {
  const wanted = filter.literals.map((literal) =>
    literal.kind === "string" ? literal.text.toLowerCase() : String(comparableLiteral(property.column, literal)),
  );
  return (row) => {
    const value = property.read(row);
    const found = (Array.isArray(value) ? value : [value]).map((one: Json) => String(comparableValue(one)));
    return found.some((one) => wanted.includes(one));
  };
}

type Comparable = string | number | boolean;

function comparableValue(value: Json): Comparable | null {
  if (typeof value === "string") return value.toLowerCase();
  return typeof value === "number" || typeof value === "boolean" ? value : null;
}

const LITERAL_OF: Readonly<Record<Column["type"]["kind"], Literal["kind"]>> = {
  id: "guid",
  guid: "guid",
  lookup: "guid",
  text: "string",
  choice: "number",
  "multi-choice": "string",
  "yes-no": "boolean",
  whole: "number",
  decimal: "number",
  money: "number",
  date: "date",
  "date-time": "date",
};

function comparableLiteral(column: Column, literal: Literal): Comparable | null {
  if (literal.kind === "null") return null;
  if (LITERAL_OF[column.type.kind] !== literal.kind) throw incompatible(column);
  if (literal.kind === "date" && column.type.kind === "date-time") {
    return new Date(literal.text)
      .toISOString()
      .replace(/\.\d+Z$/, "Z")
      .toLowerCase();
  }
  return "value" in literal ? literal.value : literal.text.toLowerCase();
}

function incompatible(column: Column): Error {
  return badRequest(`A binary operator with incompatible types was detected on '${column.name}'.`);
}
