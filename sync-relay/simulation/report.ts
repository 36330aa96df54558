// What is printed: progress while a run lasts, and what it found.

import { performance } from "node:perf_hooks";
import { faultKinds } from "./fault-profile";
import type { HistoryOptions } from "./history";
import { shrink } from "./shrink";
import type { Totals } from "./totals";

/** Failures that are shrunk and told; the others are only named. */
const MOST_TOLD = 3;
const EVENTS_TOLD = 50;
/** Between two lines of progress in a log, which nothing overwrites. */
const LOGGED_EACH_MS = 30_000;

export interface Print {
  /** A line of the result. */
  readonly line: (text: string) => void;
  /** How far it is: overwritten on a terminal, a line now and then elsewhere. */
  readonly progress: (text: string) => void;
}

export function createPrint(
  out: NodeJS.WriteStream,
  err: NodeJS.WriteStream,
  now: () => number = () => performance.now(),
): Print {
  let shown = 0;
  let loggedMs = now();
  const clear = (): void => {
    if (shown > 0) err.write(`\r${" ".repeat(shown)}\r`);
    shown = 0;
  };
  const log = (text: string): void => {
    if (now() - loggedMs < LOGGED_EACH_MS) return;
    loggedMs = now();
    err.write(`${text}\n`);
  };
  return {
    line(text) {
      clear();
      out.write(`${text}\n`);
    },
    progress(text) {
      if (!err.isTTY) return log(text);
      clear();
      err.write(text);
      shown = text.length;
    },
  };
}

/** Figures of a run that took so long. */
export function printTotals(print: Print, totals: Totals, { seconds }: { readonly seconds: number }): void {
  const { histories, calls, changes, writes, repeated, faults, failures } = totals;
  print.line(
    `histories            ${histories} in ${seconds.toFixed(1)} s, ${Math.round(histories / seconds)} a second`,
  );
  print.line(`calls per change     ${(calls / changes).toFixed(2)} with all faults, sweeps and creates`);
  print.line(`a history has        ${per(calls)} calls, ${per(writes)} writes, ${per(changes)} changes`);
  print.line(`told twice           ${repeated} histories, to see that the same seed gives the same history`);
  print.line(`faults injected      ${sum(faults)}`);
  for (const kind of faultKinds) print.line(`  ${kind.padEnd(18)} ${faults[kind]}`);
  print.line(`violations           ${failures.length}`);

  function per(total: number): string {
    return (total / histories).toFixed(1);
  }
}

function sum(faults: Totals["faults"]): number {
  return faultKinds.reduce((total, kind) => total + faults[kind], 0);
}

/** Each failure with its seed; the first ones with the faults that it takes and the last events. */
export async function printFailures(print: Print, { failures }: Totals, options: HistoryOptions): Promise<void> {
  const inOrder = [...failures].sort((a, b) => a.seed - b.seed);
  for (const [at, { seed, violations }] of inOrder.entries()) {
    print.line("");
    print.line(`seed ${seed}`);
    for (const violation of new Set(violations)) print.line(`  ${violation}`);
    if (at < MOST_TOLD) await printShrunk(print, seed, options);
  }
}

async function printShrunk(print: Print, seed: number, options: HistoryOptions): Promise<void> {
  print.progress(`looking for the faults that matter in seed ${seed}`);
  const { needed, leftOut, history } = await shrink(seed, options);
  print.line(`  faults and deeds that it takes (${leftOut} others do not matter):`);
  print.line(`    ${needed.join(" ") || "none"}`);
  print.line(`  the last ${EVENTS_TOLD} events:`);
  for (const line of (history.ledger.trace ?? []).slice(-EVENTS_TOLD)) print.line(`    ${line}`);
}
