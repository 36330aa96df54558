// Feeds one door its share of inputs and watches: what came of each, whether a promise was broken, how long the event
// loop was kept busy, how much memory stays.

import { setImmediate as nextTurn } from "node:timers/promises";
import { longestStretch, wholeWork } from "./busy-time";
import { createDice } from "./dice";
import { BrokenPromise, type Attempt, type FuzzTarget, type StartedTarget } from "./fuzz-target";

/** Longest that one input may keep the event loop busy. */
export const LONGEST_STALL_MS = 50;
/** An input that seemed to take longer than this is fed again so often; something else may have been due. */
const NOTABLE_MS = 10;
const REPEATS = 5;
/** Inputs before memory is first looked at: code is compiled and caches fill up. */
const WARM_UP_SHARE = 0.2;
/** Times that the garbage collector is called before memory is looked at. */
const COLLECTIONS = 4;
/** Most failures that are described. */
const MOST_FAILURES = 10;

export interface FuzzRun {
  readonly target: string;
  readonly inputs: number;
  /** What came of the inputs, and how often. */
  readonly outcomes: ReadonlyMap<string, number>;
  readonly failures: readonly FuzzFailure[];
  /** Inputs that kept the event loop busy for too long each time they were fed. */
  readonly stalls: readonly FuzzFailure[];
  /** Longest that the event loop was busy with any input, repeats counted by their shortest. */
  readonly longestMs: number;
  /** Growth of the memory in use after warming up, bytes; null when the garbage collector cannot be called. */
  readonly growth: number | null;
}

export interface FuzzFailure {
  /** Number of the input: `--only <target> --at <number>` with the same seed feeds it again. */
  readonly input: number;
  readonly what: string;
}

export interface FuzzOptions {
  readonly seed: number;
  readonly inputs: number;
  /** Number of the first input. */
  readonly from?: number;
}

export async function runFuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzRun> {
  const started = await target.start();
  const seen = createFindings();
  const from = options.from ?? 0;
  let before: number | null = null;
  try {
    for (let n = from; n < from + options.inputs; n += 1) {
      if (n === from + Math.floor(options.inputs * WARM_UP_SHARE)) before = await memoryInUse();
      await feed(started, { seed: options.seed, target: target.name, n }, seen);
      // Timers and sockets get their turn, as they would between two requests.
      if (n % 16 === 0) await nextTurn();
    }
    const after = await memoryInUse();
    const growth = before === null || after === null ? null : after - before;
    return { target: target.name, inputs: options.inputs, ...seen, longestMs: seen.longestMs, growth };
  } finally {
    await started.stop?.();
  }
}

interface Findings {
  readonly outcomes: Map<string, number>;
  readonly failures: FuzzFailure[];
  readonly stalls: FuzzFailure[];
  longestMs: number;
}

function createFindings(): Findings {
  return { outcomes: new Map(), failures: [], stalls: [], longestMs: 0 };
}

interface InputName {
  readonly seed: number;
  readonly target: string;
  readonly n: number;
}

async function feed(started: StartedTarget, name: InputName, seen: Findings): Promise<void> {
  const again = (): Attempt => started.input(createDice(name.seed, name.target, name.n));
  try {
    const first = await wholeWork(again());
    let { ms } = first;
    for (let left = REPEATS; ms > NOTABLE_MS && left > 0; left -= 1) {
      ms = Math.min(ms, (await longestStretch(again())).ms);
    }
    seen.longestMs = Math.max(seen.longestMs, ms);
    seen.outcomes.set(first.outcome, (seen.outcomes.get(first.outcome) ?? 0) + 1);
    if (ms > LONGEST_STALL_MS) note(seen.stalls, name.n, `kept the event loop busy for ${ms.toFixed(0)} ms`);
  } catch (thrown) {
    note(seen.failures, name.n, described(thrown));
  }
}

function described(thrown: unknown): string {
  if (thrown instanceof BrokenPromise) return thrown.message;
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

function note(list: FuzzFailure[], input: number, what: string): void {
  if (list.length < MOST_FAILURES) list.push({ input, what });
}

/** What stays in use: bodies of answers are only let go of a turn after they were found to be unused. */
async function memoryInUse(): Promise<number | null> {
  if (globalThis.gc === undefined) return null;
  for (let round = 0; round < COLLECTIONS; round += 1) {
    void globalThis.gc();
    await nextTurn();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
