import { randomUUID } from "node:crypto";

/** A refusal as the token endpoint words it. */
export interface AuthorityRefusal {
  readonly kind: "refusal";
  readonly status: number;
  readonly error: string;
  readonly code: number;
  readonly says: string;
  readonly suberror?: string;
}

const REFUSALS = {
  "wrong-secret": [401, "invalid_client", 7000215, "Invalid client secret provided."],
  "expired-secret": [401, "invalid_client", 7000222, "The provided client secret keys are expired."],
  "wrong-assertion": [401, "invalid_client", 700027, "The client assertion failed signature validation."],
  "wrong-assertion-audience": [
    401,
    "invalid_client",
    700023,
    "The audience of the client assertion is not this endpoint.",
  ],
  "expired-assertion": [401, "invalid_client", 700024, "The client assertion is not within its valid time range."],
  "no-credential": [401, "invalid_client", 7000218, "The request must contain client_assertion or client_secret."],
  "unknown-client": [400, "unauthorized_client", 700016, "The application was not found in the directory."],
  "unknown-tenant": [400, "invalid_request", 90002, "The tenant was not found."],
  "unknown-grant": [400, "unsupported_grant_type", 70003, "The grant type is not supported."],
  "wrong-scope": [400, "invalid_scope", 70011, "The scope is not valid."],
  "multi-factor": [400, "invalid_grant", 50076, "The user must use multi-factor authentication.", "basic_action"],
  "refresh-expired": [400, "invalid_grant", 700082, "The refresh token has expired due to inactivity."],
  "refresh-revoked": [400, "invalid_grant", 50173, "The grant was revoked; a fresh one is needed.", "bad_token"],
  "refresh-unknown": [400, "invalid_grant", 9002313, "The refresh token is malformed or not valid."],
  "code-unknown": [400, "invalid_grant", 70008, "The authorization code has expired or was used."],
  "wrong-verifier": [400, "invalid_grant", 501481, "The code verifier does not match the code challenge."],
  "wrong-redirect": [400, "invalid_client", 50011, "The redirect address does not match."],
  "device-pending": [400, "authorization_pending", 70016, "The user has not signed in yet."],
  "device-blocked": [400, "invalid_grant", 53003, "Access was blocked by Conditional Access."],
} as const satisfies { readonly [reason: string]: readonly [number, string, number, string, string?] };

export type RefusalReason = keyof typeof REFUSALS;

export function refusal(reason: RefusalReason): AuthorityRefusal {
  const [status, error, code, says, suberror] = [...REFUSALS[reason]] as [number, string, number, string, string?];
  return { kind: "refusal", status, error, code, says, ...(suberror === undefined ? {} : { suberror }) };
}

/** The body of a refusal, in the authority's form. */
export function refusalBody({ error, code, says, suberror }: AuthorityRefusal, nowMs: number): object {
  const [trace, correlation] = [randomUUID(), randomUUID()];
  const timestamp = new Date(nowMs)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, "Z");
  const ids = `Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`;
  return {
    error,
    error_description: `AADSTS${code}: ${says} ${ids}`,
    error_codes: [code],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    ...(suberror === undefined ? {} : { suberror }),
  };
}
