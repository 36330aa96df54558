// One run of one pair: the claim, the pair as it changes along the way, and what will be told about it at the end.

import type { AuditEntry, Direction } from "../core/audit-entry";
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
  /** Directions in which something was not written because an admin has paused them. */
  readonly heldBack: Set<Direction>;
}

/** How a run ended: for metrics, and what comes next. */
export interface RunOutcome {
  readonly outcome: string;
  readonly next: NextRun;
}

export const NOTHING_NEXT: NextRun = { kind: "none" };

/**
 * Makes the pair durable in the middle of a run. It is stored as unfinished: should the process die before the run ends,
 * the next run must go on, although the events that led here are by then older than what is remembered.
 */
export async function checkpoint(run: Run, pair: Pair): Promise<void> {
  run.durable = await run.parts.queue.checkpoint(run.claim, {
    ...pair,
    unfinished: true,
    unreported: [...run.audit],
  });
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

/** Lines that wait for the next write of the opportunity; older ones are only in the relay's own trail. */
const MOST_UNTOLD = 20;

/** Adds an entry to what the run will report. What was done is also told on the opportunity, at its next write. */
export function report(run: Run, entry: Report): AuditEntry {
  const full = auditEntry(run, entry);
  run.audit.push(full);
  if (full.result === "done") run.pair = { ...run.pair, untold: [...run.pair.untold, full].slice(-MOST_UNTOLD) };
  return full;
}
