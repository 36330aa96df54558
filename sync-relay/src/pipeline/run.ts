// One run of one pair: the claim, the pair as it changes along the way, and what will be told about it at the end.

import type { AuditEntry } from "../core/audit-entry";
import type { RelayEvent } from "../core/event";
import type { Pair } from "../core/pair";
import type { Claim, NextRun } from "../ports/work-queue";
import type { SyncParts } from "./sync-parts";

/** A run in progress. */
export interface Run {
  readonly parts: SyncParts;
  readonly claim: Claim;
  /** Events that may be used: verified ones. */
  events: readonly RelayEvent[];
  /** Goes into log, audit, request headers: one id for everything that this run does. */
  readonly correlationId: string;
  /** The pair as this run knows it. */
  pair: Pair;
  /** The pair as it is stored. */
  durable: Pair;
  readonly audit: AuditEntry[];
  /** How many entries of `audit` stand on the opportunity already. */
  told: number;
}

/** How a run ended: for metrics, and what comes next. */
export interface RunOutcome {
  readonly outcome: string;
  readonly next: NextRun;
}

export const NOTHING_NEXT: NextRun = { kind: "none" };

/**
 * Makes the pair durable in the middle of a run. What is stored counts as unfinished until the run has ended: it holds
 * the events' news already, so that after a crash the events alone would look like echoes and the rest be forgotten.
 */
export async function checkpoint(run: Run, pair: Pair): Promise<void> {
  run.durable = await run.parts.queue.checkpoint(run.claim, { ...pair, unfinished: true });
  run.pair = { ...run.durable, unfinished: false };
}

/** What differs between audit entries; ids and time are the run's. */
export type Report = Pick<AuditEntry, "direction" | "action" | "result"> & Partial<AuditEntry>;

/** An audit entry of this run, not reported yet. */
export function auditEntry(run: Run, entry: Report): AuditEntry {
  return {
    atMs: run.parts.clock.now(),
    opportunityId: run.pair.opportunityId,
    referralId: run.pair.referralId,
    changes: [],
    reason: null,
    correlationId: run.correlationId,
    ...entry,
  };
}

/** Adds an entry to what the run will report. */
export function report(run: Run, entry: Report): AuditEntry {
  const full = auditEntry(run, entry);
  run.audit.push(full);
  return full;
}
