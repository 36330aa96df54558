import type { FieldChange } from "../core/audit-entry";
import type { Reconciliation } from "../core/reconcile";
import type { Progress } from "./progress";
import type { Run } from "./run";

/** Counts decided conflicts once a run and keeps the losing values for the audit trail. */
export function noteConflicts(run: Run, decision: Reconciliation, progress: Progress): void {
  for (const { field, winner, kept, lost } of decision.conflicts) {
    if (winner === null || progress.reported.has(field)) continue;
    progress.reported.add(field);
    progress.pending.push({ field, before: lost, after: kept, lost });
    run.parts.metrics.count("cosell_conflicts_total", { field, winner });
  }
}

/** The changes of a write, with the values that lost a conflict in the same fields. */
export function withLost(changes: readonly FieldChange[], progress: Progress): readonly FieldChange[] {
  return changes.map((change) => {
    const at = progress.pending.findIndex((pending) => pending.field === change.field);
    if (at < 0) return change;
    const [pending] = progress.pending.splice(at, 1);
    return pending?.lost === undefined ? change : { ...change, lost: pending.lost };
  });
}
