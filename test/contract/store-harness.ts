import type { AuditEntry } from "../../sync-relay/src/core/audit-entry";
import type { RelayEvent } from "../../sync-relay/src/core/event";
import { newPair, type Pair } from "../../sync-relay/src/core/pair";
import type { Claim, WorkQueue } from "../../sync-relay/src/ports/work-queue";
import type { BudgetLimits } from "../../sync-relay/src/adapters/store/budget/upstream-limits";
import type { Store } from "../../sync-relay/src/adapters/store/store";

/** How one replica is opened. */
export interface ReplicaOptions {
  readonly soleReplica?: boolean;
  readonly coalesceMs?: number;
  readonly budgets?: BudgetLimits;
}

/** One set of stored data, which any number of stores open as replicas; and its time. */
export interface StoreHarness {
  open(options?: ReplicaOptions): Promise<Store>;
  /** Lets time pass for all replicas and the data, without waiting for it. */
  pass(ms: number): Promise<void>;
  now(): number;
  /** Resolves when the replicas have done what they were about to do. */
  settle(): Promise<void>;
  /** Resolves when dead workers were looked for after now. */
  lookedForDeadWorkers(): Promise<void>;
  /** Removes the data. Stores that are still open are closed. */
  dispose(): Promise<void>;
}

export type MakeHarness = () => Promise<StoreHarness>;

/** Polls of `claimSoon`: with the pause of the slowest harness about twenty seconds. */
const POLLS = 1_000;

/** The first claims that a queue hands out. */
export async function claimSoon(harness: StoreHarness, queue: WorkQueue, free = 10): Promise<readonly Claim[]> {
  for (let poll = 0; poll < POLLS; poll++) {
    const claims = await queue.claim(free);
    if (claims.length > 0) return claims;
    await harness.settle();
  }
  throw new Error("nothing was handed out");
}

/** The one claim that a queue hands out. */
export async function claimOne(harness: StoreHarness, queue: WorkQueue): Promise<Claim> {
  const [claim, ...others] = await claimSoon(harness, queue);
  if (claim === undefined || others.length > 0) throw new Error(`${others.length + 1} claims instead of one`);
  return claim;
}

/** The end of a run that did nothing. */
export const nothingMore = { pair: null, audit: [], next: { kind: "none" } } as const;

/** An entry of the audit trail; say only what matters. */
export function anAuditEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    atMs: 1_700_000_000_000,
    opportunityId: "01",
    referralId: null,
    direction: "crm-to-partner-center",
    action: "update",
    changes: [{ field: "details/dealValue", before: 1, after: 2 }],
    result: "done",
    reason: null,
    correlationId: "c",
    ...changes,
  };
}

let counter = 0;

export function uniqueId(): string {
  return `00000000-0000-4000-8000-${String(++counter).padStart(12, "0")}`;
}

export function anEvent(fields: Partial<RelayEvent> = {}): RelayEvent {
  const id = uniqueId();
  return {
    source: "dataverse",
    kind: "opportunity-updated",
    recordId: id,
    changedAt: null,
    ownWrite: false,
    dedupeId: `delivery ${id}`,
    correlationId: `correlation ${id}`,
    ...fields,
  };
}

export function aPair(fields: Partial<Pair> = {}): Pair {
  return { ...newPair(uniqueId()), ...fields };
}

/** Stores a pair the way the pipeline does: in a run of its key. */
export async function savedPair(harness: StoreHarness, store: Store, fields: Partial<Pair> = {}): Promise<Pair> {
  const pair = aPair(fields);
  await store.queue.wake([`opp:${pair.opportunityId}`], 0);
  const claim = await claimOne(harness, store.queue);
  const saved = await store.queue.checkpoint(claim, { ...pair, revision: claim.pair?.revision ?? pair.revision });
  await store.queue.finish(claim, nothingMore);
  return saved;
}

/** Dedupe ids of a claim's events, in order. */
export function deliveries(claim: Claim): readonly string[] {
  return claim.events.map(({ event }) => event.dedupeId);
}
