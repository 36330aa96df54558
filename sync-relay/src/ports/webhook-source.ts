import type { RelayEvent } from "../core/event";

/** A request as it came in, untouched. */
export interface WebhookRequest {
  /** Path without query, e.g. `/webhooks/dataverse`. */
  readonly path: string;
  /** Header names in lower case; repeated headers joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly rawBody: Uint8Array;
}

/** Why a request was refused. `unauthorized` reasons are answered 401, `malformed` 400. */
export type RejectReason =
  "bad-secret" | "bad-signature" | "missing-header" | "certificate-refused" | "malformed" | "not-ours";

/** What a source says of a request. */
export type Verified =
  | { readonly kind: "verified"; readonly events: readonly RelayEvent[] }
  /** Well-formed, but the certificate could not be fetched in time: stored, and verified before it is used. */
  | { readonly kind: "unverified"; readonly events: readonly RelayEvent[] }
  | { readonly kind: "rejected"; readonly reason: RejectReason };

/** One cloud's webhooks: verify the raw bytes first, parse after. */
export interface WebhookSource {
  readonly source: "dataverse" | "partner-center";
  /**
   * Verifies and parses. Never calls upstream, but for a certificate that is not cached (at most 2 s).
   * Never throws on any input.
   */
  verify(request: WebhookRequest): Promise<Verified>;
}
