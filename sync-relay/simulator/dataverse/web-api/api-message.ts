import type { Json, JsonObject } from "../../../src/core/json";
import type { DataverseError } from "../dataverse-error";

/** A Web API request, from HTTP or from a part of a batch. */
export interface ApiRequest {
  readonly method: string;
  /** Path and query below the service root, still URL-encoded, e.g. `opportunities?$top=1`. */
  readonly address: string;
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly userId: string;
}

/** A Web API response. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const JSON_TYPE = "application/json; odata.metadata=minimal";

/** A response with a JSON body. */
export function jsonResponse(status: number, body: Json, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  return { status, headers: { "content-type": JSON_TYPE, ...headers }, body: JSON.stringify(body) };
}

/** A response without a body. */
export function emptyResponse(status: number, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  return { status, headers, body: "" };
}

/** The documented error body. */
export function errorBody(code: string, message: string): JsonObject {
  return { error: { code, message } };
}

/** The response to a refused request. */
export function errorResponse(error: DataverseError): ApiResponse {
  return jsonResponse(error.status, errorBody(error.code, error.message), error.headers);
}
