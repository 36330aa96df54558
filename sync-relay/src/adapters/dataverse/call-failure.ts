import { isNativeError } from "node:util/types";
import { type ErrorDetails, RelayError, toRelayError } from "../../core/errors";
import { UnreadableAnswer } from "./response-guard";

/**
 * What became of a call that did not succeed. `dynamics-web-api` throws plain errors with a status, or an array of them
 * for a batch, and lets Node's network errors through; this file is the one place that knows their shapes.
 */
export type CallFailure =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly code: string | null;
      readonly message: string | null;
      readonly retryAfter: string | null;
    }
  /** No usable answer. `sent` is false when the request certainly never left. */
  | { readonly kind: "no-answer"; readonly sent: boolean; readonly cause: unknown };

/** A refusal that the caller may expect (version, existence, state) or turn into an error. */
export interface Refusal {
  readonly kind: "refused";
  readonly status: number;
  /** Dataverse's own code, e.g. `0x80060882`. */
  readonly code: string | null;
  /** Dataverse's own words; may quote customer data. */
  readonly message: string | null;
}

/** Node's codes for a connection that was never made. */
const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** How long to pause when Dataverse asks for a pause without saying how long. Its own windows are minutes. */
const DEFAULT_PAUSE_MS = 10_000;

/** Longest pause taken over from a header: a wrong header must not stop the relay for good. */
const MAX_PAUSE_MS = 3_600_000;

const PRIVILEGE_MISSING = "0x80040220";

/** "No such column": one code is its own, the others are shared with every other mistake in a query or a body. */
const NO_SUCH_COLUMN = "0x80041103";
const NO_SUCH_COLUMN_WORDS =
  /could not find a property|undeclared property|invalid property|doesn't contain attribute/i;

/** Reads what `dynamics-web-api`, Node or the guard threw; null for anything else, which is a bug of ours. */
export function callFailureOf(thrown: unknown): CallFailure | null {
  if (Array.isArray(thrown)) return callFailureOf(thrown.find((part) => isNativeError(part)));
  if (thrown instanceof UnreadableAnswer) return { kind: "no-answer", sent: true, cause: thrown };
  if (!isNativeError(thrown)) return null;
  const status = property(thrown, "status");
  if (typeof status === "number") return answered(thrown, status);
  const code = text(property(thrown, "code"));
  return code === null ? null : { kind: "no-answer", sent: !NEVER_SENT.has(code), cause: thrown };
}

/** What a failure means: a refusal the caller may expect, or an error. */
export function meaningOf(failure: CallFailure, call: { writes: boolean; nowMs: number }): Refusal | RelayError {
  if (failure.kind === "no-answer") {
    return new RelayError("CS-1001", { inDoubt: call.writes && failure.sent, cause: failure.cause });
  }
  const { status, retryAfter } = failure;
  if (status === 429 || (status === 503 && retryAfter !== null)) {
    return new RelayError("CS-1002", { ...detailsOf(failure), retryAfterMs: retryAfterMs(retryAfter, call.nowMs) });
  }
  const isRefusal = status >= 400 && status < 500 && status !== 408;
  if (!isRefusal) return new RelayError("CS-1001", { ...detailsOf(failure), inDoubt: call.writes });
  return { kind: "refused", status, code: failure.code, message: failure.message };
}

/** The error for a refusal that nobody expected. */
export function refusalError(refusal: Refusal): RelayError {
  const details = detailsOf(refusal);
  if (refusal.status === 401 || refusal.status === 403) return new RelayError("CS-1005", details);
  // An address that is not there is a gateway's or a half-started environment's word, not one about a row.
  if (refusal.status === 404) return new RelayError("CS-1001", details);
  if (refusal.status === 412 && !isDuplicate(refusal)) return new RelayError("CS-1003", details);
  return new RelayError(isUnknownColumn(refusal) ? "CS-1007" : "CS-1004", details);
}

/** Whether the refusal says that a column does not exist. */
function isUnknownColumn(refusal: Refusal): boolean {
  if (refusal.status !== 400) return false;
  return refusal.code?.toLowerCase() === NO_SUCH_COLUMN || NO_SUCH_COLUMN_WORDS.test(refusal.message ?? "");
}

/** Whether the refusal may be due to the state of the row: no column is named, no privilege is missing. */
export function mayBeAboutState(refusal: Refusal): boolean {
  const refused = refusal.status === 400 || refusal.status === 403;
  return refused && !isUnknownColumn(refusal) && refusal.code?.toLowerCase() !== PRIVILEGE_MISSING;
}

/** What follows a write that took effect: should it fail, the write is in doubt to whoever asked for it. */
export async function afterWrite<T>(step: () => T | Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (thrown) {
    const { code, details } = toRelayError(thrown);
    throw new RelayError(code, { ...details, inDoubt: true });
  }
}

/** Whether another row already has these key values (and not: the version is old). */
export function isDuplicate(refusal: Refusal): boolean {
  return refusal.status === 412 && ["0x80060892", "0x80040237"].includes((refusal.code ?? "").toLowerCase());
}

/** Whether the refusal says that the row is not there, in Dataverse's own words and not in a gateway's. */
export function isNoSuchRow(refusal: Refusal): boolean {
  return refusal.status === 404 && ["0x80040217", "0x80060891"].includes((refusal.code ?? "").toLowerCase());
}

function detailsOf(answer: { status: number; code: string | null; message: string | null }): ErrorDetails {
  return {
    httpStatus: answer.status,
    ...(answer.code === null ? {} : { upstreamCode: answer.code }),
    ...(answer.message === null ? {} : { upstreamMessage: answer.message }),
  };
}

/** `Retry-After` in either form (seconds or date) as milliseconds from now. */
function retryAfterMs(header: string | null, nowMs: number): number {
  if (header === null) return DEFAULT_PAUSE_MS;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(ms) ? DEFAULT_PAUSE_MS : Math.min(Math.max(ms, 0), MAX_PAUSE_MS);
}

function answered(thrown: Error, status: number): CallFailure {
  // In a batch the library leaves Dataverse's error object under `error` instead of unfolding it.
  const inner = property(thrown, "error") ?? thrown;
  return {
    kind: "answered",
    status,
    code: text(property(inner, "code")),
    message: text(property(inner, "message")),
    retryAfter: text(property(property(thrown, "headers"), "retry-after")),
  };
}

function property(holder: unknown, key: string): unknown {
  if (typeof holder !== "object" || holder === null) return undefined;
  return (holder as Record<string, unknown>)[key];
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
