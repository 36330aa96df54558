import type { AuditEntry } from "../core/audit-entry";
import type { PairKey, RelayEvent } from "../core/event";
import type { Pair } from "../core/pair";
import type { WebhookRequest } from "./webhook-source";

/** An event that waits in the inbox. */
export interface WaitingEvent {
  /** Position in the inbox; order of arrival. */
  readonly seq: string;
  readonly event: RelayEvent;
  /** Milliseconds since the epoch. */
  readonly receivedAtMs: number;
  /** Set while the signature was not checked; must be verified before the event is used. */
  readonly unverified?: WebhookRequest;
}

/**
 * The exclusive right to work on one key, with everything that waits for it. At most one claim per key is alive;
 * a claim whose worker died is given to another after its heartbeat runs out.
 */
export interface Claim {
  readonly key: PairKey;
  /** In order of arrival. May be empty: a wake-up after a delay, or a retry. */
  readonly events: readonly WaitingEvent[];
  /** The stored pair of an `opp:` key, or null. Always null for a `ref:` key. */
  readonly pair: Pair | null;
}

/** What becomes of the key after a run. */
export type NextRun =
  /** Nothing more to do until a new event. */
  | { readonly kind: "none" }
  /** Run again at that time; the claim's events stay in the inbox when `keepEvents`. New events join this run. */
  | { readonly kind: "later"; readonly atMs: number; readonly keepEvents: boolean }
  /** The events belong to another key: moved there, and that key is woken at once. */
  | { readonly kind: "moved"; readonly to: PairKey };

/** The end of a run, applied in one transaction. */
export interface RunResult {
  /** New state of the pair; null leaves it as it is. Saved only if the revision is still the claimed one. */
  readonly pair: Pair | null;
  readonly audit: readonly AuditEntry[];
  readonly next: NextRun;
}

/** The durable queue of pairs that have something to do. */
export interface WorkQueue {
  /**
   * Up to `free` claims of keys that are due. A `ref:` key whose referral is linked to a known pair is handed over to
   * that pair's `opp:` key inside the store, without a claim.
   */
  claim(free: number): Promise<readonly Claim[]>;
  /** Tells that work on these claims goes on. Called every few seconds. */
  touch(claims: readonly Claim[]): Promise<void>;
  /**
   * Saves the pair in the middle of a run, before a side effect. Returns the pair with its new revision.
   * Throws RelayError CS-1302 when somebody else saved it since.
   */
  checkpoint(claim: Claim, pair: Pair): Promise<Pair>;
  /**
   * Ends the run: events done (unless kept or moved), pair, audit and next run in one transaction. Throws CS-1302 as above,
   * CS-1301 while the store is away, and CS-1901 when it would never take this.
   */
  finish(claim: Claim, result: RunResult): Promise<void>;
  /** Makes keys due after a delay; a key that already waits keeps its earlier time. */
  wake(keys: readonly PairKey[], delayMs: number): Promise<void>;
  /** Resolves when a key may have become due, or after at most `maxMs`. */
  waitForWork(maxMs: number): Promise<void>;
  /** How much waits, for /metrics and /readyz. */
  depth(): Promise<{ readonly events: number; readonly oldestAgeMs: number; readonly dead: number }>;
  /** Runs `work` unless another replica runs the same name now; returns false then. */
  exclusively(name: string, work: () => Promise<void>): Promise<boolean>;
}
