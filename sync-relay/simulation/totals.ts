// What many histories add up to.

import { faultKinds, type FaultKind } from "./fault-profile";
import type { HistoryResult } from "./history";

/** A history in which something did not hold. */
export interface Failure {
  readonly seed: number;
  readonly violations: readonly string[];
}

export interface Totals {
  histories: number;
  /** Time that threads spent on them. */
  busyMs: number;
  calls: number;
  /** Changes that people made, those that made a record included. */
  changes: number;
  writes: number;
  /** Histories that were told twice, to see that the same seed gives the same history. */
  repeated: number;
  readonly faults: Record<FaultKind, number>;
  readonly failures: Failure[];
}

export function emptyTotals(): Totals {
  const faults = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>;
  return { histories: 0, busyMs: 0, calls: 0, changes: 0, writes: 0, repeated: 0, faults, failures: [] };
}

export function addHistory(totals: Totals, seed: number, { violations, ledger, faults, profile }: HistoryResult): void {
  totals.histories += 1;
  totals.calls += ledger.calls;
  totals.changes += ledger.deeds + profile.pairs;
  totals.writes += ledger.writtenTo.length;
  for (const kind of faultKinds) totals.faults[kind] += faults.counts[kind];
  if (violations.length > 0) totals.failures.push({ seed, violations });
}

export function addTotals(totals: Totals, other: Totals): void {
  totals.histories += other.histories;
  totals.busyMs += other.busyMs;
  totals.calls += other.calls;
  totals.changes += other.changes;
  totals.writes += other.writes;
  totals.repeated += other.repeated;
  for (const kind of faultKinds) totals.faults[kind] += other.faults[kind];
  totals.failures.push(...other.failures);
}
