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
  const cursor = createCursor(filterTokens(filter));
  const expression = parseAny(cursor, 0);
  if (!cursor.atEnd()) throw badRequest("The filter has text after its end.");
  return expression;
}

interface Cursor {
  atEnd(): boolean;
  /** Text of the next token when it is a word or a symbol. */
  peek(): string | undefined;
  next(): FilterToken;
  /** Steps over the next token when it has this text. */
  accept(text: string): boolean;
  expect(text: string): void;
  word(): string;
}

function createCursor(tokens: readonly FilterToken[]): Cursor {
  let position = 0;
  const cursor: Cursor = {
    atEnd: () => position >= tokens.length,
    peek: () => {
      const token = tokens[position];
      return token && (token.kind === "word" || token.kind === "symbol") ? token.text : undefined;
    },
    next: () => {
      const token = tokens[position];
      if (!token) throw badRequest("The filter ends too early.");
      position += 1;
      return token;
    },
    accept: (text) => {
      if (cursor.peek() !== text) return false;
      position += 1;
      return true;
    },
    expect: (text) => {
      if (!cursor.accept(text)) throw badRequest(`'${text}' expected in the filter.`);
    },
    word: () => {
      const token = cursor.next();
      if (token.kind !== "word") throw badRequest("A property name was expected in the filter.");
      return token.text;
    },
  };
  return cursor;
}

function parseAny(cursor: Cursor, depth: number): FilterExpression {
  let left = parseAll(cursor, depth);
  while (cursor.accept("or")) left = { kind: "or", left, right: parseAll(cursor, depth) };
  return left;
}

function parseAll(cursor: Cursor, depth: number): FilterExpression {
  let left = parseOne(cursor, depth);
  while (cursor.accept("and")) left = { kind: "and", left, right: parseOne(cursor, depth) };
  return left;
}

function parseOne(cursor: Cursor, depth: number): FilterExpression {
  if (depth > MAX_DEPTH) throw badRequest("The filter is nested too deeply.");
  if (cursor.accept("not")) return { kind: "not", operand: parseOne(cursor, depth + 1) };
  if (cursor.accept("(")) {
    const inner = parseAny(cursor, depth + 1);
    cursor.expect(")");
    return inner;
  }
  const name = cursor.word();
  if (cursor.accept("(")) return parseFunction(cursor, name);
  return { kind: "compare", path: name, comparison: comparisonOf(cursor.word()), literal: literalOf(cursor.next()) };
}

function parseFunction(cursor: Cursor, name: string): FilterExpression {
  const test = TEXT_TESTS.find((one) => one === name);
  if (!test) return parseListTest(cursor, name);
  const path = cursor.word();
  cursor.expect(",");
  const text = literalText(cursor.next());
  cursor.expect(")");
  return { kind: "text", test, path, text };
}

function parseListTest(cursor: Cursor, name: string): FilterExpression {
  const test = Object.entries(LIST_TESTS).find(([one]) => one === name)?.[1];
  if (!test) throw badRequest(`The filter function '${name}' is not known.`);
  for (const text of ["PropertyName", "="]) cursor.expect(text);
  const path = literalText(cursor.next());
  for (const text of [",", "PropertyValues", "=", "["]) cursor.expect(text);
  const literals: Literal[] = [];
  do literals.push(literalOf(cursor.next()));
  while (cursor.accept(","));
  for (const text of ["]", ")"]) cursor.expect(text);
  return { kind: "list", test, path, literals };
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
