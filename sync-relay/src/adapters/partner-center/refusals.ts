// What a refusal means. Partner Center has three shapes of error body (referrals API, core API, gateway), and its
// front doors answer plain text or HTML. Codes are compared whatever their case; unknown ones count by status.

import { isJsonObject } from "../../core/json";
import type { Json } from "../../core/json";
import { RelayError } from "../../core/errors";
import type { ErrorDetails } from "../../core/errors";
import { parseWireJson, wireText, wireValue } from "./wire-json";

/** Pause after a throttling answer that names none. The documented example is 57 s. */
const DEFAULT_RETRY_AFTER_MS = 30_000;

/** Longest pause taken from an answer; a wrong date must not stop the relay for days. */
const MAX_RETRY_AFTER_MS = 60 * 60_000;

/** Longest message kept; Microsoft promises at most 1,024 characters. */
const MAX_MESSAGE_LENGTH = 1024;

/** Largest error body that is looked at; real ones are below 4 KB. */
const MAX_BODY_LENGTH = 64 * 1024;

/** Deepest inner error that is looked at. */
const MAX_INNER_ERRORS = 5;

/** An error code worth keeping; anything else might quote the request. */
const CODE = /^[\w.-]{1,64}$/;

/** The upstream's own code and words. */
export interface Refusal {
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** Reads an error body of any shape. Text and HTML yield no message: they are pages, not words for a seller. */
export function describeRefusal(text: string): Refusal {
  const body = text.length > MAX_BODY_LENGTH ? undefined : parseWireJson(text);
  const error = wireValue(body, "error");
  const subject = isJsonObject(error) ? error : body;
  const own = wireText(subject, "code") ?? (typeof error === "string" ? error : null);
  const message = innermostMessage(subject) ?? wireText(subject, "description") ?? wireText(body, "error_description");
  return {
    code: own !== null && CODE.test(own) ? own : undefined,
    message: message?.slice(0, MAX_MESSAGE_LENGTH),
  };
}

/** How long to pause, or undefined when the answer asks for none. A 503 asks only when it says how long. */
export function retryAfterOf(given: {
  readonly answer: { readonly status: number; readonly headers: Headers };
  readonly refusal: Refusal;
  readonly nowMs: number;
}): number | undefined {
  const { status, headers } = given.answer;
  if (status !== 429 && status !== 503) return undefined;
  const asked = headerDelayMs(headers.get("retry-after"), given.nowMs);
  if (asked !== undefined) return asked;
  if (status === 503) return undefined;
  const words = /try again in (\d{1,6}) seconds?/i.exec(given.refusal.message ?? "")?.[1];
  return words === undefined ? DEFAULT_RETRY_AFTER_MS : bounded(Number(words) * 1000);
}

/** The failure that a status is for every call, or undefined when the caller decides. */
export function failureOf(given: {
  readonly status: number;
  readonly refusal: Refusal;
  readonly retryAfterMs: number | undefined;
  readonly write: boolean;
}): RelayError | undefined {
  const { status, refusal, retryAfterMs, write } = given;
  const details = detailsOf(status, refusal);
  const inDoubt = write;
  if (status === 429) return new RelayError("CS-1102", { ...details, ...timed(retryAfterMs) });
  if (retryAfterMs !== undefined) return new RelayError("CS-1102", { ...details, ...timed(retryAfterMs), inDoubt });
  if (status >= 500 || status === 408) return new RelayError("CS-1101", { ...details, inDoubt });
  // A redirect is never followed: the token would go wherever the answer says.
  if (status < 400) return new RelayError("CS-1106", { ...details, inDoubt });
  const signInAgain = status === 401 || (status === 403 && /^insuffici?ent_?claims$/i.test(refusal.code ?? ""));
  return signInAgain ? new RelayError("CS-1105", details) : undefined;
}

/** Details of a refusal that the caller turns into a RelayError. */
export function detailsOf(status: number, refusal: Refusal): ErrorDetails {
  return {
    httpStatus: status,
    ...(refusal.code === undefined ? {} : { upstreamCode: refusal.code }),
    ...(refusal.message === undefined ? {} : { upstreamMessage: refusal.message }),
  };
}

/** The most specific words: inner errors say which field was wrong, the outer one only that something was. */
function innermostMessage(subject: Json | undefined): string | null {
  let here = subject;
  let message: string | null = null;
  for (let depth = 0; depth < MAX_INNER_ERRORS && isJsonObject(here); depth += 1) {
    message = wireText(here, "message") ?? message;
    here = wireValue(here, "innerError");
  }
  return message;
}

function headerDelayMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\s*(\d{1,9})\s*$/.exec(header)?.[1];
  if (seconds !== undefined) return bounded(Number(seconds) * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : bounded(date - nowMs);
}

function bounded(delayMs: number): number {
  return Math.min(Math.max(delayMs, 0), MAX_RETRY_AFTER_MS);
}

function timed(retryAfterMs: number | undefined): Pick<ErrorDetails, "retryAfterMs"> {
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}
