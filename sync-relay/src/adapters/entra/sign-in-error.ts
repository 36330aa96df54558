import { RelayError, type ErrorCode } from "../../core/errors";
import type { AuthorityAnswer, NetworkClient } from "./network-client";

/** How a token is asked for. */
export type Grant = "client-credentials" | "refresh-token" | "authorization-code" | "device-code";

/** OAuth errors which only a person can mend by signing in again. */
const SIGN_IN_AGAIN = ["invalid_grant", "interaction_required", "consent_required", "login_required"];
const TRY_AGAIN = ["temporarily_unavailable", "server_error"];
const TRY_AGAIN_STATUSES = [408, 429];

/** A failed exchange as an error of the relay. Decided by what the authority answered, not by the library's classes. */
export function signInError(grant: Grant, network: NetworkClient, thrown: unknown): RelayError {
  const answer = network.lastAnswer();
  if (answer === null) {
    // Nothing was sent: the library could not even build the request, so the credential is unusable.
    return new RelayError(network.sent() ? "CS-1203" : "CS-1201", { cause: thrown });
  }
  return new RelayError(codeOf(grant, answer), {
    httpStatus: answer.status,
    upstreamCode: upstreamCode(answer),
    ...(answer.retryAfterMs === null ? {} : { retryAfterMs: answer.retryAfterMs }),
    ...(typeof answer.body["error_description"] === "string"
      ? { upstreamMessage: answer.body["error_description"] }
      : {}),
    cause: thrown,
  });
}

function codeOf(grant: Grant, { status, body }: AuthorityAnswer): ErrorCode {
  const error = typeof body["error"] === "string" ? body["error"] : null;
  if (status >= 500 || TRY_AGAIN_STATUSES.includes(status)) return "CS-1203";
  // An answer that is not OAuth comes from a proxy or a portal in between.
  if (error === null || TRY_AGAIN.includes(error)) return "CS-1203";
  if (grant !== "client-credentials" && SIGN_IN_AGAIN.includes(error)) return "CS-1202";
  return "CS-1201";
}

function upstreamCode({ status, body }: AuthorityAnswer): string {
  const codes: unknown = body["error_codes"];
  const first: unknown = Array.isArray(codes) ? codes[0] : undefined;
  if (typeof first === "number") return `AADSTS${first}`;
  return typeof body["error"] === "string" ? body["error"] : `HTTP ${status}`;
}
