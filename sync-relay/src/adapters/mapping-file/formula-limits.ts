import type { ASTNode } from "@marcbachmann/cel-js";

/** Limits on a formula: far above any sensible one, far below what could slow the relay down. */
export const formulaLimits = {
  maxAstNodes: 200,
  maxDepth: 24,
  maxListElements: 100,
  maxMapEntries: 50,
  maxCallArguments: 8,
} as const;

/** Loops inside loops: two levels over the longest list of a referral stay in the thousands of steps. */
const DEEPEST_LOOP = 2;

const loops = new Set(["all", "exists", "exists_one", "map", "filter"]);

/**
 * What a formula may call. Anything else is refused: `matches` can hang the relay on a hostile text, and what the
 * library adds later is not known to be harmless.
 */
const allowed = new Set([
  ...loops,
  ...["has", "size", "string", "int", "double", "bool", "dyn", "timestamp", "like"],
  ...["contains", "startsWith", "endsWith", "indexOf", "substring", "trim", "lowerAscii", "upperAscii", "join"],
  ...["orValue", "or", "value", "hasValue", "getFullYear", "getMonth", "getDate", "split"],
]);

/** A part of a formula that is refused. */
export interface Refused {
  readonly message: string;
  readonly start: number;
}

/** Everything in the formula that is not allowed. */
export function refusedCalls(root: ASTNode): readonly Refused[] {
  const refused: Refused[] = [];
  walk(root, 0, (node, depth) => {
    const name = callName(node);
    if (name === null) return;
    const start = node.range.start;
    if (name === "matches") refused.push({ message: 'use like(text, "pattern*") instead of matches', start });
    else if (!allowed.has(name)) refused.push({ message: `"${name}" cannot be used in a formula`, start });
    if (depth > DEEPEST_LOOP) refused.push({ message: "too many loops inside each other", start });
  });
  return refused;
}

/** Calls `visit` on every node with the number of loops around it, the node itself included. */
export function walk(node: ASTNode, depth: number, visit: (node: ASTNode, depth: number) => void): void {
  const name = callName(node);
  const inside = name !== null && loops.has(name) ? depth + 1 : depth;
  visit(node, inside);
  for (const child of childrenOf(node)) walk(child, inside, visit);
}

function callName(node: ASTNode): string | null {
  return node.op === "call" || node.op === "rcall" ? node.args[0] : null;
}

/** Arguments of a node that are nodes themselves, however the library nests them. */
function childrenOf(node: ASTNode): readonly ASTNode[] {
  return nodesIn(node.args);
}

function nodesIn(args: unknown): readonly ASTNode[] {
  if (isNode(args)) return [args];
  return Array.isArray(args) ? args.flatMap(nodesIn) : [];
}

function isNode(candidate: unknown): candidate is ASTNode {
  return typeof candidate === "object" && candidate !== null && "op" in candidate && "args" in candidate;
}
