// Every way in which the relay can fail, with what the operator should do. The troubleshooting page is made from this
// table. Codes never change their meaning: alerts and dashboards name them.

/**
 * What a failure asks of the relay.
 * - `transient`: try again later, with back-off.
 * - `throttled`: the whole upstream pauses for `retryAfterMs`, then try again.
 * - `conflict`: somebody else wrote first; read again and reconcile.
 * - `rejected`: the other side will never take this; tell the seller, dead letter.
 * - `unauthorized`: sign-in or permission; alarm the admin, work waits.
 * - `bug`: ours; dead letter and alarm.
 */
export type ErrorKind = "transient" | "throttled" | "conflict" | "rejected" | "unauthorized" | "bug";

interface ErrorEntry {
  readonly kind: ErrorKind;
  readonly meaning: string;
  readonly action: string;
}

export const errorCodes = {
  "CS-1001": entry(
    "transient",
    "Dataverse could not be reached or answered with a server error.",
    "Nothing: the relay tries again. If it lasts, check the environment's state and the network.",
  ),
  "CS-1002": entry(
    "throttled",
    "Dataverse asked the relay to slow down (service protection).",
    "Nothing: the relay waits as told. If it lasts, look for other users of the same application user.",
  ),
  "CS-1003": entry(
    "conflict",
    "The opportunity changed while the relay was about to write it.",
    "Nothing: the relay reads it again.",
  ),
  "CS-1004": entry(
    "rejected",
    "Dataverse refused a write.",
    "Read the reason in the dead letter; usually a required column, a business rule or a plug-in of the customer.",
  ),
  "CS-1005": entry(
    "unauthorized",
    "Dataverse refused the relay's application user.",
    "Give the application user the role of the relay and check that it is enabled.",
  ),
  "CS-1006": entry(
    "rejected",
    "The CRM does not have a currency that the referral uses.",
    "Add the currency in Dynamics 365, then retry the dead letter.",
  ),
  "CS-1007": entry(
    "rejected",
    "A column that the mapping names does not exist.",
    "Correct the mapping file or add the column.",
  ),
  "CS-1101": entry(
    "transient",
    "Partner Center could not be reached or answered with a server error.",
    "Nothing: the relay tries again.",
  ),
  "CS-1102": entry("throttled", "Partner Center asked the relay to slow down.", "Nothing: the relay waits as told."),
  "CS-1103": entry(
    "conflict",
    "The referral changed while the relay was about to write it.",
    "Nothing: the relay reads it again.",
  ),
  "CS-1104": entry(
    "rejected",
    "Partner Center refused a write.",
    "Read the reason in the dead letter; correct the opportunity and save it.",
  ),
  "CS-1105": entry(
    "unauthorized",
    "Partner Center refused the relay's user.",
    "The user needs the role Referrals admin; sign in again with multi-factor authentication.",
  ),
  "CS-1106": entry(
    "transient",
    "Partner Center's answer could not be understood.",
    "If it lasts, report it with the correlation id: the API may have changed.",
  ),
  "CS-1201": entry(
    "unauthorized",
    "The sign-in authority refused the client secret or certificate.",
    "Set a valid COSELL_CLIENT_SECRET or COSELL_CLIENT_CERTIFICATE and restart.",
  ),
  "CS-1202": entry(
    "unauthorized",
    "The Partner Center sign-in has expired or was revoked.",
    "Run `cosell login partner-center`; the relay takes the new sign-in up without a restart.",
  ),
  "CS-1203": entry("transient", "The sign-in authority could not be reached.", "Nothing: the relay tries again."),
  "CS-1204": entry(
    "unauthorized",
    "A stored secret could not be opened: it was sealed with another master key.",
    "Set COSELL_MASTER_KEY to the key that sealed it, or sign in again.",
  ),
  "CS-1301": entry(
    "transient",
    "The database could not be reached.",
    "Check the database; webhooks are answered 503 until it is back.",
  ),
  "CS-1302": entry("conflict", "Another replica worked on the same pair.", "Nothing: the work is done again."),
  "CS-1303": entry(
    "rejected",
    "The mapping that was applied cannot be used by this version of the relay.",
    "Run `cosell mapping check`, mend what it shows and apply it again; a running relay keeps the mapping it has.",
  ),
  "CS-1401": entry(
    "rejected",
    "A value could not be converted by the mapping.",
    "Read the field and value kind in the dead letter; extend the list in the mapping file.",
  ),
  "CS-1402": entry(
    "transient",
    "The certificate of a Partner Center notification could not be fetched.",
    "If it lasts, allow the relay to reach the certificate host.",
  ),
  "CS-1403": entry(
    "conflict",
    "The two sides kept changing while the relay tried to reconcile them.",
    "Nothing: the relay tries again after a pause.",
  ),
  "CS-1501": entry(
    "rejected",
    "The work on this pair failed too often.",
    "Read the last error of the pair, mend its cause, then retry the dead letter.",
  ),
  "CS-1901": entry("bug", "The relay met a case it does not know.", "Report it with the correlation id."),
} as const satisfies { readonly [code: string]: ErrorEntry };

/** A documented error code. */
export type ErrorCode = keyof typeof errorCodes;

/** Whether a text is a documented error code. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCodes, text);
}

/** Details of a failure that are safe to log: ids, codes and statuses, never customer data. */
export interface ErrorDetails {
  readonly httpStatus?: number;
  /** The upstream's own error code. */
  readonly upstreamCode?: string;
  /** The upstream's own words. May quote customer data: shown to the seller, never logged. */
  readonly upstreamMessage?: string;
  /** How long the upstream asked us to wait, milliseconds. */
  readonly retryAfterMs?: number;
  /** True when a write was sent and nobody knows whether it took effect (time-out, lost reply, 5xx). */
  readonly inDoubt?: boolean;
  readonly cause?: unknown;
}

/** A failure of the outside world, or a bug. Expected outcomes (stale version, not found) are values instead. */
export class RelayError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(`${code} ${errorCodes[code].meaning}`, { cause: details.cause });
    this.name = "RelayError";
    this.code = code;
    this.kind = errorCodes[code].kind;
    this.details = details;
  }
}

/** Any thrown thing as a RelayError; what we do not know is a bug of ours (CS-1901). */
export function toRelayError(thrown: unknown): RelayError {
  return thrown instanceof RelayError ? thrown : new RelayError("CS-1901", { cause: thrown });
}

function entry(kind: ErrorKind, meaning: string, action: string): ErrorEntry {
  return { kind, meaning, action };
}
