import { type CANCEL_SYMBOL, confirm, isCancel, password, text as askText } from "@clack/prompts";
import { Interrupted, usageProblem } from "./command-problem";
import { frameTexts } from "./texts/frame-texts";
import type { TerminalInput, TerminalOutput } from "./world";

/** A question, already in the person's language, and the flag that answers it. */
export interface Question {
  readonly message: string;
  /** E.g. `--url`. Named when there is nobody to ask. */
  readonly flag: string;
}

export interface TextQuestion extends Question {
  /** Answer that is taken when the person just presses Enter. */
  readonly suggestion?: string;
  /** What is wrong with an answer, or undefined. */
  readonly check?: (answer: string) => string | undefined;
}

/**
 * Asks a person. Without a terminal nobody is asked: a question with a suggestion takes it, any other is a usage
 * problem that names the flag.
 */
export interface Prompts {
  text(question: TextQuestion): Promise<string>;
  /** Not shown while it is typed. */
  secret(question: Question & Pick<TextQuestion, "check">): Promise<string>;
  /** True at once with `--yes`, unless the answer has to be given by its own flag. */
  confirm(question: Question & { readonly ownFlagOnly?: boolean }): Promise<boolean>;
}

export interface PromptOptions {
  readonly input: TerminalInput;
  readonly output: TerminalOutput;
  /** Whether there is a person to ask. */
  readonly interactive: boolean;
  readonly yes: boolean;
  readonly signal: AbortSignal;
}

export function createPrompts({ input, output, interactive, yes, signal }: PromptOptions): Prompts {
  const terminal = { input, output, signal };
  return {
    async text({ message, flag, suggestion, check }) {
      if (!interactive) return suggestion ?? nobodyToAsk(flag);
      const answer = await askText({
        ...terminal,
        message,
        ...(suggestion === undefined ? {} : { placeholder: suggestion, defaultValue: suggestion }),
        validate: (given) => (given === undefined || given === "" ? emptyProblem(suggestion, check) : check?.(given)),
      });
      return answered(answer);
    },
    async secret({ message, flag, check }) {
      if (!interactive) return nobodyToAsk(flag);
      const answer = await password({ ...terminal, message, validate: (given) => check?.(given ?? "") });
      return answered(answer);
    },
    async confirm({ message, flag, ownFlagOnly = false }) {
      if (yes && !ownFlagOnly) return true;
      if (!interactive || yes) return nobodyToAsk(flag);
      return answered(await confirm({ ...terminal, message, initialValue: false }));
    },
  };
}

function emptyProblem(suggestion: string | undefined, check: TextQuestion["check"]): string | undefined {
  return suggestion === undefined ? check?.("") : undefined;
}

function answered<T extends string | boolean>(answer: T | typeof CANCEL_SYMBOL): T {
  if (isCancel(answer)) throw new Interrupted();
  return answer;
}

function nobodyToAsk(flag: string): never {
  throw usageProblem(frameTexts.nobodyToAsk, { values: { flag } });
}
