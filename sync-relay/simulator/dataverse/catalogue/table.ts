// What the simulator knows of a table: columns with types, lookups with their navigation properties, alternate keys.
// Everything else (validation, queries, annotations, webhook bodies) is driven by these descriptions.

/** One option of a choice column. */
export interface Option {
  readonly value: number;
  readonly label: string;
  /** For a status reason: the state that it belongs to. */
  readonly state?: number;
}

/** Where a lookup may point, and the navigation property that goes there. */
export interface LookupTarget {
  readonly table: string;
  readonly navigation: string;
}

/** Type of a column. */
export type ColumnType =
  | { readonly kind: "id" }
  | { readonly kind: "guid" }
  | { readonly kind: "text"; readonly maxLength: number }
  | { readonly kind: "choice"; readonly options: readonly Option[] }
  | { readonly kind: "multi-choice"; readonly options: readonly Option[] }
  | { readonly kind: "yes-no"; readonly yes: string; readonly no: string }
  | { readonly kind: "whole"; readonly min: number; readonly max: number }
  | { readonly kind: "decimal" }
  | { readonly kind: "money"; readonly min: number; readonly max: number }
  | { readonly kind: "date" }
  | { readonly kind: "date-time" }
  | { readonly kind: "lookup"; readonly targets: readonly LookupTarget[] };

/** When a client may write a column. */
export type Writable = "always" | "create" | "update" | "never";

/** One column. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly writable: Writable;
  /** False for secrets that can be written but never read back. */
  readonly readable: boolean;
  readonly defaultValue: string | number | boolean | null;
}

/** One table. */
export interface Table {
  /** Logical name, e.g. `opportunity`. */
  readonly name: string;
  /** Entity set name, e.g. `opportunities`. */
  readonly set: string;
  readonly idColumn: string;
  readonly nameColumn: string;
  readonly columns: ReadonlyMap<string, Column>;
  /** Alternate keys: the columns of each. */
  readonly keys: readonly (readonly string[])[];
  /** Whether change tracking is on. */
  readonly tracked: boolean;
  /** Many-to-many navigation properties: name → the other table, and the table that holds the links. */
  readonly associations: Readonly<Record<string, Association>>;
  /** Collection-valued navigation properties: name → the lookup column of the other table that points here. */
  readonly collections: Readonly<Record<string, { readonly table: string; readonly column: string }>>;
}

/** A many-to-many relationship: rows of `link` name both ends. */
export interface Association {
  readonly other: string;
  readonly link: string;
  readonly ownColumn: string;
  readonly otherColumn: string;
}

const MONEY_LIMIT = 922_337_203_685_477;
const WHOLE_LIMIT = 2_147_483_647;

/** Short forms for the column types. */
export const type = {
  id: { kind: "id" },
  guid: { kind: "guid" },
  date: { kind: "date" },
  dateTime: { kind: "date-time" },
  decimal: { kind: "decimal" },
  text: (maxLength: number): ColumnType => ({ kind: "text", maxLength }),
  whole: (min = -WHOLE_LIMIT, max = WHOLE_LIMIT): ColumnType => ({ kind: "whole", min, max }),
  money: (min = -MONEY_LIMIT, max = MONEY_LIMIT): ColumnType => ({ kind: "money", min, max }),
  yesNo: (yes = "Yes", no = "No"): ColumnType => ({ kind: "yes-no", yes, no }),
  choice: (...labels: readonly (readonly [number, string])[]): ColumnType => ({
    kind: "choice",
    options: labels.map(([value, label]) => ({ value, label })),
  }),
  lookup: (table: string, navigation: string): ColumnType => ({ kind: "lookup", targets: [{ table, navigation }] }),
} as const;

/** A column that clients read and write. */
export function column(
  name: string,
  columnType: ColumnType,
  more: Partial<Omit<Column, "name" | "type">> = {},
): Column {
  return { name, type: columnType, writable: "always", readable: true, defaultValue: null, ...more };
}

/** A column that only the platform writes. */
export function readOnly(name: string, columnType: ColumnType): Column {
  return column(name, columnType, { writable: "never" });
}

/** A lookup whose navigation property has the name of the column. */
export function lookup(name: string, table: string): Column {
  return column(name, type.lookup(table, name));
}

/** A table with the columns that every table has. */
export function table(given: {
  name: string;
  set: string;
  nameColumn?: string;
  idColumn?: string;
  columns: readonly Column[];
  keys?: readonly (readonly string[])[];
  tracked?: boolean;
  collections?: Table["collections"];
  associations?: Table["associations"];
}): Table {
  const idColumn = given.idColumn ?? `${given.name}id`;
  const columns = [column(idColumn, type.id, { writable: "create" }), ...given.columns, ...platformColumns()];
  return {
    name: given.name,
    set: given.set,
    idColumn,
    nameColumn: given.nameColumn ?? "name",
    columns: new Map(columns.map((one) => [one.name, one])),
    keys: given.keys ?? [],
    tracked: given.tracked ?? false,
    collections: given.collections ?? {},
    associations: given.associations ?? {},
  };
}

function platformColumns(): readonly Column[] {
  return [
    readOnly("createdon", type.dateTime),
    readOnly("modifiedon", type.dateTime),
    readOnly("createdby", type.lookup("systemuser", "createdby")),
    readOnly("modifiedby", type.lookup("systemuser", "modifiedby")),
    readOnly("versionnumber", type.whole(0, Number.MAX_SAFE_INTEGER)),
  ];
}
