import { exitCode, type ExitCode } from "./exit-code";
import type { Text, TextValues } from "./texts/text";

export interface CommandProblemOptions {
  readonly values?: TextValues;
  readonly exit?: ExitCode;
  /** Command that mends it, e.g. `cosell login dataverse`. */
  readonly mend?: string;
  /** More lines below, already in the person's language. */
  readonly details?: readonly string[];
  readonly cause?: unknown;
}

/** Something that ends a command and that a person can mend: what is wrong, where, and what to do. */
export class CommandProblem extends Error {
  readonly text: Text;
  readonly values: TextValues;
  readonly exit: ExitCode;
  readonly mend: string | null;
  readonly details: readonly string[];

  constructor(text: Text, options: CommandProblemOptions = {}) {
    super(text.en, { cause: options.cause });
    this.name = "CommandProblem";
    this.text = text;
    this.values = options.values ?? {};
    this.exit = options.exit ?? exitCode.problems;
    this.mend = options.mend ?? null;
    this.details = options.details ?? [];
  }
}

/** The command was not understood, or lacks an answer. */
export function usageProblem(text: Text, options: Omit<CommandProblemOptions, "exit"> = {}): CommandProblem {
  return new CommandProblem(text, { ...options, exit: exitCode.usage });
}

/** The person ended the command. */
export class Interrupted extends Error {
  constructor() {
    super("interrupted");
    this.name = "Interrupted";
  }
}
