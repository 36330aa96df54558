// A `$filter` as a tree. Grammar, loosest first: or, and, not, then a comparison, a function or a parenthesised filter.

import { badRequest } from "../dataverse-error";
import { filterTokens, type FilterToken } from "./filter-tokens";

/** A value in a filter, with the type that its notation has. */
export type Literal =
  | { readonly kind: "null" }
  | { readonly kind: "string" | "guid" | "date"; readonly text: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean };

const COMPARISONS = ["eq", "ne", "gt", "ge", "lt", "le"] as const;
const TEXT_TESTS = ["contains", "startswith", "endswith"] as const;
const LIST_TESTS = { "Microsoft.Dynamics.CRM.In": "in", "Microsoft.Dynamics.CRM.ContainValues": "contain" } as const;

/** How two values compare. */
export type Comparison = (typeof COMPARISONS)[number];

/** A parsed filter. Paths are as written, e.g. `sdkmessageid/name`. */
export type FilterExpression =
  | { readonly kind: "and" | "or"; readonly left: FilterExpression; readonly right: FilterExpression }
  | { readonly kind: "not"; readonly operand: FilterExpression }
  | { readonly kind: "compare"; readonly comparison: Comparison; readonly path: string; readonly literal: Literal }
  | {
      readonly kind: "text";
      readonly test: (typeof TEXT_TESTS)[number];
      readonly path: string;
      readonly text: string;
    }
  | {
      readonly kind: "list";
      readonly test: "in" | "contain";
      readonly path: string;
      readonly literals: readonly Literal[];
    };

/** How deep parentheses and `not` may nest: far beyond real filters, well within the stack. */
const MAX_DEPTH = 50;

/** Parses a `$filter`. Throws a refusal on what the subset does not know. */
export function parseFilter(filter: string): FilterExpression {
  const tokens = filterTokens(filter);
  let position = 0;
  let depth = 0;

  const peekText = (): string | undefined => {
    const token = tokens[position];
    return token && (token.kind === "word" || token.kind === "symbol") ? token.text : undefined;
  };
  const next = (): FilterToken => {
    const token = tokens[position];
    if (!token) throw badRequest("The filter ends too early.");
    position += 1;
    return token;
  };
  const accept = (text: string): boolean => {
    if (peekText() !== text) return false;
    position += 1;
    return true;
  };
  const expect = (text: string): void => {
    if (!accept(text)) throw badRequest(`'${text}' expected in the filter.`);
  };
  const word = (): string => {
    const token = next();
    if (token.kind !== "word") throw badRequest("A property name was expected in the filter.");
    return token.text;
  };
  const chain = (kind: "and" | "or", operand: () => FilterExpression): FilterExpression => {
    let left = operand();
    while (accept(kind)) left = { kind, left, right: operand() };
    return left;
  };
  const any = (): FilterExpression => chain("or", () => chain("and", single));
  const single = (): FilterExpression => {
    depth += 1;
    if (depth > MAX_DEPTH) throw badRequest("The filter is nested too deeply.");
    const found = primary();
    depth -= 1;
    return found;
  };
  const primary = (): FilterExpression => {
    if (accept("not")) return { kind: "not", operand: single() };
    if (accept("(")) {
      const inner = any();
      expect(")");
      return inner;
    }
    const path = word();
    if (peekText() !== "(")
      return { kind: "compare", comparison: comparisonOf(word()), path, literal: literalOf(next()) };
    expect("(");
    const test = TEXT_TESTS.find((one) => one === path);
    return test ? textTest(test) : listTest(path);
  };
  const textTest = (test: (typeof TEXT_TESTS)[number]): FilterExpression => {
    const path = word();
    expect(",");
    const token = next();
    expect(")");
    if (token.kind !== "string") throw badRequest(`'${test}' takes a text.`);
    return { kind: "text", test, path, text: token.text };
  };
  const listTest = (name: string): FilterExpression => {
    const test = Object.entries(LIST_TESTS).find(([one]) => one === name)?.[1];
    if (!test) throw badRequest(`The filter function '${name}' is not known.`);
    expect("PropertyName");
    expect("=");
    const path = literalText(next());
    expect(",");
    expect("PropertyValues");
    expect("=");
    expect("[");
    const literals: Literal[] = [];
    do literals.push(literalOf(next()));
    while (accept(","));
    expect("]");
    expect(")");
    return { kind: "list", test, path, literals };
  };

  const expression = any();
  if (position < tokens.length) throw badRequest("The filter has text after its end.");
  return expression;
}

function comparisonOf(text: string): Comparison {
  const found = COMPARISONS.find((one) => one === text);
  if (found) return found;
  throw badRequest(`The filter operator '${text}' is not known.`);
}

function literalText(token: FilterToken): string {
  if (token.kind === "string") return token.text;
  throw badRequest("A text was expected in the filter.");
}

function literalOf(token: FilterToken): Literal {
  switch (token.kind) {
    case "string":
    case "guid":
    case "date":
    case "number":
      return token;
    case "word":
      if (token.text === "null") return { kind: "null" };
      if (token.text === "true" || token.text === "false") return { kind: "boolean", value: token.text === "true" };
      throw badRequest(`'${token.text}' is not a value.`);
    case "symbol":
      throw badRequest(`'${token.text}' is not a value.`);
  }
}
