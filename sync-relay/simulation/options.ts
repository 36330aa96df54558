import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

/** What is to be done. */
export type Task = "histories" | "mutants" | "crash-points" | "trace";

export interface Options {
  readonly task: Task;
  readonly histories: number;
  /** The first seed; with `trace` the one that is told. */
  readonly seed: number;
  readonly jobs: number;
  /** Goes on where an interrupted run of the same histories ended. */
  readonly resume: boolean;
  /** One mutant by its name; null: all. */
  readonly only: string | null;
}

const DEFAULT_HISTORIES = 100_000;
const MOST_HISTORIES = 100_000_000;
/** Seeds are 32 bits wide. */
const LARGEST_SEED = 4_000_000_000;
const MOST_JOBS = 256;

export const USAGE = `Usage: npm run simulate -- [options]

  --histories N    how many histories (default ${DEFAULT_HISTORIES}); with --mutants the most that each is given
  --seed S         first seed (default 1); history n has seed S + n
  --jobs J         threads (default: one a core)
  --resume         goes on where an interrupted run with the same --histories and --seed ended
  --trace S        tells the history of one seed, event by event
  --mutants        puts known mistakes into the engine, one at a time, and says how soon each is noticed
  --only NAME      with --mutants: only this one
  --crash-points   dies at every call of 200 scenarios, before, after, and with a late effect
  --help           shows this

Exit code 0: everything holds. 1: something does not. 2: the options make no sense.`;

/** Options that cannot be understood; the message says which and what would do. */
export class OptionError extends Error {}

export function readOptions(args: readonly string[]): Options | "help" {
  const { values } = parsed(args);
  if (values.help) return "help";
  const task = taskIn(values);
  refuseMisfits(task, values);
  const { histories = String(DEFAULT_HISTORIES), jobs = String(availableParallelism()), only = null } = values;
  return {
    task,
    histories: whole("histories", histories, { from: 1, to: MOST_HISTORIES }),
    seed: seedIn(values),
    jobs: whole("jobs", jobs, { from: 1, to: MOST_JOBS }),
    resume: values.resume ?? false,
    only,
  };
}

type Values = ReturnType<typeof parsed>["values"];

function taskIn(values: Values): Task {
  const chosen = (["mutants", "crash-points", "trace"] as const).filter((task) => values[task] !== undefined);
  if (chosen.length > 1) throw new OptionError(`--${chosen.join(" and --")} do not go together; choose one of them`);
  return chosen[0] ?? "histories";
}

function refuseMisfits(task: Task, { histories, only, resume }: Values): void {
  if (only !== undefined && task !== "mutants") throw new OptionError("--only goes with --mutants");
  if (resume === true && task !== "histories") throw new OptionError(`--resume does not go with --${task}`);
  const isCounted = task === "histories" || task === "mutants";
  if (histories !== undefined && !isCounted) throw new OptionError(`--histories does not go with --${task}`);
}

function seedIn({ trace, seed }: Values): number {
  const limits = { from: 0, to: LARGEST_SEED };
  return trace === undefined ? whole("seed", seed ?? "1", limits) : whole("trace", trace, limits);
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        histories: { type: "string" },
        seed: { type: "string" },
        jobs: { type: "string" },
        resume: { type: "boolean" },
        trace: { type: "string" },
        mutants: { type: "boolean" },
        only: { type: "string" },
        "crash-points": { type: "boolean" },
        help: { type: "boolean", default: false },
      },
    });
  } catch (thrown) {
    throw new OptionError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function whole(name: string, text: string, { from, to }: { readonly from: number; readonly to: number }): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw new OptionError(`--${name} must be a whole number from ${from} to ${to}, not "${text}"`);
}
