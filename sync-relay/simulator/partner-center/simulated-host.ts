// One loopback host of the simulator: a fastify server whose requests are recorded, throttled and struck by faults
// before any route sees them, and whose errors have the shape of that host.

import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { JsonObject } from "../../src/core/json";
import { errorOfStatus, type ApiError } from "./api-error";
import { answersLate, answersWrongly, sendThrottled, spoilsAnswer } from "./fault-effects";
import type { Fault, FaultPlan } from "./fault-plan";
import { isLoopbackHost } from "./loopback";
import type { PartnerCenterSettings } from "./partner-center-settings";
import type { PendingWork } from "./pending-work";
import type { RateLimit } from "./rate-limit";
import type { RecordedRequest } from "./request-log";

export interface HostContext {
  readonly host: RecordedRequest["host"];
  readonly settings: PartnerCenterSettings;
  readonly faults: FaultPlan;
  readonly rateLimit: RateLimit;
  readonly work: PendingWork;
  record(request: RecordedRequest): void;
  readonly errorBody: (error: ApiError) => JsonObject;
  /** Gives the referral of that id, if there is one, a new eTag. */
  driftETag(referralId: string): void;
  newId(): string;
}

/** Paths of the API proper. Pages, fault orders and certificates are served undisturbed. */
const API_PATH = /^\/(v1\.0|webhooks)\//;
const REFERRALS_PATH = /^\/v1\.0\/engagements\/referrals(\/|\?|$)/;
/** Larger than any referral; the service's own limit is not documented. */
const LARGEST_BODY_BYTES = 1_048_576;
/** Marks a request that the simulator sends to itself to let an effect land late. */
const LATE_HEADER = "x-simulator-late";

export function createSimulatedHost(context: HostContext): FastifyInstance {
  const app = Fastify({
    bodyLimit: LARGEST_BODY_BYTES,
    routerOptions: { ignoreTrailingSlash: true },
    forceCloseConnections: true,
  });
  app.removeContentTypeParser("text/plain");
  app.addHook("onRequest", async (request, reply) => {
    if (isLoopbackHost(request.headers.host)) return;
    return reply.code(421).send(context.errorBody(errorOfStatus(421, "This server answers on loopback only.")));
  });
  addFaultHooks(app, context);
  addErrorAnswers(app, context);
  return app;
}

function addFaultHooks(app: FastifyInstance, context: HostContext): void {
  const lateSecret = context.newId();
  const struck = new WeakMap<FastifyRequest, Fault>();
  const isOutside = (request: FastifyRequest) =>
    API_PATH.test(request.url) && request.headers[LATE_HEADER] !== lateSecret;

  app.addHook("preHandler", async (request, reply) => {
    if (!isOutside(request)) return;
    await context.work.pause(context.settings.latencyMs);
    const waitSeconds = context.rateLimit.take();
    if (waitSeconds !== null) return sendThrottled(reply, waitSeconds);
    const fault = context.faults.strike(request.method, request.url);
    if (fault === null) return;
    struck.set(request, fault);
    if (fault.kind === "etag-drift") context.driftETag(lastSegment(request.url));
    if (fault.kind === "slow") await context.work.pause(fault.delayMs);
    if (fault.kind === "late-effect") {
      answersLate({ request, fault, work: context.work, mark: [LATE_HEADER, lateSecret] });
    }
    if (fault.kind === "drop-before-effect") record(context, request, 0);
    return answersWrongly(fault, reply, context.errorBody);
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const id = context.newId();
    void reply.headers({ "Request-ID": id, "MS-RequestId": id, "MS-CorrelationId": correlationOf(request) ?? id });
    const fault = struck.get(request);
    const answer = fault === undefined ? payload : spoilsAnswer(fault, reply, payload);
    if (isOutside(request)) record(context, request, fault?.kind === "drop-after-effect" ? 0 : reply.statusCode);
    return answer;
  });
}

function addErrorAnswers(app: FastifyInstance, context: HostContext): void {
  app.setNotFoundHandler((request, reply) => {
    const status = REFERRALS_PATH.test(request.url) ? 405 : 404;
    return sendError(reply, errorOfStatus(status, "There is nothing here."), context.errorBody);
  });
  app.setErrorHandler((thrown: { statusCode?: number; message: string }, _request, reply) =>
    sendError(reply, errorOfStatus(thrown.statusCode ?? 500, thrown.message), context.errorBody),
  );
}

export function sendError(reply: FastifyReply, error: ApiError, shape: (error: ApiError) => JsonObject): FastifyReply {
  if (error.status === 401) void reply.header("WWW-Authenticate", "Bearer");
  return reply.code(error.status).send(shape(error));
}

function record(context: HostContext, request: FastifyRequest, status: number): void {
  const { method, url, headers, body } = request;
  context.record({ host: context.host, method, url, headers, body, status });
}

function lastSegment(url: string): string {
  return url.replace(/\?.*$/, "").split("/").at(-1) ?? "";
}

function correlationOf(request: FastifyRequest): string | null {
  const sent = request.headers["ms-correlationid"];
  return typeof sent === "string" ? sent : null;
}
