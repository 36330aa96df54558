import type { Json } from "../../../src/core/json";
import type { Row } from "../rows/row";
import type { Order, QueryOptions } from "./query-options";

/** The rows that a query returns, in its order: filter, sort (nulls first, as SQL does), top. */
export function selectRows(rows: readonly Row[], options: QueryOptions): readonly Row[] {
  const kept = options.filter ? rows.filter(options.filter) : [...rows];
  const sorted = options.orders.length > 0 ? [...kept].sort((a, b) => compareRows(a, b, options.orders)) : kept;
  return options.top === null ? sorted : sorted.slice(0, options.top);
}

function compareRows(a: Row, b: Row, orders: readonly Order[]): number {
  for (const order of orders) {
    const difference = compareValues(order.read(a), order.read(b));
    if (difference !== 0) return order.descending ? -difference : difference;
  }
  return 0;
}

function compareValues(a: Json, b: Json): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === "string" && typeof b === "string") {
    const [left, right] = [a.toLowerCase(), b.toLowerCase()];
    if (left === right) return 0;
    return left < right ? -1 : 1;
  }
  return Number(a) - Number(b);
}
