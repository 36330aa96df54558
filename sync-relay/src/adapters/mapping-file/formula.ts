// Formulas of the mapping file, in the Common Expression Language: no loops without end, no side effects, checked
// before they are used. What the library cannot promise (bounded time, known reads) is enforced on the parsed formula.

import { Environment, ParseError } from "@marcbachmann/cel-js";
import type { Json } from "../../core/json";
import type { EntrySource, FormulaResult } from "../../core/mapping/field-map";
import type { CrmValues } from "../../core/opportunity";
import { formulaLimits, type Refused, refusedCalls } from "./formula-limits";
import { formulaReads } from "./formula-reads";
import { crmTree, jsonOf, referralTree } from "./formula-values";
import { like } from "./like";

/** What the formula reads: the CRM's values as `crm`, or the referral as `referral`. */
export type FormulaVariable = "crm" | "referral";

export type CompiledFormula =
  | { readonly kind: "ok"; readonly source: Extract<EntrySource, { kind: "formula" }>; readonly type: string }
  | { readonly kind: "refused"; readonly refused: readonly Refused[] };

const environments: Readonly<Record<FormulaVariable, Environment>> = {
  crm: environmentFor("crm"),
  referral: environmentFor("referral"),
};

/** Parses and checks a formula. */
export function compileFormula(text: string, variable: FormulaVariable): CompiledFormula {
  try {
    const parsed = environments[variable].parse(text);
    const calls = refusedCalls(parsed.ast);
    if (calls.length > 0) return { kind: "refused", refused: calls };
    const checked = parsed.check();
    if (!checked.valid) return { kind: "refused", refused: [refusalOf(checked.error)] };
    const reads = formulaReads(parsed.ast, variable);
    if (reads.kind === "refused") return reads;
    const evaluateOn = (values: CrmValues | Json): FormulaResult =>
      evaluate(() => parsed({ [variable]: treeOf(variable, values, reads.paths) }) as unknown);
    return {
      kind: "ok",
      source: { kind: "formula", text, reads: reads.paths, evaluate: evaluateOn },
      type: checked.type ?? "dyn",
    };
  } catch (thrown) {
    return { kind: "refused", refused: [refusalOf(thrown)] };
  }
}

function treeOf(variable: FormulaVariable, values: CrmValues | Json, reads: readonly string[]): object {
  return variable === "crm" ? crmTree(asValues(values), reads) : referralTree(asValues(values), reads);
}

function asValues(values: CrmValues | Json): CrmValues {
  return typeof values === "object" && values !== null && !Array.isArray(values) ? (values as CrmValues) : {};
}

/** The reason names what went wrong, never the values. */
function evaluate(run: () => unknown): FormulaResult {
  try {
    const value = jsonOf(run());
    return value === undefined ? { kind: "failed", reason: "gives no plain value" } : { kind: "value", value };
  } catch (thrown) {
    return { kind: "failed", reason: refusalOf(thrown).message };
  }
}

function refusalOf(thrown: unknown): Refused {
  if (!(thrown instanceof Error)) return { message: "cannot be understood", start: 0 };
  const summary = "summary" in thrown && typeof thrown.summary === "string" ? thrown.summary : thrown.message;
  const range = "range" in thrown ? (thrown.range as { readonly start: number } | undefined) : undefined;
  const message = thrown instanceof ParseError ? `cannot be read as a formula: ${summary}` : summary;
  return { message, start: range?.start ?? 0 };
}

function environmentFor(variable: FormulaVariable): Environment {
  return formulaLanguage().registerVariable(variable, "map");
}

/** The language without its variables. Columns are numbers of either kind, so arithmetic takes both together. */
export function formulaLanguage(): Environment {
  return new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false, limits: formulaLimits })
    .registerFunction("like(string, string): bool", (text: string, pattern: string) => like(text, pattern))
    .registerOperator("double + int: double", (a: number, b: bigint) => a + Number(b))
    .registerOperator("int + double: double", (a: bigint, b: number) => Number(a) + b)
    .registerOperator("double - int: double", (a: number, b: bigint) => a - Number(b))
    .registerOperator("int - double: double", (a: bigint, b: number) => Number(a) - b)
    .registerOperator("double * int: double", (a: number, b: bigint) => a * Number(b))
    .registerOperator("int * double: double", (a: bigint, b: number) => Number(a) * b)
    .registerOperator("double / int: double", (a: number, b: bigint) => a / Number(b))
    .registerOperator("int / double: double", (a: bigint, b: number) => Number(a) / b);
}
