// A pair is an opportunity and its referral, kept together with what the relay last saw of both and decided.
// Everything here is durable; every version of it is written with a revision, so a stalled worker cannot overwrite.

import type { AuditEntry, Direction } from "./audit-entry";
import type { Json, JsonObject } from "./json";
import type { Opportunity } from "./opportunity";
import type { Referral } from "./referral";
import type { SyncStatus } from "../../../solution/schema/sync-status";

/** Canonical values by field key; the key of a field is its Partner Center path. */
export type FieldValues = Readonly<Record<string, Json>>;

/** What the relay remembers of one field: the last observation of both sides and the decision. */
export interface FieldMemory {
  readonly crm: Json;
  readonly partnerCenter: Json;
  readonly decided: Json;
  /** The decision is only the form in which a server keeps what it was sent: any edit is newer than that. */
  readonly form?: true;
}

/** Values sent to a side under a version, of which nobody knows yet whether they took effect. */
export interface Unconfirmed {
  readonly version: string;
  /** Oldest first; they add up until one is confirmed, since an older write may land late. */
  readonly candidates: readonly FieldValues[];
  /** What stood there under that version, for the audit trail: one of them may have lost a conflict. */
  readonly replaced?: FieldValues;
}

/** A create that was decided and may have happened. The payload is frozen: a retry sends the same bytes. */
export interface CreateIntent {
  readonly kind: "create-referral" | "invite-microsoft" | "create-opportunity";
  /** Repeated on every retry (MS-RequestId). */
  readonly requestId: string;
  /** Milliseconds since the epoch, our clock. */
  readonly startedAtMs: number;
  /** When the last POST was sent, or an opportunity was found to be made already; null before that. */
  readonly sentAtMs: number | null;
  readonly payload: JsonObject;
  /** Canonical values behind the payload: the base of the pair once the create is known to have happened. */
  readonly values: FieldValues;
  /** Times of negative look-ups since the last POST. */
  readonly lookedUpAtMs: readonly number[];
  /**
   * Nothing was sent by this store. A store before it, which was lost, may have begun to create; what it sent is unknown,
   * so payload and values are empty.
   */
  readonly inherited?: true;
}

/**
 * Why a changed field is not carried over.
 * - `not-changeable`: Partner Center fixes it at creation. - `closed`: the referral is closed.
 * - `one-way`: the choice cannot be taken back. - `conflict`: both sides changed it and the rule is `ask`.
 * - `unstable`: a side stores another value than was written, again and again. - `not-ready`: a hard rule is broken.
 * - `on-hold`: the opportunity is on hold.
 */
export type HeldReason = "not-changeable" | "closed" | "one-way" | "conflict" | "unstable" | "not-ready" | "on-hold";

/** A changed field that is not carried over, and why. */
export interface HeldField {
  readonly field: string;
  readonly because: HeldReason;
}

/** What the relay keeps of Microsoft's referral of the engagement. */
export interface MicrosoftSide {
  /** `updatedDateTime` as received. */
  readonly updatedAt: string;
  readonly crmId: string | null;
  /** Status as shown to the seller. */
  readonly shownStatus: string;
}

/** A pair and its memory. */
export interface Pair {
  /** Grows by one with each durable write. */
  readonly revision: number;
  /** GUID, lower case. */
  readonly opportunityId: string;
  readonly referralId: string | null;
  readonly engagementId: string | null;
  /** Microsoft's referral of the engagement, once known. */
  readonly microsoftReferralId: string | null;
  /** What Microsoft's referral said when it was last read. */
  readonly microsoft: MicrosoftSide | null;
  readonly fields: Readonly<Record<string, FieldMemory>>;
  /** Last opportunity seen, with its version; null when never read or known to be stale. */
  readonly crm: Opportunity | null;
  /** Last referral seen, with its eTag; null when never read or known to be stale. */
  readonly partnerCenter: Referral | null;
  readonly unconfirmedCrm: Unconfirmed | null;
  readonly unconfirmedPartnerCenter: Unconfirmed | null;
  readonly intent: CreateIntent | null;
  /** Help code that Microsoft was invited with; null while Microsoft is not invited. */
  readonly helpSent: string | null;
  readonly held: readonly HeldField[];
  /** What was done and does not stand in the audit trail on the opportunity yet. */
  readonly untold: readonly AuditEntry[];
  /** What a run that has not ended did so far; goes into the relay's audit trail when it, or the next one, ends. */
  readonly unreported: readonly AuditEntry[];
  readonly status: SyncStatus;
  /** The opportunity is gone: nothing is ever written again. */
  readonly opportunityGone: boolean;
  /** The last run ended early: the next one goes on even if its events look like echoes. */
  readonly unfinished: boolean;
  /** Directions in which the last run held something back because an admin had paused them. */
  readonly paused: readonly Direction[];
  /** Runs that failed in a row. */
  readonly failures: number;
  /** Code of the failure that made it a dead letter; null otherwise. */
  readonly deadBecause: string | null;
}

/** A pair of which nothing is known but the opportunity. */
export function newPair(opportunityId: string): Pair {
  return {
    revision: 0,
    opportunityId: opportunityId.toLowerCase(),
    referralId: null,
    engagementId: null,
    microsoftReferralId: null,
    microsoft: null,
    fields: {},
    crm: null,
    partnerCenter: null,
    unconfirmedCrm: null,
    unconfirmedPartnerCenter: null,
    intent: null,
    helpSent: null,
    held: [],
    untold: [],
    unreported: [],
    status: "not-shared",
    opportunityGone: false,
    unfinished: false,
    paused: [],
    failures: 0,
    deadBecause: null,
  };
}
