// What a sync would do to one deal, found out by letting the real pipeline run on clouds that only remember what they
// were told to write. What is read is real; nothing is written, to no cloud and not to the store.

import { opportunityKey, referralKey, type PairKey, type RelayEvent } from "../core/event";
import type { Json, JsonObject } from "../core/json";
import type { OpportunityChanges } from "../core/opportunity";
import type { Pair } from "../core/pair";
import type { PatchOperation } from "../core/referral";
import { runClaim } from "../pipeline/run-claim";
import type { SyncParts } from "../pipeline/sync-parts";
import type { NewOpportunity } from "../ports/crm";
import type { Claim, NextRun, RunResult, WorkQueue } from "../ports/work-queue";
import { dryCrm } from "./dry-crm";
import { dryPartnerCenter } from "./dry-partner-center";

/** A write that was not made. */
export type DryWrite =
  | {
      readonly kind: "update-opportunity";
      readonly id: string;
      readonly before: Readonly<Record<string, Json>>;
      readonly changes: OpportunityChanges;
    }
  | { readonly kind: "create-opportunity"; readonly id: string; readonly opportunity: NewOpportunity }
  | {
      readonly kind: "patch-referral";
      readonly id: string;
      readonly before: JsonObject;
      readonly operations: readonly PatchOperation[];
    }
  | { readonly kind: "create-referral"; readonly payload: JsonObject };

export interface DryRun {
  readonly writes: readonly DryWrite[];
  /** The pair as it would be afterwards; null when nothing would be remembered. */
  readonly pair: Pair | null;
  readonly next: NextRun;
}

/** Hand-overs from a referral to its opportunity are followed; more than these would be a circle. */
const MOST_RUNS = 4;

/** Runs one opportunity or referral as if it had just been asked for. */
export async function dryRun(parts: SyncParts, start: PairKey): Promise<DryRun> {
  const writes: DryWrite[] = [];
  const crm = dryCrm(parts.crm, { statusPath: parts.map.statusPath, note: (write) => void writes.push(write) });
  const partnerCenter = dryPartnerCenter(parts, (write) => void writes.push(write));
  let key = start;
  let pair = await storedPair(parts, key);
  let result: RunResult = { pair, audit: [], next: { kind: "none" } };
  for (let runs = 0; runs < MOST_RUNS; runs += 1) {
    const queue = dryQueue((ended) => (result = ended));
    await runClaim({ ...parts, crm, partnerCenter, queue, pairs: dryPairs(parts) }, claimOf(parts, key, pair));
    if (result.next.kind !== "moved") break;
    key = result.next.to;
    pair = result.pair ?? (await storedPair(parts, key));
  }
  return { writes, pair: result.pair ?? pair, next: result.next };
}

async function storedPair({ pairs }: SyncParts, key: PairKey): Promise<Pair | null> {
  return key.startsWith("opp:") ? pairs.byOpportunity(key.slice("opp:".length)) : null;
}

function claimOf(parts: SyncParts, key: PairKey, pair: Pair | null): Claim {
  const event = askedFor(key, { dedupeId: "dry-run", correlationId: parts.random.uuid() });
  return { key, pair, events: [{ seq: "0", event, receivedAtMs: parts.clock.now() }] };
}

/** An event that makes a run read both sides anew, as an admin asks for it. */
export function askedFor(key: PairKey, ids: Pick<RelayEvent, "dedupeId" | "correlationId">): RelayEvent {
  const isOpportunity = key.startsWith("opp:");
  return {
    source: "redrive",
    kind: isOpportunity ? "opportunity-updated" : "referral-updated",
    recordId: key.slice("opp:".length),
    changedAt: null,
    ownWrite: false,
    ...ids,
  };
}

/** The queue key of an id that a person gave: of a known pair its opportunity's, else by what the id is said to be. */
export async function keyOfId({ pairs }: Pick<SyncParts, "pairs">, id: string, kind: "opportunity" | "referral") {
  const pair = (await pairs.byOpportunity(id)) ?? (await pairs.byReferral(id));
  if (pair !== null) return opportunityKey(pair.opportunityId);
  return kind === "opportunity" ? opportunityKey(id) : referralKey(id);
}

/** Keeps nothing and hands nothing out; the end of a run is told. */
function dryQueue(ended: (result: RunResult) => void): WorkQueue {
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    claim: () => Promise.resolve([]),
    touch: nothing,
    checkpoint: (_claim, pair) => Promise.resolve({ ...pair, revision: pair.revision + 1 }),
    finish: (_claim, result) => Promise.resolve(ended(result)),
    wake: nothing,
    waitForWork: nothing,
    depth: () => Promise.resolve({ events: 0, oldestAgeMs: 0, dead: 0 }),
    exclusively: () => Promise.resolve(false),
  };
}

function dryPairs({ pairs }: SyncParts): SyncParts["pairs"] {
  return { ...pairs, setFact: () => Promise.resolve(), noteNames: () => Promise.resolve() };
}
