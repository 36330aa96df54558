// Threads that run batches. Each loads the engine anew, so that a thread can be given an engine with a mistake in it.

import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Batch } from "./batch";
import type { Mutant } from "./mutants/mutant";
import type { CrashTask } from "./crash-points";
import type { Totals } from "./totals";

/** What a thread is started with. */
export interface ThreadData {
  /** The mistake that its engine has; null: none. */
  readonly mutant: Mutant | null;
}

/** What a thread is asked to do. */
export type Job = ({ readonly kind: "batch" } & Batch) | ({ readonly kind: "crash-points" } & CrashTask);

/** What it answers. */
export type JobResult =
  { readonly kind: "done"; readonly totals: Totals } | { readonly kind: "failed"; readonly reason: string };

export interface Thread {
  readonly run: (job: Job) => Promise<Totals>;
  readonly end: () => Promise<void>;
}

const YOUNG_GENERATION_MB = 64;

export function startThread(mutant: Mutant | null = null): Thread {
  const workerData: ThreadData = { mutant };
  // Histories leave much short-lived litter: room for it makes collecting it rare.
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB };
  const worker = new Worker(join(__dirname, "thread.js"), { workerData, resourceLimits });
  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        const failed = (thrown: unknown): void => reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
        worker.once("error", failed);
        worker.once("message", (result: JobResult) => {
          worker.off("error", failed);
          if (result.kind === "done") resolve(result.totals);
          else reject(new Error(result.reason));
        });
        worker.postMessage(job);
      }),
    async end() {
      await worker.terminate();
    },
  };
}

/** Gives jobs to as many threads until none is left; `done` is told of each result. */
export async function onThreads(
  jobs: Iterator<Job>,
  { threads, done }: { readonly threads: number; readonly done: (totals: Totals, job: Job) => boolean },
): Promise<void> {
  let stopped = false;
  const work = async (): Promise<void> => {
    const thread = startThread();
    try {
      for (let next = jobs.next(); next.done !== true && !stopped; next = jobs.next()) {
        const job = next.value;
        if (!done(await thread.run(job), job)) stopped = true;
      }
    } finally {
      await thread.end();
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
}
