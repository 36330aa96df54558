// Values, entities and references in the notation of webhook bodies (a .NET contract serialised as JSON): choices, money
// and lookups as typed objects, dates as /Date(…)/, GUIDs bare or wrapped.

import type { Json, JsonObject } from "../../../src/core/json";
import type { Column, ColumnType, Table } from "../catalogue/table";
import { currencySymbol, primaryName } from "../query/row-json";
import type { QueryScope } from "../query/row-filter";
import { formatColumnValue } from "../rows/column-values";
import { referenceIn, type Reference, type Row, type RowValues } from "../rows/row";

/** How GUIDs and dates are written. */
export type ScalarNotation = "bare" | "wrapped";

/** A row, or some columns of it, to be written. */
export interface ContextEntity {
  readonly scope: QueryScope;
  readonly scalars: ScalarNotation;
  readonly table: Table;
  readonly id: string;
  readonly values: RowValues;
  /** The row whose currency formats the money; null leaves formatted values out. */
  readonly formattedFor: Row | null;
  /** Images name what their lookups point at, and have no type mark. */
  readonly image: boolean;
}

const CONTRACTS = "http://schemas.microsoft.com/xrm/2011/Contracts";

/** An entity: its columns as pairs, formatted values, identity. */
export function contextEntity(entity: ContextEntity): JsonObject {
  const columns = Object.entries(entity.values).flatMap(([name, value]) => {
    const column = entity.table.columns.get(name);
    return column && column.readable && name !== "versionnumber" ? [{ column, value }] : [];
  });
  return {
    ...(entity.image ? {} : { __type: `Entity:${CONTRACTS}` }),
    Attributes: columns.map(({ column, value }) => ({ key: column.name, value: attribute(entity, column, value) })),
    EntityState: null,
    FormattedValues: entity.formattedFor ? formattedValues(entity, entity.formattedFor, columns) : [],
    Id: entity.id,
    KeyAttributes: [],
    LogicalName: entity.table.name,
    RelatedEntities: [],
    RowVersion: null,
  };
}

function formattedValues(
  entity: ContextEntity,
  row: Row,
  columns: readonly { column: Column; value: Json }[],
): readonly Json[] {
  return columns.flatMap(({ column, value }) => {
    if (value === null) return [];
    const text = formatColumnValue(column, value, currencySymbol(entity.scope, row));
    return text === undefined ? [] : [{ key: column.name, value: text }];
  });
}

type Encoder = (scalars: ScalarNotation, value: Json) => Json;

const asIs: Encoder = (_scalars, value) => value;
const guid: Encoder = (scalars, value) => (typeof value === "string" ? contextGuid(scalars, value) : value);
const date: Encoder = (scalars, value) => (typeof value === "string" ? contextDate(scalars, Date.parse(value)) : value);

const encoders: Readonly<Record<ColumnType["kind"], Encoder>> = {
  id: guid,
  guid,
  date,
  "date-time": date,
  choice: (_scalars, value) => option(value),
  "multi-choice": (_scalars, value) => (Array.isArray(value) ? value.map((one: Json) => option(one)) : value),
  money: (_scalars, value) => ({ __type: `Money:${CONTRACTS}`, Value: value }),
  text: asIs,
  "yes-no": asIs,
  whole: asIs,
  decimal: asIs,
  lookup: asIs,
};

function attribute(entity: ContextEntity, column: Column, value: Json): Json {
  if (value === null) return null;
  const reference = referenceIn(value);
  if (!reference) return encoders[column.type.kind](entity.scalars, value);
  return contextReference(reference, entity.image ? (primaryName(entity.scope, reference) ?? null) : null);
}

function option(value: Json): Json {
  return { __type: `OptionSetValue:${CONTRACTS}`, Value: value };
}

/** A typed reference to a row. */
export function contextReference(reference: Reference, name: string | null): JsonObject {
  return { __type: `EntityReference:${CONTRACTS}`, ...untypedReference(reference), Name: name, RowVersion: null };
}

/** A reference without type mark, as the owning step is written. */
export function untypedReference(reference: Reference): JsonObject {
  return { Id: reference.id, KeyAttributes: [], LogicalName: reference.table, Name: null, RowVersion: null };
}

/** A GUID. */
export function contextGuid(scalars: ScalarNotation, id: string): Json {
  return scalars === "bare" ? id : { __type: "Guid:#System", __value: id };
}

/** A point in time. */
export function contextDate(scalars: ScalarNotation, time: number): Json {
  const text = `/Date(${time})/`;
  return scalars === "bare" ? text : { __type: "DateTime:#System", __value: text };
}
