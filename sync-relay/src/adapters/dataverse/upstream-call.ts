import { RelayError } from "../../core/errors";
import type { Clock, Random } from "../../ports/clock";
import type { Log } from "../../ports/log";
import type { Metrics } from "../../ports/metrics";
import type { TokenSource } from "../../ports/token-source";
import type { UpstreamBudget } from "../../ports/upstream-budget";
import { callFailureOf, type CallFailure, meaningOf, type Refusal } from "./call-failure";
import { createConcurrencyGate } from "./concurrency-gate";
import { createResponseGuard, REQUEST_ID_HEADER, UnreadableAnswer } from "./response-guard";

/**
 * Everything that surrounds one HTTP call to Dataverse: shared budget, socket limit, token with one renewal, deadline,
 * request id, measurements, and the translation of failures. What is sent is the caller's business.
 */
export interface UpstreamCalls {
  send(call: UpstreamCall): Promise<Sent>;
}

/** One call, named for logs and metrics. */
export interface UpstreamCall {
  readonly op: string;
  readonly writes: boolean;
  /** Sends the request with these options; may be asked twice, when the token had to be renewed. */
  readonly request: (options: RequestOptions) => Promise<unknown>;
}

/** What every request must carry. A type alias, so that it fits the library's own request types. */
export interface RequestOptions {
  readonly token: string;
  readonly signal: AbortSignal;
  readonly headers: Record<string, string>;
}

export type Sent = { readonly kind: "ok"; readonly result: unknown } | Refusal;

export interface UpstreamCallOptions {
  readonly tokens: TokenSource;
  readonly budget: UpstreamBudget;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Deadline of one call. */
  readonly timeoutMs: number;
}

/** Requests in flight at most: far below the 52 that Dataverse allows a user, which other replicas share. */
const MAX_IN_FLIGHT = 10;

type Attempt = { readonly kind: "ok"; readonly result: unknown } | { readonly kind: "failed"; failure: CallFailure };

export function createUpstreamCalls(options: UpstreamCallOptions): UpstreamCalls {
  const gate = createConcurrencyGate(MAX_IN_FLIGHT);
  const guard = createResponseGuard();

  async function send(call: UpstreamCall): Promise<Sent> {
    const leave = await gate.enter();
    try {
      const token = await options.tokens.token();
      const first = await attempt(call, token);
      if (!isUnauthorized(first)) return await conclude(call, first);
      const renewed = await options.tokens.token({ stale: token });
      return await conclude(call, await attempt(call, renewed));
    } finally {
      leave();
    }
  }

  async function attempt(call: UpstreamCall, token: string): Promise<Attempt> {
    const ended = await options.budget.enter("dataverse");
    const startedAtMs = options.clock.now();
    const requestId = options.random.uuid();
    const watched = guard.watch(requestId);
    const deadline = startDeadline(options.timeoutMs);
    let failure: CallFailure | null = null;
    try {
      const headers = { [REQUEST_ID_HEADER]: requestId };
      const sent = call.request({ token, signal: deadline.signal, headers });
      return { kind: "ok", result: await Promise.race([sent, watched.failed, deadline.passed]) };
    } catch (thrown) {
      failure = knownFailure(thrown, watched.status());
      return { kind: "failed", failure };
    } finally {
      watched.release();
      deadline.release();
      const durationMs = options.clock.now() - startedAtMs;
      ended(durationMs);
      measure(options, { op: call.op, requestId, durationMs, failure, code: codeOf(failure, watched.status()) });
    }
  }

  async function conclude(call: UpstreamCall, done: Attempt): Promise<Sent> {
    if (done.kind === "ok") return done;
    const meaning = meaningOf(done.failure, { writes: call.writes, nowMs: options.clock.now() });
    if (!(meaning instanceof RelayError)) return meaning;
    const { retryAfterMs } = meaning.details;
    if (retryAfterMs !== undefined) await pause(options, call.op, retryAfterMs);
    throw meaning;
  }

  return { send };
}

/** Everybody waits as long as Dataverse asked. A pause that cannot be shared must not hide what came of the request. */
async function pause({ budget, metrics, log }: UpstreamCallOptions, op: string, pauseMs: number): Promise<void> {
  metrics.count("cosell_upstream_throttled_seconds_total", { api: "dataverse" }, pauseMs / 1000);
  try {
    await budget.pause("dataverse", pauseMs);
  } catch {
    log.error("The pause Dataverse asked for could not be shared", { api: "dataverse", op });
  }
}

interface Measured {
  readonly op: string;
  readonly requestId: string;
  readonly durationMs: number;
  readonly failure: CallFailure | null;
  readonly code: string;
}

function measure({ metrics, log }: UpstreamCallOptions, done: Measured): void {
  const labels = { api: "dataverse", op: done.op };
  metrics.count("cosell_upstream_requests_total", { ...labels, code: done.code });
  metrics.observe("cosell_upstream_request_duration_seconds", done.durationMs / 1000, labels);
  if (done.failure === null) return;
  const upstreamCode = done.failure.kind === "answered" ? done.failure.code : null;
  const fields = { ...labels, code: done.code, upstreamCode, requestId: done.requestId };
  log.info("Dataverse did not accept a call", fields);
}

/** HTTP status for the metrics; `none` when there was no usable answer. */
function codeOf(failure: CallFailure | null, status: number | undefined): string {
  if (failure?.kind === "answered") return String(failure.status);
  return failure === null && status !== undefined ? String(status) : "none";
}

function isUnauthorized(done: Attempt): boolean {
  return done.kind === "failed" && done.failure.kind === "answered" && done.failure.status === 401;
}

/** What was thrown after an answer began is about the answer, whatever it is; anything else nobody knows is a bug. */
function knownFailure(thrown: unknown, status: number | undefined): CallFailure {
  const failure = callFailureOf(thrown);
  if (failure !== null) return failure;
  if (status === undefined) throw new RelayError("CS-1901", { cause: thrown });
  if (status < 300) return { kind: "no-answer", sent: true, cause: new UnreadableAnswer(thrown) };
  return { kind: "answered", status, code: null, message: null, retryAfter: null };
}

/** The end of a call that takes too long. The library does not settle when a request is aborted after its answer began. */
interface Deadline {
  readonly signal: AbortSignal;
  readonly passed: Promise<never>;
  /** The call ended: what it held, its answer above all, is let go of now and not at the deadline. */
  release(): void;
}

function startDeadline(ms: number): Deadline {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new UnreadableAnswer("the call took too long"));
      controller.abort();
    }, ms);
  });
  return { signal: controller.signal, passed, release: () => clearTimeout(timer) };
}
