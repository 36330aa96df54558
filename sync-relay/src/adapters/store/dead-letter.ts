import type { AuditEntry } from "../../core/audit-entry";
import { newPair, type Pair } from "../../core/pair";
import type { RelayEvent } from "../../core/event";

/** A pair whose work killed one worker after the other. */
export function buried(pair: Pair | null, opportunityId: string): Pair {
  return { ...(pair ?? newPair(opportunityId)), status: "needs-attention", deadBecause: "CS-1501" };
}

/** What the audit trail says of it. */
export function burialEntry(pair: Pair, at: { readonly atMs: number; readonly correlationId: string }): AuditEntry {
  return {
    ...at,
    opportunityId: pair.opportunityId,
    referralId: pair.referralId,
    direction: null,
    action: "sync",
    changes: [],
    result: "failed",
    reason: "CS-1501",
  };
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
