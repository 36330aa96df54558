// How long until the relay answers: with an empty data folder (it makes its database first), with one that was used
// before, and the whole demo with both clouds.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import type { LoopbackClouds } from "../simulator/demo/loopback-clouds";
import { typicalTime, type Suite, type SuiteOptions } from "./figure";
import { startRelay, withClouds, withDataFolder } from "./relay-under-test";

const SAMPLES = 5;
const QUICK_SAMPLES = 1;
/** From its last line until the demo ends everything in order when it is told to. */
const UNTIL_STOPPABLE_MS = 100;
/** What `npm start` runs, compiled. */
const DEMO = join(__dirname, "..", "simulator", "main.js");

export const startTime: Suite = {
  prefix: "start.",
  measure: (options) => withClouds({}, (clouds) => measure(clouds, options)),
};

async function measure(clouds: LoopbackClouds, { quick }: SuiteOptions) {
  const firstMs: number[] = [];
  const againMs: number[] = [];
  const demoMs: number[] = [];
  for (let sample = 0; sample < (quick ? QUICK_SAMPLES : SAMPLES); sample += 1) {
    await withDataFolder(async (folder) => {
      firstMs.push(await relayStart(clouds, folder));
      againMs.push(await relayStart(clouds, folder));
      demoMs.push(await demoStart(folder));
    });
  }
  return [
    typicalTime("start.relay-first", firstMs),
    typicalTime("start.relay-again", againMs),
    typicalTime("start.demo", demoMs),
  ];
}

/** From the start of the process until its first answer. */
async function relayStart(clouds: LoopbackClouds, folder: string): Promise<number> {
  const startedMs = performance.now();
  const relay = await startRelay(clouds, folder);
  const tookMs = performance.now() - startedMs;
  await relay.stop();
  return tookMs;
}

/** From the start of the process until it says that everything is up. */
async function demoStart(folder: string): Promise<number> {
  const startedMs = performance.now();
  const demo = spawn(process.execPath, [DEMO], {
    env: { ...process.env, COSELL_DATA_DIR: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(demo, "exit");
  const lines = createInterface(demo.stdout);
  let tookMs: number | null = null;
  for await (const line of lines) {
    if (line.startsWith("Started in")) tookMs = performance.now() - startedMs;
    if (line.includes("Ctrl-C")) break;
  }
  demo.stdout.resume();
  await pause(UNTIL_STOPPABLE_MS);
  demo.kill("SIGTERM");
  await ended;
  if (tookMs === null) throw new Error("the demo did not start");
  return tookMs;
}
