import { isJsonObject, type Json } from "../../../src/core/json";

/** Values of a row by column name. A lookup is `{ table, id }`, a multi-select choice a list of numbers. */
export type RowValues = Readonly<Record<string, Json>>;

/** One row as it was after one write; never changed in place. */
export interface Row {
  readonly id: string;
  /** Row version: grows with every write in the environment. */
  readonly version: number;
  readonly values: RowValues;
}

/** Where a lookup points. */
export interface Reference {
  readonly table: string;
  readonly id: string;
}

/** The reference in a lookup value, or null when the lookup is empty. */
export function referenceIn(value: Json | undefined): Reference | null {
  if (!isJsonObject(value)) return null;
  const { table, id } = value as { table?: Json; id?: Json };
  return typeof table === "string" && typeof id === "string" ? { table, id } : null;
}

/** The eTag of a row version. */
export function etagOf(row: Row): string {
  return `W/"${row.version}"`;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is a GUID in the plain form. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}
