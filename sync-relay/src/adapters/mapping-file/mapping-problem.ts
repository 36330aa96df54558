/** Something wrong in a mapping file, and where. */
export interface FileProblem {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  readonly message: string;
  /** The line of the file, as it stands there. */
  readonly excerpt: string;
}

/** Longest part of a line that is shown on a console, in characters. */
const WIDEST_EXCERPT = 160;

/** Problems as a console shows them: `file:line:col message`, the line, and a caret under the place. */
export function formatProblems(problems: readonly FileProblem[]): string {
  return problems.map(formatProblem).join("\n");
}

function formatProblem({ file, line, column, message, excerpt }: FileProblem): string {
  const head = `${file}:${line}:${column} ${message}`;
  const shown = excerpt.trimEnd().slice(0, WIDEST_EXCERPT);
  if (shown === "" || column > shown.length + 1) return head;
  // Tabs are kept in front of the caret, so that it stands under its place whatever their width.
  const indent = shown.slice(0, column - 1).replace(/[^\t]/g, " ");
  return `${head}\n  ${shown}\n  ${indent}^`;
}
