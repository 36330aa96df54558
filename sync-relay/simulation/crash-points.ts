// Every place at which a process may die, one after the other: each scenario is a history without any other fault, and
// for each of its calls it is run again with a process that dies before it, after it, or after a request that takes
// effect when the process is no more.

import { performance } from "node:perf_hooks";
import { noTrouble, type FaultProfile } from "./fault-profile";
import { runHistory, type HistoryOptions } from "./history";
import { crashMoments, type CrashPoint } from "./relay/boundaries";
import { addHistory, emptyTotals, type Totals } from "./totals";

/** Scenarios to take: those of these seeds. */
export interface CrashTask {
  readonly from: number;
  readonly scenarios: number;
}

/** A few deals and edits, with sweeps, and nothing that fails by chance. */
const quiet: Partial<FaultProfile> = { ...noTrouble, calm: false, interference: 0, refusesOnePair: false };

export async function runCrashPoints({ from, scenarios }: CrashTask, options: HistoryOptions): Promise<Totals> {
  const totals = emptyTotals();
  const startedMs = performance.now();
  for (let seed = from; seed < from + scenarios; seed += 1) {
    const undisturbed = await runHistory(seed, { ...options, profile: quiet, listBoundaries: true });
    addHistory(totals, seed, undisturbed);
    for (const { number, mayArriveLate } of undisturbed.boundaries) {
      for (const when of crashMoments) {
        if (when !== "late" || mayArriveLate) await tryPoint(totals, { seed, point: { at: number, when } }, options);
      }
    }
  }
  totals.busyMs = performance.now() - startedMs;
  return totals;
}

interface Try {
  readonly seed: number;
  readonly point: CrashPoint;
}

async function tryPoint(totals: Totals, { seed, point }: Try, options: HistoryOptions): Promise<void> {
  const result = await runHistory(seed, { ...options, profile: quiet, crashPoint: point });
  addHistory(totals, seed, result);
  const failure = totals.failures.at(-1);
  if (result.violations.length === 0 || failure === undefined) return;
  const where = `dying ${point.when} call ${point.at}`;
  totals.failures[totals.failures.length - 1] = {
    seed,
    violations: failure.violations.map((violation) => `${violation} (${where})`),
  };
}
