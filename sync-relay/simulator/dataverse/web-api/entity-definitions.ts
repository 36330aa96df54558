// The little of the metadata that set-up checks read: which tables and columns there are, and whether change tracking is
// on. `EntityDefinitions(LogicalName='opportunity')` with optional `/Attributes`, and a cast to one kind of column, which
// brings what that kind alone has. `$expand=OptionSet` brings the options; other query options are accepted and ignored.

import type { JsonObject } from "../../../src/core/json";
import { badRequest } from "../dataverse-error";
import type { Environment } from "../environment";
import type { Column, ColumnType, Table } from "../catalogue/table";
import { jsonResponse, type ApiResponse } from "./api-message";
import type { ResourceAddress } from "./resource-path";

const ATTRIBUTE_TYPES: Readonly<Record<Column["type"]["kind"], string>> = {
  id: "Uniqueidentifier",
  guid: "Uniqueidentifier",
  text: "String",
  choice: "Picklist",
  "multi-choice": "Virtual",
  "yes-no": "Boolean",
  whole: "Integer",
  decimal: "Decimal",
  money: "Money",
  date: "DateTime",
  "date-time": "DateTime",
  lookup: "Lookup",
};

/** Longest text of a single line; longer ones are memos. */
const SINGLE_LINE = 4000;
/** `AttributeTypeName` where it does not follow from the type alone. */
const SPECIAL_NAMES: ReadonlyMap<string, string> = new Map([
  ["statecode", "StateType"],
  ["statuscode", "StatusType"],
  ["ownerid", "OwnerType"],
  ["customerid", "CustomerType"],
]);

/** Answers a GET of table metadata. */
export function readDefinitions(environment: Environment, address: ResourceAddress): ApiResponse {
  const [first, second, cast] = address.segments;
  if (!first || first.key === null) return list(environment.catalogue.tables.map(definition));
  const name = /^LogicalName='(\w+)'$/.exec(first.key)?.[1];
  if (name === undefined) throw badRequest("A table is addressed by its LogicalName.");
  const table = environment.catalogue.byName(name);
  if (second?.name === "Attributes") return readColumns(environment, address, { table, cast: cast?.name });
  return jsonResponse(200, {
    ...definition(table),
    Attributes: columnsOf(table, undefined).map((column) => attribute(column, false)),
  });
}

function readColumns(
  environment: Environment,
  { query }: ResourceAddress,
  { table, cast }: { readonly table: Table; readonly cast: string | undefined },
): ApiResponse {
  const withOptions = cast !== undefined && (query.get("$expand")?.includes("OptionSet") ?? false);
  return list(columnsOf(table, cast).map((column) => definedColumn(environment, { table, column, withOptions })));
}

function definedColumn(
  { settings }: Environment,
  { table, column, withOptions }: { readonly table: Table; readonly column: Column; readonly withOptions: boolean },
): JsonObject {
  const isSecured = table.name === "opportunity" && settings.securedColumns.includes(column.name);
  return { ...attribute(column, withOptions), IsSecured: isSecured };
}

function list(value: readonly JsonObject[]): ApiResponse {
  return jsonResponse(200, { value: [...value] });
}

function definition(table: Table): JsonObject {
  return {
    LogicalName: table.name,
    EntitySetName: table.set,
    PrimaryIdAttribute: table.idColumn,
    PrimaryNameAttribute: table.nameColumn,
    ChangeTrackingEnabled: table.tracked,
    Keys: table.keys.map((key) => ({ KeyAttributes: [...key], EntityKeyIndexStatus: "Active" })),
  };
}

function columnsOf(table: Table, cast: string | undefined): readonly Column[] {
  const columns = [...table.columns.values()];
  if (cast === undefined) return columns;
  const kind = /^Microsoft\.Dynamics\.CRM\.(\w+)AttributeMetadata$/.exec(cast)?.[1];
  if (kind === undefined) throw badRequest(`'${cast}' is no kind of column.`);
  return columns.filter((column) => typeName(column) === `${kind}Type`);
}

function attribute(column: Column, withOptions: boolean): JsonObject {
  const { name, readable, writable } = column;
  return {
    LogicalName: name,
    AttributeType: ATTRIBUTE_TYPES[column.type.kind],
    AttributeTypeName: { Value: typeName(column) },
    IsValidForRead: readable,
    IsValidForCreate: writable === "always" || writable === "create",
    IsValidForUpdate: writable === "always" || writable === "update",
    ...detailsOf(column.type),
    ...(withOptions ? optionSet(column.type) : {}),
  };
}

function typeName({ name, type }: Column): string {
  const special = SPECIAL_NAMES.get(name);
  if (special !== undefined) return special;
  if (type.kind === "multi-choice") return "MultiSelectPicklistType";
  if (type.kind === "text" && type.maxLength > SINGLE_LINE) return "MemoType";
  return `${ATTRIBUTE_TYPES[type.kind]}Type`;
}

function detailsOf(type: ColumnType): JsonObject {
  switch (type.kind) {
    case "text":
      return { MaxLength: type.maxLength };
    case "date":
      return { Format: "DateOnly" };
    case "date-time":
      return { Format: "DateAndTime" };
    case "lookup":
      return { Targets: type.targets.map(({ table }) => table) };
    default:
      return {};
  }
}

function optionSet(type: ColumnType): JsonObject {
  if (type.kind !== "choice" && type.kind !== "multi-choice") return {};
  const options = type.options.map(({ value, label, state }) => ({
    Value: value,
    Label: { UserLocalizedLabel: { Label: label, LanguageCode: 1033 } },
    ...(state === undefined ? {} : { State: state }),
  }));
  return { OptionSet: { Options: options } };
}
