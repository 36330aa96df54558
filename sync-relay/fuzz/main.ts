// `npm run fuzz -- --inputs 1000000 --seed 1`: feeds mutated webhooks and answers to every door of the relay. Ends with 1
// when a promise was broken, the event loop was kept busy for more than 50 ms, or memory grew by more than 64 MB.
// `--only <target>` feeds one door, `--at <number>` one input of it.

import { monitorEventLoopDelay } from "node:perf_hooks";
import { parseArgs } from "node:util";
import type { FuzzTarget } from "./fuzz-target";
import { runFuzz, type FuzzOptions, type FuzzRun } from "./run-fuzz";
import { fuzzTargets } from "./targets";

const DEFAULT_INPUTS = 100_000;
const MEGABYTE = 1024 * 1024;
/** Memory that may stay in use after a door was fed: caches have limits far below. */
const MOST_GROWTH = 64 * MEGABYTE;
const DELAY_RESOLUTION_MS = 5;

void main();

interface Wanted {
  readonly targets: readonly FuzzTarget[];
  readonly seed: number;
  /** How many inputs, and which one alone. */
  readonly inputs: number;
  readonly at: number | null;
}

async function main(): Promise<void> {
  const wanted = readArguments();
  const unexpected: string[] = [];
  process.on("uncaughtException", (error) => unexpected.push(error.stack ?? error.message));
  process.on("unhandledRejection", (reason) => unexpected.push(String(reason)));
  say(`${wanted.inputs} inputs, seed ${wanted.seed}`);
  const startedMs = performance.now();
  const held: boolean[] = [];
  for (const target of wanted.targets) held.push(await feedOne(target, optionsFor(target, wanted)));
  for (const what of unexpected) say(`Nobody caught: ${what}`);
  const good = unexpected.length === 0 && !held.includes(false);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  const resident = (process.memoryUsage().rss / MEGABYTE).toFixed(0);
  say(`\n${good ? "All promises held" : "FAILED"} in ${seconds} s; the process has ${resident} MB at the end.`);
  process.exit(good ? 0 : 1);
}

function readArguments(): Wanted {
  const { values } = parseArgs({
    options: {
      inputs: { type: "string", default: String(DEFAULT_INPUTS) },
      seed: { type: "string", default: "1" },
      only: { type: "string" },
      at: { type: "string" },
    },
  });
  const targets = fuzzTargets.filter(({ name }) => values.only === undefined || name === values.only);
  if (targets.length === 0) {
    refuse(`There is no target "${values.only ?? ""}"; there are ${fuzzTargets.map(({ name }) => name).join(", ")}.`);
  }
  return {
    targets,
    seed: wholeNumber("seed", values.seed),
    inputs: wholeNumber("inputs", values.inputs),
    at: values.at === undefined ? null : wholeNumber("at", values.at),
  };
}

/** All inputs to a target that is alone; its share of them otherwise. */
function optionsFor({ perMille }: FuzzTarget, { targets, seed, inputs, at }: Wanted): FuzzOptions {
  if (at !== null) return { inputs: 1, seed, from: at };
  return { inputs: targets.length === 1 ? inputs : Math.round((inputs * perMille) / 1000), seed };
}

async function feedOne(target: FuzzTarget, options: FuzzOptions): Promise<boolean> {
  const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delay.enable();
  const startedMs = performance.now();
  const run = await runFuzz(target, options);
  delay.disable();
  const perSecond = Math.round((run.inputs / (performance.now() - startedMs)) * 1000);
  say(`\n${run.target}: ${run.inputs} inputs, ${perSecond}/s`);
  say(
    `  longest input ${run.longestMs.toFixed(1)} ms, latest timer ${(delay.max / 1e6).toFixed(1)} ms${growthOf(run)}`,
  );
  const common = [...run.outcomes].sort(([, a], [, b]) => b - a);
  say(`  ${common.map(([outcome, times]) => `${outcome} ${times}`).join(", ")}`);
  for (const { input, what } of [...run.failures, ...run.stalls]) {
    say(`  FAILED at --only ${run.target} --at ${input} --seed ${options.seed}: ${what}`);
  }
  const grown = run.growth !== null && run.growth > MOST_GROWTH;
  if (grown) say(`  FAILED: memory grew by more than ${MOST_GROWTH / MEGABYTE} MB`);
  return run.failures.length === 0 && run.stalls.length === 0 && !grown;
}

function growthOf({ growth }: FuzzRun): string {
  return growth === null ? "" : `, memory ${growth < 0 ? "-" : "+"}${(Math.abs(growth) / MEGABYTE).toFixed(1)} MB`;
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,12}$/.test(text)) refuse(`--${name} is "${text}": give a whole number.`);
  return Number(text);
}

function refuse(problem: string): never {
  process.stderr.write(`${problem}\n`);
  process.exit(2);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
