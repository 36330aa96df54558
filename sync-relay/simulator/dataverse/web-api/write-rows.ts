import { isJsonObject, type Json, type JsonObject } from "../../../src/core/json";
import { findNavigation } from "../catalogue/catalogue";
import type { Table } from "../catalogue/table";
import { badRequest, conditionFailed, DataverseError } from "../dataverse-error";
import type { Environment } from "../environment";
import { parseQueryOptions } from "../query/query-options";
import { unknownProperty } from "../query/row-filter";
import type { Row } from "../rows/row";
import { emptyResponse, type ApiRequest, type ApiResponse } from "./api-message";
import { hiddenColumns, refuseSecured } from "./column-security";
import { parseCondition, refuseStale } from "./conditions";
import { parsePreferences } from "./preferences";
import { keyedRow, rowResponse } from "./read-rows";
import { findRow, parseRowKey, rowNotFound, type ResourceAddress, type RowKey } from "./resource-path";
import { writeAssociation } from "./associations";
import { writeContext } from "./write-context";

/** A write below an entity set. */
export interface RowRequest {
  readonly request: ApiRequest;
  readonly address: ResourceAddress;
  readonly table: Table;
}

/** Answers POST, PATCH, PUT and DELETE below an entity set. */
export function writeRows(environment: Environment, request: ApiRequest, address: ResourceAddress): ApiResponse {
  const [first, second, third] = address.segments;
  if (!first) throw badRequest("The address is not understood.");
  const given: RowRequest = { request, address, table: environment.catalogue.bySet(first.name) };
  if (second) {
    if (first.key === null || third?.name !== "$ref") throw notAllowed(request);
    const association = given.table.associations[second.name];
    if (association !== undefined) {
      const row = keyedRow(environment, given.table, first.key);
      return writeAssociation(environment, { request, association, ownId: row.id, otherKey: second.key });
    }
    return writeReference(environment, given, { key: first.key, name: second.name });
  }
  return first.key === null ? writeSet(environment, given) : writeRow(environment, given, first.key);
}

function writeSet(environment: Environment, given: RowRequest): ApiResponse {
  if (given.request.method !== "POST") throw notAllowed(given.request);
  return createRow(environment, given);
}

function writeRow(environment: Environment, given: RowRequest, key: string): ApiResponse {
  const rowKey = parseRowKey(given.table, key);
  switch (given.request.method) {
    case "PATCH":
      return upsertRow(environment, given, rowKey);
    case "DELETE":
      return deleteRow(environment, given, rowKey);
    default:
      throw notAllowed(given.request);
  }
}

/** The refusal for a method that an address does not take. */
export function notAllowed(request: ApiRequest): Error {
  return new DataverseError({
    status: 405,
    code: "badRequest",
    message: `The method ${request.method} is not allowed here.`,
  });
}

/** The JSON object in a request body. */
export function bodyObject(request: ApiRequest): JsonObject {
  let body: Json;
  try {
    body = JSON.parse(request.body) as Json;
  } catch {
    throw badRequest("The request body is not JSON.", "badPayload");
  }
  if (!isJsonObject(body)) throw badRequest("The request body is not an object.", "badPayload");
  return body;
}

function createRow(environment: Environment, given: RowRequest): ApiResponse {
  const context = writeContext(environment, given.request, given.address);
  const body = bodyObject(given.request);
  refuseSecured(environment, { table: given.table, userId: context.userId, access: "cancreate" }, body);
  const row = environment.writer.create({ table: given.table, body, context });
  return written(environment, given, { row, created: true });
}

function upsertRow(environment: Environment, given: RowRequest, key: RowKey): ApiResponse {
  const { request, table } = given;
  const ifMatch = parseCondition(request, "if-match");
  const found = findRow(environment.store, table, key);
  const context = writeContext(environment, request, given.address);
  if (!found) {
    if (ifMatch.kind !== "none") throw rowNotFound(table, key);
    refuseSecured(environment, { table, userId: context.userId, access: "cancreate" }, bodyObject(request));
    const row = environment.writer.create({ table, context, ...newRow(key, bodyObject(request)) });
    return written(environment, given, { row, created: true });
  }
  if (parseCondition(request, "if-none-match").kind === "any") {
    throw conditionFailed("A record with matching key values already exists.", "duplicateId");
  }
  refuseStale(ifMatch, found);
  refuseSecured(environment, { table, userId: context.userId, access: "canupdate" }, bodyObject(request));
  const row = environment.writer.update({ table, id: found.id, body: bodyObject(request), context });
  return written(environment, given, { row, created: false });
}

function newRow(key: RowKey, body: JsonObject): { id?: string; body: JsonObject } {
  return key.kind === "id" ? { id: key.id, body } : { body: { ...body, ...key.columns } };
}

function deleteRow(environment: Environment, given: RowRequest, key: RowKey): ApiResponse {
  const found = findRow(environment.store, given.table, key);
  if (!found) throw rowNotFound(given.table, key);
  refuseStale(parseCondition(given.request, "if-match"), found);
  const context = writeContext(environment, given.request, given.address);
  environment.writer.delete({ table: given.table, id: found.id, context });
  return emptyResponse(204);
}

function writeReference(
  environment: Environment,
  given: RowRequest,
  reference: { key: string; name: string },
): ApiResponse {
  const { table, request } = given;
  const row = keyedRow(environment, table, reference.key);
  const navigation = findNavigation(table, reference.name);
  if (!navigation) throw unknownProperty(table, reference.name);
  if (request.method !== "PUT" && request.method !== "DELETE") throw notAllowed(request);
  const target = request.method === "PUT" ? (bodyObject(request)["@odata.id"] ?? null) : null;
  const context = writeContext(environment, request, given.address);
  const body = { [`${reference.name}@odata.bind`]: target };
  environment.writer.update({ table, id: row.id, body, context });
  return emptyResponse(204);
}

function written(environment: Environment, given: RowRequest, outcome: { row: Row; created: boolean }): ApiResponse {
  const { table, request, address } = given;
  const location = `${environment.apiUrl()}/${table.set}(${outcome.row.id})`;
  const preferences = parsePreferences(request.headers.get("prefer"));
  if (!preferences.representation) return emptyResponse(204, { "odata-entityid": location, location });
  const options = parseQueryOptions(environment, table, address.query);
  const hidden = hiddenColumns(environment, table, request.userId);
  const view = { scope: environment, table, options, annotations: preferences.annotations, hidden };
  return rowResponse(view, outcome.row, {
    status: outcome.created ? 201 : 200,
    apiUrl: environment.apiUrl(),
    headers: { "odata-entityid": location, "preference-applied": "return=representation" },
  });
}
