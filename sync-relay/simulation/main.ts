// `npm run simulate`: seeded histories of people and faults against the real core and pipeline. docs/simulation.md says
// what it proves and how to read what it prints.

import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { allCrashPoints } from "./all-crash-points";
import { runHistory } from "./history";
import { manyHistories } from "./many-histories";
import { createMaps } from "./maps";
import { allMutants } from "./mutants/all-mutants";
import { OptionError, readOptions, USAGE, type Options } from "./options";
import { createProgressFile } from "./progress-file";
import { createPrint, type Print } from "./report";

/** Where an interrupted run leaves how far it came. */
const PROGRESS_FOLDER = join(__dirname, "../../simulation");

const print = createPrint(process.stdout, process.stderr);

void main();

async function main(): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options === "help") return print.line(USAGE);
    process.exitCode = (await run(options)) ? 0 : 1;
  } catch (thrown) {
    const isMistaken = thrown instanceof OptionError;
    print.line(isMistaken ? `${thrown.message}\n\n${USAGE}` : String(thrown instanceof Error ? thrown.stack : thrown));
    process.exitCode = isMistaken ? 2 : 1;
  }
}

function run(options: Options): Promise<boolean> {
  switch (options.task) {
    case "histories":
      return manyHistories(options, createProgressFile(PROGRESS_FOLDER, options), print);
    case "mutants":
      return allMutants(options, print);
    case "crash-points":
      return allCrashPoints(options, print);
    case "trace":
      return trace(options, print);
  }
}

async function trace({ seed }: Options, { line }: Print): Promise<boolean> {
  const startedMs = performance.now();
  const { violations, ledger, profile, faults } = await runHistory(seed, { maps: createMaps(), told: true });
  line(`seed ${seed}: ${JSON.stringify(profile)}`);
  for (const event of ledger.trace ?? []) line(event);
  line(`faults and deeds: ${faults.struck.join(" ")}`);
  for (const violation of violations) line(`VIOLATION ${violation}`);
  line(`fingerprint ${ledger.fingerprint.toString(16)}, ${Math.round(performance.now() - startedMs)} ms`);
  return violations.length === 0;
}
