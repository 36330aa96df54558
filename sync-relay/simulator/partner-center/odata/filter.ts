// The part of OData's `$filter` that the service is known to take: comparisons of a property with a literal, and, or,
// not, parentheses, and `list/any(x:…)`. Anything else is refused, as the service would.

import { tokensOf, type Token } from "./tokens";

export type Comparison = "eq" | "ne" | "gt" | "ge" | "lt" | "le";

export type Literal =
  | { readonly kind: "text" | "date"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" };

export type Filter =
  | { readonly kind: "compare"; readonly path: string; readonly with: Comparison; readonly literal: Literal }
  | { readonly kind: "and" | "or"; readonly sides: readonly [Filter, Filter] }
  | { readonly kind: "not"; readonly inner: Filter }
  /** True when an item of the list satisfies the condition, whose paths are relative to the item. */
  | { readonly kind: "any"; readonly path: string; readonly condition: Filter | null };

const COMPARISONS: readonly string[] = ["eq", "ne", "gt", "ge", "lt", "le"];
/** Deepest nesting of parentheses that is read; a legitimate filter has two or three. */
const DEEPEST_NESTING = 50;

/** The filter, or null when it cannot be read. */
export function parseFilter(expression: string): Filter | null {
  const tokens = tokensOf(expression);
  if (tokens === null) return null;
  const reader = createReader(tokens);
  const filter = readOr(reader, { depth: 0, variable: null });
  return reader.isAtEnd() ? filter : null;
}

interface Scope {
  readonly depth: number;
  /** The lambda variable in force. */
  readonly variable: string | null;
}

interface Reader {
  next(): Token | undefined;
  /** Takes the next token when it has this value. */
  takes(value: string): boolean;
  isAtEnd(): boolean;
}

function createReader(tokens: readonly Token[]): Reader {
  let position = 0;
  return {
    next: () => tokens[position++],
    takes(value) {
      const token = tokens[position];
      const found = token?.value === value && (token.kind === "word" || token.kind === "mark");
      if (found) position += 1;
      return found;
    },
    isAtEnd: () => position >= tokens.length,
  };
}

function readOr(reader: Reader, scope: Scope): Filter | null {
  let left = readAnd(reader, scope);
  while (left !== null && reader.takes("or")) {
    const right = readAnd(reader, scope);
    left = right === null ? null : { kind: "or", sides: [left, right] };
  }
  return left;
}

function readAnd(reader: Reader, scope: Scope): Filter | null {
  let left = readTerm(reader, scope);
  while (left !== null && reader.takes("and")) {
    const right = readTerm(reader, scope);
    left = right === null ? null : { kind: "and", sides: [left, right] };
  }
  return left;
}

function readTerm(reader: Reader, scope: Scope): Filter | null {
  if (scope.depth > DEEPEST_NESTING) return null;
  const inner = { ...scope, depth: scope.depth + 1 };
  if (reader.takes("not")) {
    const negated = readTerm(reader, inner);
    return negated === null ? null : { kind: "not", inner: negated };
  }
  if (reader.takes("(")) {
    const grouped = readOr(reader, inner);
    return reader.takes(")") ? grouped : null;
  }
  const token = reader.next();
  if (token?.kind !== "word") return null;
  return token.value.endsWith("/any")
    ? readAny(reader, token.value, inner)
    : readComparison(reader, token.value, scope);
}

function readAny(reader: Reader, word: string, scope: Scope): Filter | null {
  const path = word.slice(0, -"/any".length);
  if (!reader.takes("(")) return null;
  if (reader.takes(")")) return { kind: "any", path, condition: null };
  const variable = reader.next();
  if (variable?.kind !== "word" || !reader.takes(":")) return null;
  const condition = readOr(reader, { ...scope, variable: variable.value });
  return condition !== null && reader.takes(")") ? { kind: "any", path, condition } : null;
}

function readComparison(reader: Reader, word: string, scope: Scope): Filter | null {
  const path = pathInScope(word, scope.variable);
  const operator = reader.next();
  const literal = literalOf(reader.next());
  const isComparison = operator?.kind === "word" && COMPARISONS.includes(operator.value);
  if (path === null || literal === null || !isComparison) return null;
  return { kind: "compare", path, with: operator.value as Comparison, literal };
}

/** Inside a lambda every path starts with its variable. */
function pathInScope(word: string, variable: string | null): string | null {
  if (variable === null) return word;
  if (word === variable) return "";
  return word.startsWith(`${variable}/`) ? word.slice(variable.length + 1) : null;
}

function literalOf(token: Token | undefined): Literal | null {
  switch (token?.kind) {
    case "text":
    case "guid":
      return { kind: "text", value: token.value };
    case "date":
      return { kind: "date", value: token.value };
    case "number":
      return { kind: "number", value: Number(token.value) };
    case "word":
      return wordLiteral(token.value);
    case "mark":
    case undefined:
      return null;
  }
}

function wordLiteral(word: string): Literal | null {
  if (word === "null") return { kind: "null" };
  return word === "true" || word === "false" ? { kind: "boolean", value: word === "true" } : null;
}
