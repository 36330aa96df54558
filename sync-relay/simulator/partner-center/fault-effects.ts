// What the faults of the plan do to a request and its answer.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { Json, JsonObject } from "../../src/core/json";
import { errorOfStatus, gatewayThrottleBody, type ApiError } from "./api-error";
import type { Fault } from "./fault-plan";
import type { PendingWork } from "./pending-work";

/** Share of a cut-off answer that still arrives. */
const CUT_OFF_AT = 0.6;

/** Answers in place of the route when the fault says so; undefined when the route should still run. */
export function answersWrongly(
  fault: Fault,
  reply: FastifyReply,
  shape: (error: ApiError) => JsonObject,
): FastifyReply | undefined {
  switch (fault.kind) {
    case "throttle":
      return sendThrottled(reply, fault.retryAfterSeconds);
    case "server-error":
      return reply.code(500).send(shape(errorOfStatus(500, "Something went wrong on our side.")));
    case "unavailable":
      void reply.header("Retry-After", fault.retryAfterSeconds);
      return reply.code(503).send(shape(errorOfStatus(503, "The service is not available.")));
    case "unauthorized":
      return reply.code(401).send(shape(errorOfStatus(401, "The access token is not valid.")));
    case "html":
      return reply.code(502).type("text/html").send(gatewayPage(502));
    case "late-effect":
      return reply.code(504).type("text/html").send(gatewayPage(504));
    case "drop-before-effect":
      reply.hijack();
      reply.raw.destroy();
      return reply;
    default:
      return undefined;
  }
}

export function sendThrottled(reply: FastifyReply, retryAfterSeconds: number): FastifyReply {
  return reply.code(429).header("Retry-After", retryAfterSeconds).send(gatewayThrottleBody(retryAfterSeconds));
}

/** Spoils the answer of a request whose work has been done. */
export function spoilsAnswer(fault: Fault, reply: FastifyReply, payload: unknown): unknown {
  switch (fault.kind) {
    case "timeout-after-effect":
      reply.code(504).type("text/html");
      return gatewayPage(504);
    case "drop-after-effect":
      reply.raw.destroy();
      return payload;
    case "malformed-json":
      return typeof payload === "string" ? payload.slice(0, Math.floor(payload.length * CUT_OFF_AT)) : payload;
    case "unknown-enum":
      return typeof payload === "string" ? JSON.stringify(strangeValues(JSON.parse(payload) as Json)) : payload;
    default:
      return payload;
  }
}

export interface LateRequest {
  readonly request: FastifyRequest;
  readonly fault: Fault;
  readonly work: PendingWork;
  /** Header by which the host knows its own request. */
  readonly mark: readonly [name: string, value: string];
}

/** Headers that belong to the connection and not to the request. */
const CONNECTION_HEADERS = ["connection", "content-length", "host", "keep-alive", "transfer-encoding"];

/** Does the request's work after the fault's delay, although the caller has been told that it failed. */
export function answersLate({ request, fault, work, mark }: LateRequest): void {
  const { body, url, method, host } = request;
  const sent = Object.entries(request.headers).filter(([name]) => !CONNECTION_HEADERS.includes(name));
  const headers = new Headers([...sent.map(([name, value]): [string, string] => [name, String(value)]), [...mark]]);
  const payload = body === undefined || body === null ? {} : { body: JSON.stringify(body) };
  work.after(fault.delayMs, async () => {
    const answer = await fetch(`http://${host}${url}`, { method, headers, ...payload });
    await answer.body?.cancel();
  });
}

const STRANGE_KEYS: readonly string[] = ["status", "substatus", "type", "qualification"];

/** The answer with values that no client knows yet, and a key that nobody has seen. */
function strangeValues(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(strangeValues);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value as JsonObject).map(([key, inner]) => {
    const isStrange = STRANGE_KEYS.includes(key) && typeof inner === "string";
    return [key, isStrange ? `Future${inner}` : strangeValues(inner)] as const;
  });
  return { ...Object.fromEntries(entries), addedNextYear: { since: "next year" } };
}

function gatewayPage(status: number): string {
  return `<!doctype html><html><head><title>${status}</title></head><body><h1>${status}</h1><hr>gateway</body></html>`;
}
