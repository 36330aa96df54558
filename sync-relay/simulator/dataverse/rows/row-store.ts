// Rows of every table in memory, with one version counter for the whole environment (as SQL row versions work) and the
// traces that change tracking needs: when a row was last written, and when it was deleted. A transaction undoes its
// writes in reverse order when its work throws; transactions nest.

import { randomUUID } from "node:crypto";
import type { Json } from "../../../src/core/json";
import { referenceIn, type Row, type RowValues } from "./row";

/** A row that was written or deleted after some version. */
export type TrackedChange =
  | { readonly kind: "changed"; readonly version: number; readonly row: Row }
  | { readonly kind: "deleted"; readonly version: number; readonly id: string };

/** The rows of one environment. */
export interface RowStore {
  get(table: string, id: string): Row | undefined;
  list(table: string): readonly Row[];
  /** Rows whose columns have these values; text compares without case, as the server's collation does. */
  find(table: string, columns: RowValues): readonly Row[];
  put(table: string, id: string, values: RowValues): Row;
  remove(table: string, id: string): void;
  /** Rows written or deleted after a version, oldest first. */
  changesAfter(table: string, version: number): readonly TrackedChange[];
  /** Version of the latest write anywhere. */
  position(): number;
  transaction<T>(work: () => T): T;
}

const FIRST_VERSION = 1_000_000;

/** A new row id. */
export function newRowId(): string {
  return randomUUID();
}

interface StoredTable {
  readonly rows: Map<string, Row>;
  readonly deleted: Map<string, number>;
}

/** An empty environment. */
export function createRowStore(): RowStore {
  const tables = new Map<string, StoredTable>();
  let version = FIRST_VERSION;
  let undo: (() => void)[] | undefined;

  const tableOf = (name: string): StoredTable => {
    const found = tables.get(name) ?? { rows: new Map<string, Row>(), deleted: new Map<string, number>() };
    tables.set(name, found);
    return found;
  };

  const change = <K, V>(map: Map<K, V>, key: K, value: V | undefined): void => {
    const before = map.get(key);
    if (value === undefined) map.delete(key);
    else map.set(key, value);
    undo?.push(() => {
      if (before === undefined) map.delete(key);
      else map.set(key, before);
    });
  };

  return {
    get: (table, id) => tableOf(table).rows.get(id),
    list: (table) => [...tableOf(table).rows.values()],
    find: (table, columns) => rowsWith([...tableOf(table).rows.values()], columns),
    put: (table, id, values) => {
      version += 1;
      const row: Row = { id, version, values: { ...values, versionnumber: version } };
      change(tableOf(table).rows, id, row);
      change(tableOf(table).deleted, id, undefined);
      return row;
    },
    remove: (table, id) => {
      version += 1;
      change(tableOf(table).rows, id, undefined);
      change(tableOf(table).deleted, id, version);
    },
    changesAfter: (table, after) => trackedChanges(tableOf(table), after),
    position: () => version,
    transaction: (work) => {
      const outer = undo;
      const mine: (() => void)[] = [];
      undo = mine;
      try {
        const result = work();
        outer?.push(...mine);
        return result;
      } catch (error) {
        for (const step of mine.reverse()) step();
        throw error;
      } finally {
        undo = outer;
      }
    },
  };
}

function trackedChanges(table: StoredTable, after: number): readonly TrackedChange[] {
  const changed = [...table.rows.values()]
    .filter((row) => row.version > after)
    .map((row): TrackedChange => ({ kind: "changed", version: row.version, row }));
  const deleted = [...table.deleted]
    .filter(([, version]) => version > after)
    .map(([id, version]): TrackedChange => ({ kind: "deleted", version, id }));
  return [...changed, ...deleted].sort((a, b) => a.version - b.version);
}

function rowsWith(rows: readonly Row[], columns: RowValues): readonly Row[] {
  const wanted = Object.entries(columns).map(([name, value]) => [name, comparable(value)] as const);
  return rows.filter((row) =>
    wanted.every(([name, value]) => value !== null && comparable(row.values[name]) === value),
  );
}

function comparable(value: Json | undefined): string | number | boolean | null {
  if (typeof value === "string") return value.toLowerCase();
  if (typeof value === "number" || typeof value === "boolean") return value;
  return referenceIn(value)?.id ?? null;
}
