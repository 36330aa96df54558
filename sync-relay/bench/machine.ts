// How good the machine is at this moment, without the relay: what the disk takes to keep a page, how late a timer fires
// because others have the processor, and what a fixed piece of work takes while all cores are busy with it. No answer can
// be faster than the first two, and no rate higher than the last allows, so other figures are read beside these.

import { open } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { times, type Figure, type Suite, type SuiteOptions } from "./figure";
import { withDataFolder } from "./relay-under-test";

const SAMPLES = 200;
const QUICK_SAMPLES = 20;
/** A page of the database. */
const PAGE = Buffer.alloc(8192, 1);
/** As often as the open load sends. */
const TIMER_MS = 10;

export const machine: Suite = { prefix: "machine.", measure };

async function measure({ quick }: SuiteOptions): Promise<readonly Figure[]> {
  const samples = quick ? QUICK_SAMPLES : SAMPLES;
  return [
    ...times("machine.disk-write", await withDataFolder((folder) => diskWrites(join(folder, "page"), samples))),
    ...times("machine.timer-late", await lateTimers(samples)),
    ...times("machine.work", await workOnAllCores(samples)),
  ];
}

async function diskWrites(path: string, samples: number): Promise<readonly number[]> {
  const file = await open(path, "w");
  try {
    return await repeat(samples, async () => {
      await file.write(PAGE);
      await file.datasync();
    });
  } finally {
    await file.close();
  }
}

async function lateTimers(samples: number): Promise<readonly number[]> {
  const timesMs = await repeat(samples, () => pause(TIMER_MS));
  return timesMs.map((ms) => Math.max(0, ms - TIMER_MS));
}

async function workOnAllCores(samples: number): Promise<readonly number[]> {
  const cores = Array.from({ length: availableParallelism() }, () => workOnOneCore(samples));
  return (await Promise.all(cores)).flat();
}

function workOnOneCore(samples: number): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(__dirname, "machine-worker.js"), { workerData: samples });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

/** Does it so often, one after the other; resolves with how long each took, milliseconds. */
async function repeat(count: number, work: () => Promise<void>): Promise<readonly number[]> {
  const timesMs: number[] = [];
  while (timesMs.length < count) {
    const startedMs = performance.now();
    await work();
    timesMs.push(performance.now() - startedMs);
  }
  return timesMs;
}
