import type { ASTNode } from "@marcbachmann/cel-js";
import { type Refused, walk } from "./formula-limits";

/** The paths that a formula reads below its variable, e.g. `parentaccountid.name`; or where they cannot be told. */
export type FormulaReads =
  | { readonly kind: "paths"; readonly paths: readonly string[] }
  | { readonly kind: "refused"; readonly refused: readonly Refused[] };

/** Finds every path that is read, so that the relay asks the CRM for it and a wrong name can be reported. */
export function formulaReads(root: ASTNode, variable: string): FormulaReads {
  const paths = new Set<string>();
  const refused: Refused[] = [];
  const parents = new Set<ASTNode>();
  walk(root, 0, (node) => {
    if (parents.has(node)) return;
    const steps = stepsOf(node, variable, parents);
    if (steps === null) return;
    if (steps.length === 0) refused.push({ message: `name what "${variable}" is read for`, start: node.range.start });
    else paths.add(steps.join("."));
  });
  return refused.length > 0 ? { kind: "refused", refused } : { kind: "paths", paths: [...paths].sort() };
}

/**
 * Steps of an access chain that starts at the variable, or null. Its inner nodes are noted, so that the walk, which
 * comes to them later, does not take `a.b` in `a.b.c` for another path.
 */
function stepsOf(node: ASTNode, variable: string, parents: Set<ASTNode>): readonly string[] | null {
  if (node.op === "id") return node.args === variable ? [] : null;
  const step = stepOf(node);
  if (step === null) return null;
  const before = stepsOf(step.holder, variable, parents);
  if (before === null) return null;
  if (step.name !== null || before.length > 0) parents.add(step.holder);
  return step.name === null ? before : [...before, step.name];
}

interface Step {
  readonly holder: ASTNode;
  /** Null for a computed index: the path ends at the holder. */
  readonly name: string | null;
}

function stepOf(node: ASTNode): Step | null {
  if (node.op === "." || node.op === ".?") {
    const [holder, name] = node.args;
    return { holder, name: typeof name === "string" ? name : null };
  }
  if (node.op !== "[]" && node.op !== "[?]") return null;
  const [holder, index] = node.args;
  if (index.op !== "value") return { holder, name: null };
  const literal = index.args;
  return { holder, name: typeof literal === "string" || typeof literal === "bigint" ? String(literal) : null };
}
