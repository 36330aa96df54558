// A relay event is a hint that something changed, never data: it names a record, and the record is read again.

/** What happened, in the words of the source. */
export type EventKind =
  | "opportunity-created"
  | "opportunity-updated"
  | "opportunity-deleted"
  | "referral-created"
  | "referral-updated"
  | "related-referral-created"
  | "related-referral-updated"
  | "test-created";

/** Who told us: a webhook of either cloud, our own sweep, or an admin's retry. */
export type EventSource = "dataverse" | "partner-center" | "sweep" | "redrive";

/** A hint that a record changed. */
export interface RelayEvent {
  readonly source: EventSource;
  readonly kind: EventKind;
  /** GUID (lower case) of the opportunity or referral that changed. */
  readonly recordId: string;
  /** When it changed, by the sender's clock, ISO 8601 UTC as sent. A hint for echo detection only. */
  readonly changedAt: string | null;
  /** True when the sender's marks say that the relay itself made this change. */
  readonly ownWrite: boolean;
  /** The same delivery sent twice has the same id; saves work, correctness does not rest on it. */
  readonly dedupeId: string;
  /** Goes into log, audit and request headers. */
  readonly correlationId: string;
}

/**
 * The queue key of an event: `opp:<opportunity id>` or `ref:<referral id>`. Side effects happen only in runs of an
 * `opp:` key; a run of a `ref:` key finds the opportunity and hands its events over. So one pair has one writer.
 */
export function pairKeyOf(event: RelayEvent): PairKey {
  return event.kind.startsWith("opportunity") ? opportunityKey(event.recordId) : referralKey(event.recordId);
}

/** Key of a queue lane: one run at a time per key. */
export type PairKey = `opp:${string}` | `ref:${string}`;

export function opportunityKey(opportunityId: string): PairKey {
  return `opp:${opportunityId.toLowerCase()}`;
}

export function referralKey(referralId: string): PairKey {
  return `ref:${referralId.toLowerCase()}`;
}

/** The record id in a key. */
export function idOfKey(key: PairKey): string {
  return key.slice("opp:".length);
}
