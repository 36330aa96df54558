// The little of the metadata that set-up checks read: which tables and columns there are, and whether change tracking is
// on. `EntityDefinitions(LogicalName='opportunity')` with optional `/Attributes`; query options are accepted and ignored.

import type { JsonObject } from "../../../src/core/json";
import { badRequest } from "../dataverse-error";
import type { Environment } from "../environment";
import type { Column, Table } from "../catalogue/table";
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

/** Answers a GET of table metadata. */
export function readDefinitions(environment: Environment, address: ResourceAddress): ApiResponse {
  const [first, second] = address.segments;
  if (!first || first.key === null) return list(environment.catalogue.tables.map(definition));
  const name = /^LogicalName='(\w+)'$/.exec(first.key)?.[1];
  if (name === undefined) throw badRequest("A table is addressed by its LogicalName.");
  const table = environment.catalogue.byName(name);
  if (second?.name === "Attributes") return list(attributes(table));
  return jsonResponse(200, { ...definition(table), Attributes: [...attributes(table)] });
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

function attributes(table: Table): readonly JsonObject[] {
  return [...table.columns.values()].map((column) => ({
    LogicalName: column.name,
    AttributeType: ATTRIBUTE_TYPES[column.type.kind],
    IsValidForRead: column.readable,
    IsValidForCreate: column.writable === "always" || column.writable === "create",
    IsValidForUpdate: column.writable === "always" || column.writable === "update",
    ...(column.type.kind === "text" ? { MaxLength: column.type.maxLength } : {}),
  }));
}
