import { isJsonObject, type Json } from "../../core/json";
import type { CrmValues } from "../../core/opportunity";

/** A value as formulas see it: empty places are absent, so that `has()` tells. */
interface Tree {
  [key: string]: unknown;
}

/** CRM values by path as a tree: `{ "a.b": 1 }` becomes `{ a: { b: 1 } }`. Every parent that is read exists. */
export function crmTree(values: CrmValues, reads: readonly string[]): Tree {
  const root: Tree = {};
  for (const path of reads) {
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    let holder = root;
    for (const step of steps) holder = childOf(holder, step);
    const value = Object.hasOwn(values, path) ? values[path] : null;
    if (value !== null && value !== undefined && !Object.hasOwn(holder, last)) holder[last] = value;
  }
  return root;
}

/** A referral without its empty places; the sections that are read exist. */
export function referralTree(referral: Json, reads: readonly string[]): Tree {
  const root: Tree = isJsonObject(referral) ? (withoutEmpty(referral) as Tree) : {};
  for (const path of reads) {
    const parents = path.split(".").slice(0, -1);
    let holder = root;
    for (const step of parents) {
      if (Array.isArray(holder[step]) || /^\d+$/.test(step)) break;
      holder = childOf(holder, step);
    }
  }
  return root;
}

function childOf(holder: Tree, step: string): Tree {
  const there = Object.hasOwn(holder, step) ? holder[step] : undefined;
  if (typeof there === "object" && there !== null) return there as Tree;
  const child: Tree = {};
  holder[step] = child;
  return child;
}

function withoutEmpty(value: Json): unknown {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutEmpty);
  if (!isJsonObject(value)) return value;
  const there = Object.entries(value).filter(([key, inner]) => inner !== null && key !== "__proto__");
  return Object.fromEntries(there.map(([key, inner]) => [key, withoutEmpty(inner)]));
}

/** What a formula gave, as JSON; undefined when it is nothing that JSON can say. */
export function jsonOf(result: unknown): Json | undefined {
  if (result === null || typeof result === "boolean" || typeof result === "string") return result;
  if (typeof result === "bigint" || typeof result === "number") return finite(Number(result));
  if (result instanceof Date) return Number.isNaN(result.getTime()) ? undefined : result.toISOString();
  return Array.isArray(result) ? eachAsJson(result) : undefined;
}

function eachAsJson(list: readonly unknown[]): Json | undefined {
  const each = list.map(jsonOf);
  return each.includes(undefined) ? undefined : each.filter((one) => one !== undefined);
}

function finite(number: number): Json | undefined {
  return Number.isFinite(number) ? number : undefined;
}
