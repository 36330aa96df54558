import { lookup } from "node:dns/promises";
import type { AddressInfo } from "node:net";
import fastify, { type FastifyInstance } from "fastify";
import { toRelayError } from "../../core/errors";
import { must } from "../../core/must";
import type { Clock } from "../../ports/clock";
import type { Log } from "../../ports/log";
import type { WebhookRequest, WebhookSource } from "../../ports/webhook-source";
import { closeQuietly, untilDrained, type DrainLimits } from "./closing";
import { readiness, type HealthChecks } from "./health";
import { httpLimits, type HttpLimits } from "./http-limits";
import {
  answerClientError,
  answerFailure,
  answerUnknownPath,
  readableFor,
  safetyHeaders,
  tinyBodies,
} from "./refusals";

// The one door of the relay. It hands on the untouched bytes of a webhook and answers in a few characters; what a
// request means is decided elsewhere. Nothing of a request is logged but its source, size and the answer.

export interface HttpServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** What becomes of a webhook. A thrown error is answered 503, so that the sender tries again. */
  readonly receive: (source: WebhookSource["source"], request: WebhookRequest) => Promise<WebhookReply>;
  readonly health: HealthChecks;
  /** Text of /metrics. */
  readonly metricsText: () => Promise<string>;
  readonly log: Log;
  /** True once the relay is about to end: /readyz says so. */
  readonly draining: () => boolean;
  readonly clock: Clock;
  /** Origin of the CRM's pages: one of them shows whether the relay answers, and may read /livez. */
  readonly pageOrigin: string;
  /** Shown by /version. */
  readonly version: string;
  readonly limits?: HttpLimits;
}

/** Answer to a webhook. The body is for people who look at failed deliveries; no sender reads it. */
export interface WebhookReply {
  readonly status: 202 | 400 | 401 | 404 | 413 | 503;
  readonly body?: Readonly<Record<string, string | number | boolean>>;
}

export interface HttpServer {
  /** Resolves with the address in use. Rejects when it is taken. */
  listen(): Promise<{ readonly url: string; readonly host: string; readonly port: number }>;
  /**
   * Goes on answering, and tells every client with its answer to hang up; resolves when none is connected any more, within
   * the limits. To close without that would cut off requests that are on their way on a kept connection.
   */
  drain(limits: DrainLimits): Promise<void>;
  /** Takes no new requests, lets running ones end, and cuts what is left after the given time. */
  close(withinMs: number): Promise<void>;
}

/** What every webhook body counts as: the senders' content types change nothing, malformed ones included. */
const RAW_TYPE = "application/octet-stream";
const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

export function createHttpServer(options: HttpServerOptions): HttpServer {
  const limits = options.limits ?? httpLimits;
  const app = createApp(options, limits);
  let closing = false;
  app.addHook("onSend", async (_request, reply) => {
    void reply.headers(safetyHeaders);
    // A kept connection would hold up the end until it times out.
    if (closing) void reply.header("connection", "close");
  });
  addWebhooks(app, options, limits);
  addProbes(app, options);
  return {
    async listen() {
      // Of a name with several addresses Fastify makes several servers, and limits and drain would know one of them.
      const host = await lookup(options.host, { order: "ipv4first" });
      await app.listen({ host: host.address, port: options.port });
      const { address, port, family } = must(app.server.address() as AddressInfo | null, "a listening server has none");
      const inUrl = family === "IPv6" ? `[${address}]` : address;
      return { url: `http://${inUrl}:${port}`, host: address, port };
    },
    async drain(drainLimits) {
      closing = true;
      await untilDrained(app.server, options.clock, drainLimits);
    },
    async close(withinMs) {
      closing = true;
      const cut = setTimeout(() => app.server.closeAllConnections(), withinMs);
      await closeQuietly(app.server);
      clearTimeout(cut);
      await app.close();
    },
  };
}

function createApp(options: HttpServerOptions, limits: HttpLimits): FastifyInstance {
  const app = fastify({
    logger: false,
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersWithinMs,
      connectionsCheckingInterval: limits.lateCheckEveryMs,
    },
    requestTimeout: limits.requestWithinMs,
    keepAliveTimeout: limits.keepAliveMs,
    forceCloseConnections: "idle",
    // What still comes on an open connection is answered like everything before.
    return503OnClosing: false,
    exposeHeadRoutes: false,
    // The header limit bounds the path; a webhook token of any length is for the receiver to refuse.
    routerOptions: { maxParamLength: limits.headerBytes },
    clientErrorHandler: answerClientError,
  });
  app.server.maxConnections = limits.connections;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(RAW_TYPE, { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, _request, reply) => answerFailure(error, reply, options.log));
  // Answered before the body is read.
  app.addHook("onRequest", (request, reply, done) => {
    if (request.is404) return void answerUnknownPath(app, request, reply);
    request.raw.headers["content-type"] = RAW_TYPE;
    done();
  });
  return app;
}

function addWebhooks(app: FastifyInstance, options: HttpServerOptions, limits: HttpLimits): void {
  const add = (source: WebhookSource["source"], path: string, bodyLimit: number) => {
    app.post(path, { bodyLimit }, async (request, reply) => {
      const startedAtMs = options.clock.now();
      const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const answer = await receiveSafely(options, source, {
        path: request.url.split("?", 1)[0] ?? "",
        headers: joinedHeaders(request.raw.rawHeaders),
        rawBody,
      });
      options.log.debug("Webhook answered.", {
        source,
        status: answer.status,
        bytes: rawBody.length,
        durationMs: options.clock.now() - startedAtMs,
      });
      return reply.code(answer.status).send(answer.body ?? tinyBodies[answer.status]);
    });
  };
  add("dataverse", "/webhooks/dataverse", limits.dataverseBodyBytes);
  add("partner-center", "/webhooks/partner-center/:token", limits.partnerCenterBodyBytes);
}

async function receiveSafely(
  { receive, log }: HttpServerOptions,
  source: WebhookSource["source"],
  request: WebhookRequest,
): Promise<WebhookReply> {
  try {
    return await receive(source, request);
  } catch (thrown) {
    const { code, kind } = toRelayError(thrown);
    log.error("A webhook could not be taken; the sender is asked to try again.", { source, code, kind });
    return { status: 503 };
  }
}

function addProbes(app: FastifyInstance, options: HttpServerOptions): void {
  const ready = async () => readiness(options.health, options.draining());
  app.get("/livez", (request, reply) => {
    void reply.headers(readableFor(options.pageOrigin, request.headers.origin));
    return { alive: true };
  });
  for (const path of ["/readyz", "/healthz"]) {
    app.get(path, async (_request, reply) => {
      const found = await ready();
      return reply.code(found.ready ? 200 : 503).send(found);
    });
  }
  app.get("/metrics", async (_request, reply) => reply.type(METRICS_TYPE).send(await options.metricsText()));
  app.get("/version", () => ({ name: "cosell-sync", version: options.version, node: process.version }));
}

/** From the headers as they came in: Node's own list drops all but the first of some repeated ones. */
function joinedHeaders(rawHeaders: readonly string[]): Readonly<Record<string, string>> {
  // Without a prototype no name of a header means anything else.
  const joined = Object.create(null) as Record<string, string>;
  for (let n = 0; n + 1 < rawHeaders.length; n += 2) {
    const [name = "", value = ""] = [rawHeaders[n]?.toLowerCase(), rawHeaders[n + 1]];
    const before = joined[name];
    joined[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return joined;
}
