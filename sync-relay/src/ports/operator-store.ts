import type { AuditEntry } from "../core/audit-entry";
import type { PairKey, RelayEvent } from "../core/event";
import type { Pair } from "../core/pair";

/** What an operator's commands ask of the store beside the ports that the sync itself uses. */
export interface OperatorStore {
  /** Relays that are connected to the database now. */
  runningRelays(): Promise<number>;
  /** Relays and commands connected now that seal with another key, or are too old to tell with which. */
  sealingOtherwise(keyId: string): Promise<number>;
  /** Dead letters, the latest first. */
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** Stored pairs in the order of their opportunity ids, after that one; a page at a time. */
  pairsAfter(opportunityId: string | null, atMost: number): Promise<readonly Pair[]>;
  /** What arrived for these keys, the latest first; kept for a week, and as long as it waits. */
  eventsOf(keys: readonly PairKey[], atMost: number): Promise<readonly PastEvent[]>;
  /** Keys for which something arrived since then. */
  keysSince(sinceMs: number): Promise<readonly PairKey[]>;
  /** When the next run of a key is due; null when none is. */
  dueAt(key: PairKey): Promise<number | null>;
  /** How many of these events wait still. */
  waitingOf(source: RelayEvent["source"], dedupeIds: readonly string[]): Promise<number>;
  /** What was done since then, counted; no ids and no values. */
  auditCounts(sinceMs: number): Promise<readonly AuditCount[]>;
}

/** A pair that was given up. */
export interface DeadLetter {
  readonly opportunityId: string;
  readonly referralId: string | null;
  /** Error code. */
  readonly because: string;
  /** When it was given up; null when the entry is no longer kept. */
  readonly sinceMs: number | null;
}

export interface PastEvent {
  readonly event: RelayEvent;
  readonly receivedAtMs: number;
  /** False once it was dealt with. */
  readonly waits: boolean;
}

export interface AuditCount extends Pick<AuditEntry, "action" | "result" | "reason"> {
  readonly count: number;
}
