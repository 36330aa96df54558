// One run of the command line, from its words to its exit code. Everything a command says about failure goes through
// here, so that it always says what is wrong and what mends it, and a secret is never repeated.

import { CommanderError } from "commander";
import { CommandProblem, Interrupted } from "./command-problem";
import type { CommandFile, Outcome } from "./command";
import { allCommands } from "./commands/all-commands";
import { createContext, globalOptionsIn, type GlobalOptions } from "./create-context";
import { exitCode, type ExitCode } from "./exit-code";
import { failureReport, type FailureReport } from "./failure-report";
import { languageOf } from "./language";
import { buildProgram } from "./program";
import { textIn } from "./texts/text";
import { frameTexts } from "./texts/frame-texts";
import { usageRefusal } from "./usage-refusal";
import type { World } from "./world";

export async function runCli(world: World, commands: readonly CommandFile[] = allCommands): Promise<ExitCode> {
  const language = languageOf(world.argv, world.environment);
  let running: Promise<Outcome> | null = null;
  let globals: GlobalOptions = globalOptionsIn(world.argv);
  const program = buildProgram({
    commands,
    language,
    write: (text) => world.stdout.write(text),
    run(command, given, options) {
      globals = options;
      // What a command throws before its first wait is told like everything after it.
      running = Promise.resolve().then(() => command.run(createContext(world, { language, globals }), given));
    },
  });
  try {
    // Commander's own failures are thrown here, those of the command below.
    program.parse(world.argv.length === 0 ? ["--help"] : [...world.argv], { from: "user" });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return exitCode.ok;
    return report(world, globals, failureReport(usageRefusal(program, thrown), language));
  }
  return await conclude(world, { globals, language, running });
}

interface Running {
  readonly globals: GlobalOptions;
  readonly language: "en" | "fr";
  readonly running: Promise<Outcome> | null;
}

async function conclude(world: World, { globals, language, running }: Running): Promise<ExitCode> {
  try {
    const outcome = (await running) ?? { exit: exitCode.ok, json: {} };
    if (globals.json) world.stdout.write(`${JSON.stringify(outcome.json, null, 2)}\n`);
    return outcome.exit;
  } catch (thrown) {
    const isInterrupted = thrown instanceof Interrupted || (world.stopping.aborted && !isProblem(thrown));
    if (!isInterrupted) return report(world, globals, failureReport(thrown, language));
    const words = textIn(language, frameTexts.interrupted);
    return report(world, globals, { exit: exitCode.interrupted, lines: [words], json: { message: words } });
  }
}

function isProblem(thrown: unknown): boolean {
  return thrown instanceof CommandProblem;
}

function report(world: World, globals: GlobalOptions, failure: FailureReport): ExitCode {
  for (const line of failure.lines) world.stderr.write(`${line}\n`);
  if (globals.json) world.stdout.write(`${JSON.stringify({ problem: failure.json }, null, 2)}\n`);
  return failure.exit;
}
