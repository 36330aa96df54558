import type { CommandContext } from "./context";
import type { ExitCode } from "./exit-code";
import type { Text } from "./texts/text";

// A command is data plus one function: help, completion and the test that every command has an example are made from
// the data. One file in `commands/` per command; `commands/all-commands.ts` lists them.

export interface CommandFile {
  /** Words after `cosell`, e.g. `login dataverse`. */
  readonly path: string;
  readonly summary: Text;
  readonly arguments?: readonly ArgumentEntry[];
  readonly options?: readonly OptionEntry[];
  /** At least one: shown in the help. */
  readonly examples: readonly [Example, ...Example[]];
  run(context: CommandContext, given: Given): Promise<Outcome>;
}

export interface ArgumentEntry {
  readonly name: string;
  readonly what: Text;
  readonly required: boolean;
  /** Offered by the completion, and checked. */
  readonly choices?: readonly string[];
}

export interface OptionEntry {
  /** E.g. `--url <address>`, `-v, --verbose`, `--event <name...>`. */
  readonly flags: string;
  readonly what: Text;
  readonly choices?: readonly string[];
}

export interface Example {
  /** The whole line, e.g. `cosell init --yes`. */
  readonly line: string;
  readonly what: Text;
}

/** What a person gave on the command line. Names are the long ones, with dashes. */
export interface Given {
  argument(name: string): string | undefined;
  /** Value of `--name <value>`. */
  text(flag: string): string | undefined;
  /** Values of `--name <value...>`; undefined when it was not given. */
  list(flag: string): readonly string[] | undefined;
  /** Whether `--name` was given. */
  has(flag: string): boolean;
}

/** How a command ended, and what `--json` prints of it. */
export interface Outcome {
  readonly exit: ExitCode;
  readonly json: unknown;
}
