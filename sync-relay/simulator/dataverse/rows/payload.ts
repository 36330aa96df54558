import type { Json, JsonObject } from "../../../src/core/json";
import { findNavigation } from "../catalogue/catalogue";
import type { Column, Table } from "../catalogue/table";
import { badRequest } from "../dataverse-error";
import { parseColumnValue } from "./column-values";
import type { Reference, RowValues } from "./row";

/** Finds the row that a bind such as `/accounts(…)` names. */
export type ResolveBind = (bind: string) => Reference;

/** A body that a client sent to write one row. */
export interface Payload {
  readonly table: Table;
  readonly body: JsonObject;
  readonly operation: "create" | "update";
}

const BIND = "@odata.bind";

/** The column values in a body. Throws a refusal on an unknown or read-only column and on a value it cannot take. */
export function parsePayload(payload: Payload, resolve: ResolveBind): RowValues {
  const values: Record<string, Json> = {};
  for (const [key, sent] of Object.entries(payload.body)) {
    if (key.endsWith(BIND)) {
      const [column, value] = parseBind(payload, { navigation: key.slice(0, -BIND.length), sent }, resolve);
      values[column] = value;
    } else if (!key.includes("@")) {
      const [column, value] = parseColumn(payload, key, sent);
      values[column] = value;
    }
  }
  return values;
}

function parseColumn(payload: Payload, key: string, sent: Json): [string, Json] {
  const { table } = payload;
  const navigation = sent === null ? findNavigation(table, key) : undefined;
  const column = navigation?.column ?? table.columns.get(key);
  if (!column || (column.type.kind === "lookup" && sent !== null)) throw undeclared(table, key);
  refuseReadOnly(payload, column);
  return [column.name, sent === null ? null : parseColumnValue(table, column, sent)];
}

function parseBind(payload: Payload, given: { navigation: string; sent: Json }, resolve: ResolveBind): [string, Json] {
  const found = findNavigation(payload.table, given.navigation);
  if (!found) throw undeclared(payload.table, given.navigation);
  refuseReadOnly(payload, found.column);
  if (given.sent === null) return [found.column.name, null];
  if (typeof given.sent !== "string") throw badRequest(`'${given.navigation}${BIND}' must be text.`, "badPayload");
  const target = resolve(given.sent);
  if (target.table !== found.target.table) {
    throw badRequest(
      `'${given.navigation}' takes a row of '${found.target.table}', not of '${target.table}'.`,
      "badPayload",
    );
  }
  return [found.column.name, { table: target.table, id: target.id }];
}

function refuseReadOnly({ table, operation }: Payload, column: Column): void {
  if (column.writable === "always" || column.writable === operation) return;
  // The id may be repeated on update; the caller checks that it is the same.
  if (column.type.kind === "id") return;
  throw badRequest(`'${column.name}' of '${table.name}' is not valid for ${operation}.`, "badPayload");
}

function undeclared(table: Table, name: string): Error {
  return badRequest(
    `Error identified in the payload: an undeclared property '${name}' was found on type 'Microsoft.Dynamics.CRM.${table.name}'.`,
    "badPayload",
  );
}
