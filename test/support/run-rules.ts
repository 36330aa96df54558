import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A rule of the specification: its id, and where it is written. */
export interface Rule {
  readonly id: string;
  readonly place: string;
}

/** A test by its name, as far as the name is literal, and where it is. */
export interface NamedTest {
  readonly name: string;
  readonly place: string;
  /** False for skipped, focused and unwritten tests. */
  readonly runs: boolean;
}

const RULE_LINE = /^- \*\*([A-Z]{2,5}\d+)\*\* \S/;
const RULE_LIKE_LINE = /^\s*[-*] \*\*/;
const LEADING_IDS = /^\[([A-Z]{2,5}\d+(?:[ ,]+[A-Z]{2,5}\d+)*)\] \S/;

/** Rules of one specification file, and lines that look like rules but are none. */
export function rulesIn(
  place: string,
  text: string,
): { readonly rules: readonly Rule[]; readonly odd: readonly string[] } {
  const lines = text.split("\n");
  const ids = lines.flatMap((line) => RULE_LINE.exec(line)?.[1] ?? []);
  const odd = lines.filter((line) => RULE_LIKE_LINE.test(line) && !RULE_LINE.test(line));
  return { rules: ids.map((id) => ({ id, place })), odd: odd.map((line) => `${place}: ${line.slice(0, 80)}`) };
}

/** Ids of the rules that a test's name starts with. */
export function idsOf(name: string): readonly string[] {
  return LEADING_IDS.exec(name)?.[1]?.split(/[ ,]+/) ?? [];
}

/** All tests in one file, contract suites included. */
export function testsIn(place: string, text: string): readonly NamedTest[] {
  const source = ts.createSourceFile(place, text, ts.ScriptTarget.Latest, true);
  const tests: NamedTest[] = [];
  const visit = (node: ts.Node): void => {
    const test = ts.isCallExpression(node) ? asTest(node) : null;
    if (test !== null) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      tests.push({ ...test, place: `${place}:${line + 1}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return tests;
}

/** Where the rules are written. */
export const SPECIFICATION = "SPEC.md";

export function readBelow(root: string, path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** `testAsRoot` is a test of what only root can do (run something as another user); an ordinary user sees it as skipped. */
const TEST_FUNCTIONS: ReadonlySet<string> = new Set(["test", "it", "testAsRoot"]);

/** A call `test(name, …)`, `test.skip(name, …)` or `test.each(table)(name, …)`. */
function asTest(call: ts.CallExpression): Omit<NamedTest, "place"> | null {
  const words = calleeWords(call.expression);
  if (words === null || !TEST_FUNCTIONS.has(words[0] ?? "")) return null;
  // `test.each(table)` alone is not yet a test; the call around it is.
  if (words.at(-1) === "each" && ts.isPropertyAccessExpression(call.expression)) return null;
  const runs = !words.some((word) => ["skip", "only", "todo", "failing"].includes(word));
  return { name: literalText(call.arguments[0]), runs };
}

function calleeWords(callee: ts.Expression): readonly string[] | null {
  if (ts.isIdentifier(callee)) return [callee.text];
  if (ts.isPropertyAccessExpression(callee)) {
    const before = calleeWords(callee.expression);
    return before === null ? null : [...before, callee.name.text];
  }
  if (ts.isCallExpression(callee)) return calleeWords(callee.expression);
  if (ts.isTaggedTemplateExpression(callee)) return calleeWords(callee.tag);
  return null;
}

function literalText(argument: ts.Expression | undefined): string {
  if (argument === undefined) return "";
  if (ts.isStringLiteralLike(argument)) return argument.text;
  return ts.isTemplateExpression(argument) ? argument.head.text : "";
}
