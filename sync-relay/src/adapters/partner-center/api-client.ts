// One HTTP request to Partner Center, done right once: token, correlation headers, shared budget, time-out, bounded
// answer, measurement, and statuses that mean the same for every call. Both APIs (referrals and webhook registration)
// use it; what a 403 or 404 means is left to the caller.

import { RelayError } from "../../core/errors";
import type { Clock, Random } from "../../ports/clock";
import type { Log } from "../../ports/log";
import type { Metrics } from "../../ports/metrics";
import type { TokenSource } from "../../ports/token-source";
import type { UpstreamBudget } from "../../ports/upstream-budget";
import { readBounded } from "./bounded-body";
import { describeRefusal, failureOf, retryAfterOf } from "./refusals";

/** Time for a request and its whole answer. Partner Center takes seconds under load; half a minute means it hangs. */
const DEFAULT_TIMEOUT_MS = 30_000;

/** Failures before anything was sent: the write certainly did not happen. */
const NOT_SENT: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** Headers by which Microsoft finds a request again; the first that is present is logged. */
const REQUEST_ID_HEADERS = ["request-id", "ms-requestid", "x-ms-request-id", "client-request-id"];

export interface ApiClientOptions {
  readonly tokens: TokenSource;
  readonly budget: UpstreamBudget;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}

/** A request. `op` is its name in the metrics. */
export interface ApiCall {
  readonly op: string;
  readonly method: "GET" | "POST" | "PATCH" | "PUT";
  readonly url: string;
  readonly correlationId: string;
  /** Sent again with the same value when a request is repeated; a new one otherwise. */
  readonly requestId?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer the caller decides about: 2xx, or a 4xx other than 401, 408 and 429. */
export interface ApiAnswer {
  readonly status: number;
  readonly eTag: string | undefined;
  readonly text: string;
}

export interface ApiClient {
  /** Sends the request. Throws RelayError for everything that is the same for every call (see failureOf). */
  send(call: ApiCall): Promise<ApiAnswer>;
}

/** What came back, before anybody judged it. */
interface RawAnswer extends ApiAnswer {
  readonly headers: Headers;
}

export function createApiClient(options: ApiClientOptions): ApiClient {
  return {
    async send(call) {
      const token = await options.tokens.token();
      const first = await attempt(options, call, token);
      if (first.status !== 401) return judged(options, call, first);
      const renewed = await options.tokens.token({ stale: token });
      return judged(options, call, await attempt(options, call, renewed));
    },
  };
}

async function attempt(options: ApiClientOptions, call: ApiCall, token: string): Promise<RawAnswer> {
  const ended = await options.budget.enter("partner-center");
  const startedAt = options.clock.now();
  let code = "network";
  try {
    const answer = await exchange(options, call, token);
    code = String(answer.status);
    return answer;
  } catch (thrown) {
    const failure = unreachable(call, thrown);
    code = failure.code === "CS-1106" ? "too-large" : code;
    options.log.warn("Partner Center could not be reached", { op: call.op, code, correlationId: call.correlationId });
    throw failure;
  } finally {
    const tookMs = options.clock.now() - startedAt;
    ended(tookMs);
    const labels = { api: "partner-center", op: call.op };
    options.metrics.count("cosell_upstream_requests_total", { ...labels, code });
    options.metrics.observe("cosell_upstream_request_duration_seconds", tookMs / 1000, labels);
  }
}

async function exchange(options: ApiClientOptions, call: ApiCall, token: string): Promise<RawAnswer> {
  const response = await (options.fetch ?? fetch)(call.url, {
    method: call.method,
    headers: headersOf(options, call, token),
    redirect: "manual",
    signal: AbortSignal.timeout(options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    ...(call.body === undefined ? {} : { body: call.body }),
  });
  const text = await readBounded(response);
  return { status: response.status, headers: response.headers, eTag: response.headers.get("etag") ?? undefined, text };
}

function headersOf(options: ApiClientOptions, call: ApiCall, token: string): Record<string, string> {
  return {
    Authorization: `Bearer ${token}`,
    Accept: "application/json",
    "MS-CorrelationId": call.correlationId,
    "MS-RequestId": call.requestId ?? options.random.uuid(),
    "client-request-id": options.random.uuid(),
    ...(call.requestId === undefined ? {} : { "request-id": call.requestId }),
    ...(call.body === undefined ? {} : { "Content-Type": "application/json" }),
    ...call.headers,
  };
}

async function judged(options: ApiClientOptions, call: ApiCall, answer: RawAnswer): Promise<ApiAnswer> {
  if (answer.status >= 200 && answer.status < 300) return answer;
  const refusal = describeRefusal(answer.text);
  const retryAfterMs = retryAfterOf({ answer, refusal, nowMs: options.clock.now() });
  if (retryAfterMs !== undefined) await pause(options, call, retryAfterMs);
  const failure = failureOf({ status: answer.status, refusal, retryAfterMs, write: call.method !== "GET" });
  options.log[failure === undefined ? "debug" : "warn"]("Partner Center did not do as asked", {
    op: call.op,
    status: answer.status,
    correlationId: call.correlationId,
    upstreamRequestId: REQUEST_ID_HEADERS.map((name) => answer.headers.get(name)).find((id) => id !== null),
  });
  if (failure !== undefined) throw failure;
  return answer;
}

/** A pause that cannot be shared must not hide what happened to the request. */
async function pause(options: ApiClientOptions, call: ApiCall, retryAfterMs: number): Promise<void> {
  options.metrics.count("cosell_upstream_throttled_seconds_total", { api: "partner-center" }, retryAfterMs / 1000);
  try {
    await options.budget.pause("partner-center", retryAfterMs);
  } catch {
    options.log.error("The pause Partner Center asked for could not be shared", { correlationId: call.correlationId });
  }
}

function unreachable(call: ApiCall, thrown: unknown): RelayError {
  const write = call.method !== "GET";
  if (thrown instanceof RelayError) return new RelayError(thrown.code, { ...thrown.details, inDoubt: write });
  const sent = !NOT_SENT.has(codeOf(thrown) ?? "");
  return new RelayError("CS-1101", { inDoubt: write && sent, cause: thrown });
}

/** The system's code of a network failure; fetch wraps it as the cause. */
function codeOf(thrown: unknown): string | undefined {
  const code = propertyOf(propertyOf(thrown, "cause"), "code");
  return typeof code === "string" ? code : undefined;
}

function propertyOf(holder: unknown, name: string): unknown {
  return typeof holder === "object" && holder !== null ? Reflect.get(holder, name) : undefined;
}
