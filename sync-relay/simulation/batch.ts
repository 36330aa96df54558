// A batch of histories, one seed after the other. One in a hundred is told twice: the same seed must give the same
// history to the last call, or nothing that is found could be told again.

import { performance } from "node:perf_hooks";
import type { FaultProfile } from "./fault-profile";
import { runHistory, type HistoryOptions } from "./history";
import { addHistory, emptyTotals, type Totals } from "./totals";

const REPEATED_EVERY = 100;

export interface Batch {
  readonly from: number;
  readonly count: number;
  /** What is not as the seeds have it. */
  readonly profile?: Partial<FaultProfile>;
}

export async function runBatch({ from, count, profile = {} }: Batch, given: HistoryOptions): Promise<Totals> {
  const options = { ...given, profile };
  const totals = emptyTotals();
  const startedMs = performance.now();
  for (let seed = from; seed < from + count; seed += 1) {
    const result = await runHistory(seed, options);
    addHistory(totals, seed, result);
    if (seed % REPEATED_EVERY !== 0) continue;
    totals.repeated += 1;
    const again = await runHistory(seed, options);
    if (again.ledger.fingerprint !== result.ledger.fingerprint) {
      totals.failures.push({ seed, violations: ["I0 the same seed gave another history"] });
    }
  }
  totals.busyMs = performance.now() - startedMs;
  return totals;
}
