import type { Socket } from "node:net";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import { toRelayError } from "../../core/errors";
import type { Log } from "../../ports/log";

/** Bodies of answers that have nothing to tell but their status. */
export const tinyBodies: { readonly [status: number]: Readonly<Record<string, string>> } = {
  202: { result: "accepted" },
  400: { error: "bad request" },
  401: { error: "unauthorized" },
  404: { error: "not found" },
  405: { error: "method not allowed" },
  408: { error: "request took too long" },
  413: { error: "too large" },
  431: { error: "headers too large" },
  503: { error: "try again later" },
};

/**
 * On every answer: no browser takes it for a page, and nothing on the way keeps it. Should somebody open one in a browser
 * all the same, it loads nothing, sits in no frame, tells no other site where it came from, and the browser comes back by
 * TLS only. The proxy that ends TLS passes the last one on; over plain HTTP browsers heed no such word.
 */
export const safetyHeaders = {
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
} as const;

/**
 * Lets pages of one origin read an answer, without cookies or other credentials. A browser asks no leave first for a plain
 * GET, so no other method need be answered.
 */
export function readableFor(pageOrigin: string, asking: string | undefined): Readonly<Record<string, string>> {
  const leave = asking === pageOrigin ? { "access-control-allow-origin": pageOrigin } : {};
  return { vary: "origin", ...leave };
}

const CLIENT_ERRORS: { readonly [code: string]: number } = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

const METHODS: readonly HTTPMethods[] = ["GET", "POST"];

/** Answers a request that failed before or outside our own code. */
export function answerFailure(error: unknown, reply: FastifyReply, log: Log): FastifyReply {
  const status = clientStatus(error);
  if (status !== null) {
    // What is left of the body is not waited for.
    return reply
      .code(status)
      .header("connection", "close")
      .send(tinyBodies[status] ?? tinyBodies[400]);
  }
  log.error("A request failed.", { code: toRelayError(error).code });
  return reply.code(500).send({ error: "internal error" });
}

/** 404, or 405 when the path exists with another method. */
export function answerUnknownPath(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (hasBody(request)) void reply.header("connection", "close");
  const url = request.url.split("?", 1)[0] ?? "";
  const allowed = METHODS.filter((method) => app.findRoute({ method, url: routeOf(url) }) !== null);
  if (allowed.length === 0) return reply.code(404).send(tinyBodies[404]);
  return reply.code(405).header("allow", allowed.join(", ")).send(tinyBodies[405]);
}

/** Answers what is not even HTTP, or came too late or too long, and hangs up. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (socket.destroyed || error.code === "ECONNRESET") return;
  const status = CLIENT_ERRORS[error.code ?? ""] ?? 400;
  const body = JSON.stringify(tinyBodies[status]);
  if (socket.writable) {
    socket.write(
      `HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-type: application/json\r\n` +
        Object.entries(safetyHeaders)
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join("") +
        `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }
  socket.destroy(error);
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";
}

function clientStatus(error: unknown): number | null {
  const status = (error as Partial<FastifyError> | null)?.statusCode;
  return status !== undefined && status >= 400 && status < 500 ? status : null;
}

function routeOf(url: string): string {
  return url.replace(/^(\/webhooks\/partner-center\/)[^/]+$/, "$1:token");
}
