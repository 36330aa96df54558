import type { AuditEntry } from "../../core/audit-entry";
import { newPair, type Pair } from "../../core/pair";
import { idOfKey, type RelayEvent } from "../../core/event";
import type { Claim, RunResult } from "../../ports/work-queue";

/** The end of a run that never was: the work killed one worker after the other, so the pair becomes a dead letter. */
export function burial({ key, pair, events }: Claim, atMs: number): RunResult {
  const opportunityId = idOfKey(key);
  const entry: AuditEntry = {
    atMs,
    opportunityId,
    referralId: pair?.referralId ?? null,
    direction: null,
    action: "sync",
    changes: [],
    result: "failed",
    reason: "CS-1501",
    correlationId: events.at(-1)?.event.correlationId ?? opportunityId,
  };
  const dead: Pair = { ...(pair ?? newPair(opportunityId)), status: "needs-attention", deadBecause: "CS-1501" };
  return { pair: dead, audit: [entry], next: { kind: "none" } };
}

/** The hint that brings a dead letter back to work. */
export function redriveEvent(pair: Pick<Pair, "opportunityId" | "revision">, correlationId: string): RelayEvent {
  return {
    source: "redrive",
    kind: "opportunity-updated",
    recordId: pair.opportunityId,
    changedAt: null,
    ownWrite: false,
    dedupeId: `${pair.opportunityId}:${pair.revision}`,
    correlationId,
  };
}
