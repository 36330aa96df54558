// The three shapes in which errors come: referrals host, core host (webhooks), and the gateway's throttling answer.

import type { JsonObject } from "../../src/core/json";

/** A refusal, before it is put into the shape of the host that answers. */
export interface ApiError {
  readonly kind: "error";
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly target?: string;
  readonly innerError?: JsonObject;
}

/** Longest message that the service sends, characters. */
const LONGEST_MESSAGE = 1_024;

export function invalidRequest(message: string, target?: string): ApiError {
  const error = apiError(400, "invalidRequest", message);
  return target === undefined ? error : { ...error, target };
}

export function accessDenied(message: string): ApiError {
  return apiError(403, "accessDenied", message);
}

export function itemNotFound(): ApiError {
  return apiError(404, "itemNotFound", "The resource does not exist.");
}

/** The documented answer to a stale If-Match, word for word as clients may have learnt it. */
export function preconditionFailed(): ApiError {
  return {
    kind: "error",
    status: 412,
    code: "preconditionFailed",
    message:
      "A precondition provided in the request (such as an if-match header) does not match the resource's current state.",
    target: "ETag",
    innerError: {
      code: "99918",
      message: "One of the specified pre-condition is not met. Etag value did not Match",
      details: null,
    },
  };
}

const CODES: { readonly [status: number]: string } = {
  400: "invalidRequest",
  401: "unAuthorized",
  403: "accessDenied",
  404: "itemNotFound",
  409: "resourceModified",
  503: "serviceNotAvailable",
};

export function errorOfStatus(status: number, message: string): ApiError {
  return apiError(status, CODES[status] ?? (status < 500 ? "invalidRequest" : "generalException"), message);
}

export function referralsErrorBody(error: ApiError): JsonObject {
  return {
    error: {
      code: error.code,
      message: error.message.slice(0, LONGEST_MESSAGE),
      ...(error.target === undefined ? {} : { target: error.target }),
      ...(error.innerError === undefined ? {} : { innerError: error.innerError }),
    },
  };
}

export function coreErrorBody(error: ApiError): JsonObject {
  return {
    code: String(error.status),
    description: error.message.slice(0, LONGEST_MESSAGE),
    data: [],
    source: "WebhooksService",
  };
}

export function gatewayThrottleBody(retryAfterSeconds: number): JsonObject {
  return { statusCode: 429, message: `Rate limit is exceeded. Try again in ${retryAfterSeconds} seconds.` };
}

function apiError(status: number, code: string, message: string): ApiError {
  return { kind: "error", status, code, message };
}
