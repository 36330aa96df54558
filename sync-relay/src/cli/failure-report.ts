import { RelayError } from "../core/errors";
import { CommandProblem } from "./command-problem";
import { exitCode, type ExitCode } from "./exit-code";
import type { Language } from "./language";
import { errorTexts } from "./texts/error-texts";
import { frameTexts } from "./texts/frame-texts";
import { textIn } from "./texts/text";

/** How a failed command is told. */
export interface FailureReport {
  readonly exit: ExitCode;
  readonly lines: readonly string[];
  readonly json: { readonly message: string; readonly code?: string; readonly mend?: string };
}

export function failureReport(thrown: unknown, language: Language): FailureReport {
  if (thrown instanceof CommandProblem) return problemReport(thrown, language);
  if (thrown instanceof RelayError && thrown.kind !== "bug") return relayReport(thrown, language);
  const reason = reasonOf(thrown);
  const message = textIn(language, frameTexts.bug, { reason });
  return { exit: exitCode.problems, lines: [message], json: { message } };
}

function problemReport(problem: CommandProblem, language: Language): FailureReport {
  const message = textIn(language, problem.text, problem.values);
  const { mend } = problem;
  const lines = [message, ...problem.details.map((line) => `  ${line}`)];
  if (mend !== null) lines.push(textIn(language, frameTexts.mend, { line: mend }));
  return { exit: problem.exit, lines, json: { message, ...(mend === null ? {} : { mend }) } };
}

/** The documented failures: meaning, the upstream's own words, what to do. */
function relayReport(error: RelayError, language: Language): FailureReport {
  const { meaning, action } = errorTexts[error.code];
  const message = textIn(language, frameTexts.failure, { meaning: textIn(language, meaning), code: error.code });
  const { upstreamCode, upstreamMessage } = error.details;
  const words = [upstreamCode, upstreamMessage].filter((part) => part !== undefined).join(": ");
  const cause = error.cause instanceof Error && words === "" ? [error.cause.message] : [];
  return {
    exit: exitCode.problems,
    lines: [
      message,
      ...(words === "" ? cause.map((line) => `  ${line}`) : [`  ${textIn(language, frameTexts.upstream, { words })}`]),
      textIn(language, frameTexts.mend, { line: textIn(language, action) }),
    ],
    json: { message, code: error.code },
  };
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause === undefined ? "" : `; ${reasonOf(thrown.cause)}`;
  return `${thrown.message}${cause}`;
}
