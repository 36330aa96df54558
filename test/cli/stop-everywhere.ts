// Interrupts a command at each of its steps in turn, as a real process, and runs it again each time.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCosell, type CosellEnded, type CosellOptions, type RunningCosell } from "./cosell-process";

const PRELOAD = join(__dirname, "stop-at-step.mts");
/** More steps than any command has: a command that never ends must not be tried for ever. */
const MOST_STEPS = 100;
const FIRST_STEP = 1;

export interface Interrupted {
  /** What was about to happen, or had just happened. */
  readonly step: string;
  readonly ended: CosellEnded;
}

export interface StoppedCommand {
  readonly words: readonly string[];
  readonly options: () => CosellOptions;
  /** For a command that reads much before it changes anything: reads in a row count as one step. */
  readonly reads?: "each" | "together";
  /** Brings everything to where the command starts from. */
  readonly reset: () => Promise<void>;
  /** What a person does while the command runs. */
  readonly beside?: (running: RunningCosell) => Promise<void>;
  /** Looks at what the interruption has left, and lets the next run go on from there. */
  readonly goOn: (interrupted: Interrupted) => Promise<void>;
}

/** By turns Ctrl-C, which the command hears, and a kill, which it does not. Returns the steps. */
export async function stopEverywhere(command: StoppedCommand): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "cosell-stop-"));
  const steps: string[] = [];
  try {
    for (let number = FIRST_STEP; number <= MOST_STEPS; number += 1) {
      await command.reset();
      const note = join(folder, String(number));
      const ended = await runUntil(command, { number, note });
      const step = await readFile(note, "utf8").catch(() => null);
      if (step === null) {
        expect({ steps, code: ended.code, stderr: ended.stderr }).toMatchObject({ code: 0 });
        return steps;
      }
      steps.push(step);
      await command.goOn({ step, ended });
    }
    throw new Error(`still not at its end after ${MOST_STEPS} steps: ${steps.join(", ")}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Stop {
  readonly number: number;
  readonly note: string;
}

async function runUntil(command: StoppedCommand, { number, note }: Stop): Promise<CosellEnded> {
  const signal = number % 2 === 0 ? "SIGINT" : "SIGKILL";
  const { words, options, beside, reads = "each" } = command;
  const { environment, ...rest } = options();
  const stop = { STOP_AT_STEP: String(number), STOP_BY: signal, STOP_NOTE: note, STOP_READS: reads };
  const running = startCosell(words, {
    ...rest,
    environment: { ...environment, ...stop, NODE_OPTIONS: `--import=${PRELOAD}` },
  });
  const [ended] = await Promise.all([running.ended, beside?.(running)]);
  return ended;
}
