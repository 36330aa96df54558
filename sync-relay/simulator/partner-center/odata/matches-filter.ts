import { atPath, type Json } from "../../../src/core/json";
import { sortableDate } from "./sortable-date";
import type { Comparison, Filter, Literal } from "./filter";

/** Whether a value satisfies a filter. A comparison of values of different kinds is false, as with null in OData. */
export function matchesFilter(value: Json, filter: Filter): boolean {
  switch (filter.kind) {
    case "and":
      return filter.sides.every((side) => matchesFilter(value, side));
    case "or":
      return filter.sides.some((side) => matchesFilter(value, side));
    case "not":
      return !matchesFilter(value, filter.inner);
    case "any":
      return anyItemMatches(valueAt(value, filter.path), filter.condition);
    case "compare":
      return compares(valueAt(value, filter.path), filter.with, filter.literal);
  }
}

/** The paths that a filter reads, lists included; paths inside a lambda are given behind their list. */
export function pathsOf(filter: Filter): readonly string[] {
  switch (filter.kind) {
    case "and":
    case "or":
      return filter.sides.flatMap(pathsOf);
    case "not":
      return pathsOf(filter.inner);
    case "any":
      return filter.condition === null
        ? [filter.path]
        : pathsOf(filter.condition).map((path) => `${filter.path}/${path}`);
    case "compare":
      return [filter.path];
  }
}

function valueAt(value: Json, path: string): Json | undefined {
  return path === "" ? value : atPath(value, path.replaceAll("/", "."));
}

function anyItemMatches(list: Json | undefined, condition: Filter | null): boolean {
  if (!Array.isArray(list)) return false;
  const items = list as readonly Json[];
  return condition === null ? items.length > 0 : items.some((item) => matchesFilter(item, condition));
}

function compares(value: Json | undefined, comparison: Comparison, literal: Literal): boolean {
  if (literal.kind === "null") return comparison === "eq" ? isEmpty(value) : comparison === "ne" && !isEmpty(value);
  const order = orderOf(value, literal);
  if (order === null) return comparison === "ne";
  const answers = { eq: order === 0, ne: order !== 0, gt: order > 0, ge: order >= 0, lt: order < 0, le: order <= 0 };
  return answers[comparison];
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null;
}

/** Negative, zero or positive; null when the two cannot be compared. */
function orderOf(value: Json | undefined, literal: Exclude<Literal, { kind: "null" }>): number | null {
  if (literal.kind === "number") return typeof value === "number" ? value - literal.value : null;
  if (literal.kind === "boolean") return typeof value === "boolean" ? Number(value) - Number(literal.value) : null;
  if (typeof value !== "string") return null;
  if (literal.kind === "text") return orderOfText(value, literal.value);
  const [left, right] = [sortableDate(value), sortableDate(literal.value)];
  return left === null || right === null ? null : orderOfText(left, right);
}

export function orderOfText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
