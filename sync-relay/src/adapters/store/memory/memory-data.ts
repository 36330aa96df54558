import type { AuditEntry } from "../../../core/audit-entry";
import type { PairKey } from "../../../core/event";
import type { Pair } from "../../../core/pair";
import type { ReferralName } from "../../../core/referral";
import type { WaitingEvent } from "../../../ports/work-queue";
import type { SharedBuckets } from "../budget/memory-budget";

/** The right to work on a key, until its heartbeat runs out. */
export interface Lease {
  heartbeatAtMs: number;
}

/** One key's place in the queue. */
export interface Lane {
  /** When the next run is due; null when none waits. */
  dueAtMs: number | null;
  lease: Lease | null;
  /** Workers that died on it in a row. */
  deaths: number;
}

/** What a database would hold. Several stores on the same data are replicas, or a relay before and after a restart. */
export interface MemoryData {
  nextSeq: number;
  /** Source and dedupe id of every event ever stored. */
  readonly known: Set<string>;
  /** Arrival of the newest event of every key. */
  readonly received: Map<PairKey, number>;
  readonly waiting: Map<PairKey, WaitingEvent[]>;
  readonly lanes: Map<PairKey, Lane>;
  readonly pairs: Map<string, Pair>;
  /** Referral id → opportunity id. */
  readonly aliases: Map<string, string>;
  /** By referral id. */
  readonly names: Map<string, ReferralName>;
  readonly audit: AuditEntry[];
  readonly facts: Map<string, string>;
  readonly secrets: Map<string, string>;
  readonly buckets: SharedBuckets;
  /** Names that run exclusively now. */
  readonly running: Set<string>;
  /** Called when a key may have become due. */
  readonly listeners: Set<() => void>;
}

export function createMemoryData(): MemoryData {
  return {
    nextSeq: 1,
    known: new Set(),
    received: new Map(),
    waiting: new Map(),
    lanes: new Map(),
    pairs: new Map(),
    aliases: new Map(),
    names: new Map(),
    audit: [],
    facts: new Map(),
    secrets: new Map(),
    buckets: new Map(),
    running: new Set(),
    listeners: new Set(),
  };
}
