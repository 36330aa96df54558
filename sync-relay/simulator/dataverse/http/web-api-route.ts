// The Web API over HTTP: sign-in, request log, service protection, ordered faults, latency; then the Web API itself.

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../../../src/ports/clock";
import { DataverseError, dataverseErrorCodes } from "../dataverse-error";
import type { Environment } from "../environment";
import { errorBody, errorResponse, jsonResponse, type ApiRequest, type ApiResponse } from "../web-api/api-message";
import { answerBatch, batchedRequests } from "../web-api/batch";
import { answerRequest } from "../web-api/web-api";
import type { FaultEffect, RequestFaults } from "./request-faults";
import { keptHeaders, type RequestRecord } from "./request-log";
import type { ServiceProtection } from "./service-protection";

/** Who a token stands for: a user, somebody whom the environment does not know, or nobody. */
export type AcceptToken = (token: string) => { readonly userId: string } | "not-a-member" | null;

/** What the route works with. */
export interface WebApiRoute extends RequestRecord {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly faults: RequestFaults;
  readonly protection: ServiceProtection;
  readonly acceptToken: AcceptToken;
  /** Aborted when the simulator closes: waits end, late effects no longer happen. */
  readonly closing: AbortSignal;
}

/** Path of the Web API. */
export const API_ROOT = "/api/data/v9.2";

/** Adds the Web API to a server. */
export function addWebApiRoute(server: FastifyInstance, route: WebApiRoute): void {
  server.route({
    method: ["GET", "POST", "PATCH", "PUT", "DELETE"],
    url: `${API_ROOT}/*`,
    handler: (request, reply) => route.during(serve(route, request, reply)),
  });
}

async function serve(route: WebApiRoute, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const headers = headerMap(request);
  const { user, refusal } = signedIn(route, headers);
  const apiRequest: ApiRequest = {
    method: request.method,
    address: (request.raw.url ?? "").slice(API_ROOT.length + 1),
    headers,
    body: typeof request.body === "string" ? request.body : "",
    userId: user?.userId ?? "",
  };
  record(route, apiRequest, user?.userId ?? null);
  if (!user) return send(route, reply, { request: apiRequest, response: refusal() });
  const admission = admit(route, user.userId);
  if (admission.kind === "refused") return send(route, reply, { request: apiRequest, response: admission.response });
  try {
    return await respond(route, reply, apiRequest);
  } finally {
    admission.release();
  }
}

interface Caller {
  readonly user: { readonly userId: string } | null;
  /** What to answer when there is no user. */
  readonly refusal: () => ApiResponse;
}

function signedIn(route: WebApiRoute, headers: ReadonlyMap<string, string>): Caller {
  const token = /^Bearer\s+(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  const holder = token === undefined ? null : route.acceptToken(token);
  return holder === "not-a-member" ? { user: null, refusal: notAMember } : { user: holder, refusal: unauthorized };
}

type Admission =
  | { readonly kind: "admitted"; readonly release: () => void }
  | { readonly kind: "refused"; readonly response: ApiResponse };

function admit(route: WebApiRoute, userId: string): Admission {
  try {
    return { kind: "admitted", release: route.protection.admit(userId) };
  } catch (error) {
    if (error instanceof DataverseError) return { kind: "refused", response: errorResponse(error) };
    throw error;
  }
}

function record(route: WebApiRoute, request: ApiRequest, userId: string | null): void {
  route.record({
    method: request.method,
    path: request.address,
    at: route.clock.now(),
    headers: keptHeaders(request.headers),
    userId,
    batched: isBatch(request) ? batchedRequests(request) : [],
  });
}

async function respond(route: WebApiRoute, reply: FastifyReply, request: ApiRequest): Promise<FastifyReply> {
  const { clock, environment, faults } = route;
  const fault = faults.take({ method: request.method, path: request.address });
  if (environment.settings.latencyMs > 0) await clock.sleep(environment.settings.latencyMs, route.closing);
  switch (fault?.kind) {
    case "status":
      return send(route, reply, { request, response: faultResponse(fault) });
    case "hang":
      return reply.hijack();
    case "drop":
      return drop(reply);
    case "hidden-effect":
      return hideEffect(route, reply, { request, fault });
    case "slow":
      await clock.sleep(fault.delayMs, route.closing);
      return send(route, reply, { request, response: answer(environment, request) });
    case undefined:
      return send(route, reply, { request, response: answer(environment, request) });
  }
}

function answer(environment: Environment, request: ApiRequest): ApiResponse {
  if (!isBatch(request)) return answerRequest(environment, request);
  return answerBatch(environment, request);
}

function isBatch(request: ApiRequest): boolean {
  return request.method === "POST" && request.address.startsWith("$batch");
}

function hideEffect(
  route: WebApiRoute,
  reply: FastifyReply,
  given: { request: ApiRequest; fault: Extract<FaultEffect, { kind: "hidden-effect" }> },
): FastifyReply {
  const { request, fault } = given;
  if (fault.effectAfterMs === undefined) answer(route.environment, request);
  else void route.during(takeEffectLate(route, request, fault.effectAfterMs));
  switch (fault.seen) {
    case "504":
      return send(route, reply, { request, response: faultResponse({ kind: "status", status: 504, html: true }) });
    case "drop":
      return drop(reply);
    case "hang":
      return reply.hijack();
  }
}

async function takeEffectLate(route: WebApiRoute, request: ApiRequest, afterMs: number): Promise<void> {
  await route.clock.sleep(afterMs, route.closing);
  if (!route.closing.aborted) answer(route.environment, request);
}

function drop(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.destroy();
  return reply;
}

const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  401: dataverseErrorCodes.unauthorized,
  403: dataverseErrorCodes.missingPrivilege,
  429: dataverseErrorCodes.tooManyRequests,
  503: dataverseErrorCodes.unavailable,
};

function faultResponse(fault: Extract<FaultEffect, { kind: "status" }>): ApiResponse {
  const headers: Record<string, string> = {};
  if (fault.retryAfterSeconds !== undefined) headers["retry-after"] = String(fault.retryAfterSeconds);
  if (fault.html === true) {
    const body = `<!DOCTYPE html><html><body><h1>${fault.status}</h1></body></html>`;
    return { status: fault.status, headers: { ...headers, "content-type": "text/html; charset=utf-8" }, body };
  }
  const code = fault.code ?? CODE_OF_STATUS[fault.status] ?? dataverseErrorCodes.unexpected;
  return jsonResponse(fault.status, errorBody(code, fault.message ?? "A fault that was asked for."), headers);
}

function unauthorized(): ApiResponse {
  const error = { status: 401, code: "unauthorized", message: "The bearer token is missing or not accepted." } as const;
  return errorResponse(new DataverseError({ ...error, headers: { "www-authenticate": "Bearer" } }));
}

/** The token is good, but the environment has no (enabled) user for it. */
function notAMember(): ApiResponse {
  const message = "The user is not a member of the organization.";
  return errorResponse(new DataverseError({ status: 403, code: "notAMember", message }));
}

function headerMap(request: FastifyRequest): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
}

function send(
  route: WebApiRoute,
  reply: FastifyReply,
  given: { request: ApiRequest; response: ApiResponse },
): FastifyReply {
  const { request, response } = given;
  return reply
    .code(response.status)
    .headers({
      "odata-version": "4.0",
      "x-ms-ratelimit-burst-remaining-xrm-requests": String(route.protection.remaining(request.userId)),
      ...response.headers,
    })
    .send(response.body);
}
