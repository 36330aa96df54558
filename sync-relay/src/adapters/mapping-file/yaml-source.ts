// A YAML file that remembers where everything stands, so that every problem can be shown at its line.

import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { FileProblem } from "./mapping-problem";

/** A place in the file: keys and positions from the root. */
export type YamlPath = readonly (string | number)[];

export interface YamlSource {
  readonly file: string;
  /** The file's content as plain values. */
  readonly content: unknown;
  /** Whatever makes the file unreadable as YAML; the content is then not to be used. */
  readonly syntaxProblems: readonly FileProblem[];
  /** A problem at a value; at the nearest parent that exists when there is none. `at` moves it inside a text. */
  problem(path: YamlPath, message: string, at?: number): FileProblem;
  /** A problem at the key itself. */
  problemAtKey(path: YamlPath, message: string): FileProblem;
  /** A key as it is written: a number, a boolean or text, where the plain content has text only. */
  keyAt(path: YamlPath): unknown;
  /** Line of a value, counted from 1. */
  lineOf(path: YamlPath): number;
}

/** Most aliases that may be followed: a mapping file needs none, and a few can stand for gigabytes. */
const MOST_ALIASES = 100;

/** Parses the text of a YAML file. JSON is YAML too. */
export function readYaml(file: string, text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const sourceLines = text.split(/\r?\n/);
  const at = (offset: number, message: string): FileProblem => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, message, excerpt: sourceLines[line - 1] ?? "" };
  };
  const content = contentOf(document);
  const failed = document.errors.map((error) => at(error.pos[0], error.message));
  const syntaxProblems = content.kind === "failed" ? [...failed, at(0, content.reason)] : failed;
  return {
    file,
    content: content.kind === "value" ? content.value : null,
    syntaxProblems,
    problem: (path, message, inside = 0) => at(offsetOfValue(document, path, inside), message),
    problemAtKey: (path, message) => at(offsetOfKey(document, path), message),
    keyAt(path) {
      const key = stepsTo(document, path)?.key;
      return isScalar(key) ? key.value : null;
    },
    lineOf: (path) => lines.linePos(offsetOfValue(document, path, 0)).line,
  };
}

type Content =
  { readonly kind: "value"; readonly value: unknown } | { readonly kind: "failed"; readonly reason: string };

function contentOf(document: Document.Parsed): Content {
  if (document.errors.length > 0) return { kind: "value", value: null };
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { kind: "value", value };
  } catch (thrown) {
    return { kind: "failed", reason: thrown instanceof Error ? thrown.message : "this file cannot be read" };
  }
}

function offsetOfValue(document: Document.Parsed, path: YamlPath, inside: number): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = stepsTo(document, path.slice(0, length))?.value;
    if (isNode(node) && node.range) return node.range[0] + (length === path.length ? offsetInside(node, inside) : 0);
  }
  return 0;
}

/** Offset of a character of a text, counted from the start of its node. Only one-line texts keep their places. */
function offsetInside(node: Node, inside: number): number {
  if (!isScalar(node) || inside === 0) return 0;
  if (node.type === "PLAIN") return inside;
  return node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE" ? inside + 1 : 0;
}

function offsetOfKey(document: Document.Parsed, path: YamlPath): number {
  const key = stepsTo(document, path)?.key;
  return isNode(key) && key.range ? key.range[0] : offsetOfValue(document, path, 0);
}

interface Found {
  readonly key: unknown;
  readonly value: unknown;
}

/** The node at a path. Keys are compared as text: the plain content has no other keys. */
function stepsTo(document: Document.Parsed, path: YamlPath): Found | null {
  let found: Found = { key: null, value: document.contents };
  for (const step of path) {
    const next = childOf(found.value, step);
    if (next === undefined) return null;
    found = next;
  }
  return found;
}

function childOf(parent: unknown, step: string | number): Found | undefined {
  if (isSeq(parent)) return { key: null, value: parent.items[Number(step)] };
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(({ key }) => isScalar(key) && spell(key.value) === String(step));
  return pair === undefined ? undefined : { key: pair.key, value: pair.value };
}

function spell(key: unknown): string {
  return typeof key === "string" ? key : JSON.stringify(key ?? "").replace(/^"(.*)"$/, "$1");
}
