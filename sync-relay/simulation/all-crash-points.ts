import { performance } from "node:perf_hooks";
import type { Options } from "./options";
import { printTotals, type Print } from "./report";
import { onThreads, type Job } from "./threads";
import { addTotals, emptyTotals } from "./totals";

const SCENARIOS = 200;

/** Dies everywhere in all scenarios. True when everything held. */
export async function allCrashPoints({ seed, jobs }: Options, print: Print): Promise<boolean> {
  const totals = emptyTotals();
  const startedMs = performance.now();
  let scenarios = 0;
  await onThreads(scenariosFrom(seed), {
    threads: jobs,
    done(found) {
      addTotals(totals, found);
      scenarios += 1;
      print.progress(`${scenarios} of ${SCENARIOS} scenarios, ${totals.faults.crash} deaths`);
      return true;
    },
  });
  print.line(`scenarios            ${scenarios}`);
  print.line(
    `deaths               ${totals.faults.crash}: one a history, before or after each call, or with a late effect`,
  );
  printTotals(print, totals, { seconds: (performance.now() - startedMs) / 1000 });
  for (const { seed: at, violations } of totals.failures) print.line(`seed ${at}: ${violations.join("; ")}`);
  return totals.failures.length === 0;
}

function* scenariosFrom(seed: number): Generator<Job> {
  for (let at = 0; at < SCENARIOS; at += 1) yield { kind: "crash-points", from: seed + at, scenarios: 1 };
}
