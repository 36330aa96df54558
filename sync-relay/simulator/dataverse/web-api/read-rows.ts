import type { Json } from "../../../src/core/json";
import { findNavigation } from "../catalogue/catalogue";
import type { Table } from "../catalogue/table";
import { badRequest } from "../dataverse-error";
import type { Environment } from "../environment";
import { findCollection, parseQueryOptions, type QueryOptions } from "../query/query-options";
import { unknownProperty } from "../query/row-filter";
import { rowJson, rowsPointingAt, type RowView } from "../query/row-json";
import { selectRows } from "../query/select-rows";
import { referenceIn, type Row } from "../rows/row";
import { emptyResponse, jsonResponse, type ApiRequest, type ApiResponse } from "./api-message";
import { associatedRows } from "./association-rows";
import { hiddenColumns } from "./column-security";
import { isTracked, readChanges } from "./change-tracking";
import { parseCondition, sameVersion } from "./conditions";
import { parsePreferences, type Preferences } from "./preferences";
import { findRow, parseRowKey, rowNotFound, type ResourceAddress } from "./resource-path";

interface Read {
  readonly request: ApiRequest;
  readonly address: ResourceAddress;
  readonly table: Table;
  readonly options: QueryOptions;
  readonly preferences: Preferences;
  readonly view: RowView;
}

/** Answers a GET below an entity set. */
export function readRows(environment: Environment, request: ApiRequest, address: ResourceAddress): ApiResponse {
  const [first, second, ...rest] = address.segments;
  if (!first || rest.length > 0) throw badRequest("The address is not understood.");
  const table = environment.catalogue.bySet(first.name);
  if (first.key !== null) {
    const row = keyedRow(environment, table, first.key);
    if (second) return readNavigation(environment, { request, address, table, row, name: second.name });
    return readRow(environment, prepare(environment, { request, address, table }), row);
  }
  const read = prepare(environment, { request, address, table });
  if (second?.name === "$count") return countRows(environment, read);
  if (second) throw badRequest("The address is not understood.");
  if (isTracked(read.options, read.preferences)) return readChanges(environment, read);
  return readList(environment, read, environment.store.list(table.name));
}

/** The row that a key in an address means. */
export function keyedRow(environment: Environment, table: Table, key: string): Row {
  const rowKey = parseRowKey(table, key);
  const row = findRow(environment.store, table, rowKey);
  if (!row) throw rowNotFound(table, rowKey);
  return row;
}

function prepare(
  environment: Environment,
  given: { request: ApiRequest; address: ResourceAddress; table: Table },
): Read {
  const options = parseQueryOptions(environment, given.table, given.address.query);
  const preferences = parsePreferences(given.request.headers.get("prefer"));
  const view: RowView = {
    ...{ scope: environment, table: given.table, options, annotations: preferences.annotations },
    hidden: hiddenColumns(environment, given.table, given.request.userId),
  };
  return { ...given, options, preferences, view };
}

function readRow(environment: Environment, read: Read, row: Row): ApiResponse {
  const condition = parseCondition(read.request, "if-none-match");
  const unchanged = condition.kind === "version" && sameVersion(condition.etag, row);
  if (unchanged && read.options.expand.length === 0) return emptyResponse(304);
  return rowResponse(read.view, row, { status: 200, apiUrl: environment.apiUrl() });
}

/** A response with one row. */
export function rowResponse(
  view: RowView,
  row: Row,
  response: { status: number; apiUrl: string; headers?: Readonly<Record<string, string>> },
): ApiResponse {
  const json = rowJson(view, row);
  const context = `${response.apiUrl}/$metadata#${view.table.set}/$entity`;
  return jsonResponse(response.status, { "@odata.context": context, ...json }, response.headers);
}

function countRows(environment: Environment, read: Read): ApiResponse {
  const rows = selectRows(environment.store.list(read.table.name), read.options);
  return { status: 200, headers: { "content-type": "text/plain" }, body: String(rows.length) };
}

function readList(environment: Environment, read: Read, rows: readonly Row[]): ApiResponse {
  const found = selectRows(rows, read.options);
  const skip = skipOf(read.options.skipToken);
  const size = Math.min(read.preferences.maxPageSize ?? Infinity, environment.settings.pageSize);
  const page = found.slice(skip, skip + size);
  const body: Record<string, Json> = { "@odata.context": `${environment.apiUrl()}/$metadata#${read.table.set}` };
  if (read.options.count) body["@odata.count"] = found.length;
  if (skip + size < found.length) body["@odata.nextLink"] = nextLink(environment, read, skip + size);
  body["value"] = page.map((row) => rowJson(read.view, row));
  return jsonResponse(200, body);
}

const SKIP = /^page!(\d+)$/;

function skipOf(token: string | null): number {
  if (token === null) return 0;
  const match = SKIP.exec(token);
  if (!match) throw badRequest("The page token is not valid.");
  return Number(match[1]);
}

function nextLink(environment: Environment, { address }: Read, skip: number): string {
  const query = new Map(address.query).set("$skiptoken", `page!${skip}`);
  const path = address.segments.map(({ name, key }) => (key === null ? name : `${name}(${encodeURIComponent(key)})`));
  const pairs = [...query].map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${environment.apiUrl()}/${path.join("/")}?${pairs.join("&")}`;
}

interface Navigation {
  readonly request: ApiRequest;
  readonly address: ResourceAddress;
  readonly table: Table;
  readonly row: Row;
  readonly name: string;
}

function readNavigation(environment: Environment, navigation: Navigation): ApiResponse {
  const { table, row, name, request, address } = navigation;
  const single = findNavigation(table, name);
  if (single) {
    const target = environment.catalogue.byName(single.target.table);
    const reference = referenceIn(row.values[single.column.name]);
    const other = reference?.table === target.name ? environment.store.get(target.name, reference.id) : undefined;
    if (!other) return emptyResponse(204);
    return readRow(environment, prepare(environment, { request, address, table: target }), other);
  }
  const association = table.associations[name];
  if (association !== undefined) {
    const other = environment.catalogue.byName(association.other);
    const linked = associatedRows(environment, association, row.id);
    return readList(environment, prepare(environment, { request, address, table: other }), linked);
  }
  const many = findCollection(environment.catalogue, table, name);
  if (!many) throw unknownProperty(table, name);
  const rows = rowsPointingAt(environment, many, { table, id: row.id });
  return readList(environment, prepare(environment, { request, address, table: many.table }), rows);
}
