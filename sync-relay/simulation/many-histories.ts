import { performance } from "node:perf_hooks";
import type { Batch } from "./batch";
import { createMaps } from "./maps";
import type { Options } from "./options";
import type { ProgressFile } from "./progress-file";
import { printFailures, printTotals, type Print } from "./report";
import { onThreads, type Job } from "./threads";
import { addTotals, emptyTotals } from "./totals";

/** Histories that a thread is given at once: a second or two of work. */
const BATCH = 250;
/** A run that finds so much wrong has found enough. */
const MOST_FAILURES = 25;

/** Runs many histories on many threads. True when everything held. */
export async function manyHistories(options: Options, file: ProgressFile, print: Print): Promise<boolean> {
  const before = options.resume ? file.load() : null;
  const totals = before?.totals ?? emptyTotals();
  const done = new Set(before?.done);
  if (before !== null) print.line(`going on after ${totals.histories} histories (${file.path})`);
  const startedMs = performance.now();
  const seconds = (): number => (before?.seconds ?? 0) + (performance.now() - startedMs) / 1000;

  await onThreads(jobsOf(options, done), {
    threads: options.jobs,
    done(found, job) {
      addTotals(totals, found);
      if (job.kind === "batch") done.add(job.from);
      const { histories, seed } = options;
      file.save({ histories, seed, done: [...done], totals, seconds: seconds() });
      print.progress(progressOf(totals.histories, histories, totals.histories / seconds()));
      return totals.failures.length < MOST_FAILURES;
    },
  });

  printTotals(print, totals, { seconds: seconds() });
  await printFailures(print, totals, { maps: createMaps() });
  if (totals.histories === options.histories) file.remove();
  return totals.failures.length === 0;
}

function* jobsOf({ seed, histories }: Options, done: ReadonlySet<number>): Generator<Job> {
  for (const batch of batchesOf(seed, histories)) if (!done.has(batch.from)) yield { kind: "batch", ...batch };
}

export function* batchesOf(seed: number, histories: number): Generator<Batch> {
  for (let from = seed; from < seed + histories; from += BATCH) {
    yield { from, count: Math.min(BATCH, seed + histories - from) };
  }
}

function progressOf(done: number, all: number, aSecond: number): string {
  const left = Math.round((all - done) / Math.max(aSecond, 0.001));
  return `${done} of ${all} histories, ${Math.round(aSecond)} a second, ${left} s to go`;
}
