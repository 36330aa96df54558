// The inside of a thread: it takes jobs one after the other.

import { complaint } from "./mutants/mistake-of-thread";
import { parentPort } from "node:worker_threads";
import { must } from "../src/core/must";
import { runBatch } from "./batch";
import { runCrashPoints } from "./crash-points";
import { createMaps } from "./maps";
import type { Job, JobResult } from "./threads";
import type { Totals } from "./totals";

// Thousands of expected failures a second: nobody reads where each came from.
Error.stackTraceLimit = 0;

const port = must(parentPort, "this module is the inside of a thread");
const maps = createMaps();

port.on("message", (job: Job) => void answer(job));

async function answer(job: Job): Promise<void> {
  port.postMessage(await resultOf(job));
}

async function resultOf(job: Job): Promise<JobResult> {
  const reason = complaint();
  if (reason !== null) return { kind: "failed", reason };
  try {
    return { kind: "done", totals: await run(job) };
  } catch (thrown) {
    return { kind: "failed", reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

function run(job: Job): Promise<Totals> {
  return job.kind === "batch" ? runBatch(job, { maps }) : runCrashPoints(job, { maps });
}
