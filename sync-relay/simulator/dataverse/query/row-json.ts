import type { Json, JsonObject } from "../../../src/core/json";
import { findNavigation, wireName } from "../catalogue/catalogue";
import type { Column, Table } from "../catalogue/table";
import { formatColumnValue } from "../rows/column-values";
import { etagOf, referenceIn, type Row } from "../rows/row";
import type { QueryOptions } from "./query-options";
import type { QueryScope } from "./row-filter";
import { selectRows } from "./select-rows";

/** Which annotations the client asked for (`Prefer: odata.include-annotations`). */
export type AnnotationFilter = (name: string) => boolean;

const FORMATTED_VALUE = "OData.Community.Display.V1.FormattedValue";
const LOOKUP_TABLE = "Microsoft.Dynamics.CRM.lookuplogicalname";
const LOOKUP_NAVIGATION = "Microsoft.Dynamics.CRM.associatednavigationproperty";

const NOTHING: ReadonlySet<string> = new Set();

/** A row to be written as Web API JSON. */
export interface RowView {
  readonly scope: QueryScope;
  readonly table: Table;
  readonly options: Pick<QueryOptions, "select" | "expand">;
  readonly annotations: AnnotationFilter;
  /** Columns that come empty, because the reader may not see them. */
  readonly hidden?: ReadonlySet<string>;
}

/** A row as Web API JSON: eTag, selected columns, annotations, expanded rows. */
export function rowJson(view: RowView, row: Row): JsonObject {
  const { table, options } = view;
  const json: Record<string, Json> = { "@odata.etag": etagOf(row) };
  const readable = [...table.columns.values()].filter((column) => column.readable);
  const selected = options.select ?? readable;
  for (const column of selected) Object.assign(json, columnJson(view, row, column));
  json[table.idColumn] = row.id;
  for (const expand of options.expand) {
    const inner: RowView = { ...view, table: expand.table, options: expand.options, hidden: NOTHING };
    if (expand.kind === "one") {
      const reference = referenceIn(row.values[expand.column.name]);
      const target =
        reference?.table === expand.table.name ? view.scope.store.get(reference.table, reference.id) : undefined;
      json[expand.name] = target ? rowJson(inner, target) : null;
    } else {
      const rows = rowsPointingAt(view.scope, { table: expand.table, back: expand.back }, { table, id: row.id });
      json[expand.name] = selectRows(rows, expand.options).map((one) => rowJson(inner, one));
    }
  }
  return json;
}

/** Rows of one table whose lookup points at a row of another. */
export function rowsPointingAt(
  { store }: QueryScope,
  from: { table: Table; back: string },
  to: { table: Table; id: string },
): readonly Row[] {
  return store.list(from.table.name).filter((row) => {
    const reference = referenceIn(row.values[from.back]);
    return reference?.table === to.table.name && reference.id === to.id;
  });
}

function columnJson(view: RowView, row: Row, column: Column): JsonObject {
  const name = wireName(column);
  const value = view.hidden?.has(column.name) ? null : (row.values[column.name] ?? null);
  const reference = referenceIn(value);
  const json: Record<string, Json> = { [name]: reference ? reference.id : plainValue(column, value) };
  const annotate = (annotation: string, text: string | undefined): void => {
    if (text !== undefined && view.annotations(annotation)) json[`${name}@${annotation}`] = text;
  };
  if (value === null) return json;
  if (reference) {
    annotate(FORMATTED_VALUE, primaryName(view.scope, reference));
    annotate(LOOKUP_TABLE, reference.table);
    annotate(LOOKUP_NAVIGATION, navigationOf(view.table, column, reference.table));
  } else {
    annotate(FORMATTED_VALUE, formatColumnValue(column, value, currencySymbol(view.scope, row)));
  }
  return json;
}

function plainValue(column: Column, value: Json): Json {
  return column.type.kind === "multi-choice" && Array.isArray(value) ? value.join(",") : value;
}

/** The primary name of a row that a lookup points at. */
export function primaryName(
  { catalogue, store }: QueryScope,
  reference: { table: string; id: string },
): string | undefined {
  const name = store.get(reference.table, reference.id)?.values[catalogue.byName(reference.table).nameColumn];
  return typeof name === "string" ? name : undefined;
}

/** Symbol of the row's currency, for formatted money. */
export function currencySymbol({ store }: QueryScope, row: Row): string {
  const reference = referenceIn(row.values["transactioncurrencyid"]);
  const symbol = reference && store.get(reference.table, reference.id)?.values["currencysymbol"];
  return typeof symbol === "string" ? symbol : "";
}

function navigationOf(table: Table, column: Column, target: string): string | undefined {
  const targets = column.type.kind === "lookup" ? column.type.targets : [];
  const name = targets.find((one) => one.table === target)?.navigation;
  return name !== undefined && findNavigation(table, name) ? name : undefined;
}
