import type { RelayEvent } from "../core/event";
import type { WebhookRequest } from "./webhook-source";

/** An event to store. `unverified` keeps the request for the events whose signature could not be checked yet. */
export interface InboxEntry {
  readonly event: RelayEvent;
  readonly unverified?: WebhookRequest;
}

/** The durable, de-duplicated first stop of every event. */
export interface Inbox {
  /**
   * Stores events and returns once they are durable (that is the acknowledgement), then makes sure each pair is woken
   * after the coalescing window. An event whose `source` and `dedupeId` are already stored is not stored again.
   * Throws RelayError CS-1301 when they could not be stored.
   */
  put(entries: readonly InboxEntry[]): Promise<void>;
}
