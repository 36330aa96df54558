import { badRequest } from "../dataverse-error";

/** One token of a `$filter`. */
export type FilterToken =
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "guid"; readonly text: string }
  | { readonly kind: "date"; readonly text: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "symbol"; readonly text: string };

const PATTERNS: readonly (readonly [RegExp, (text: string) => FilterToken])[] = [
  [/'(?:[^']|'')*'/y, (text) => ({ kind: "string", text: text.slice(1, -1).replaceAll("''", "'") })],
  [/"(?:[^"\\]|\\.)*"/y, (text) => ({ kind: "string", text: text.slice(1, -1).replaceAll(/\\(.)/g, "$1") })],
  [
    /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iy,
    (text) => ({ kind: "guid", text: text.toLowerCase() }),
  ],
  [/\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?/y, (text) => ({ kind: "date", text })],
  [/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy, (text) => ({ kind: "number", value: Number(text) })],
  [/[A-Za-z_][\w.]*(?:\/[A-Za-z_]\w*)*/y, (text) => ({ kind: "word", text })],
  [/[(),=[\]]/y, (text) => ({ kind: "symbol", text })],
];

/** The tokens of a `$filter`. */
export function filterTokens(filter: string): readonly FilterToken[] {
  const tokens: FilterToken[] = [];
  let position = 0;
  while (position < filter.length) {
    if (/\s/.test(filter.charAt(position))) {
      position += 1;
      continue;
    }
    const { token, length } = tokenAt(filter, position);
    tokens.push(token);
    position += length;
  }
  return tokens;
}

function tokenAt(filter: string, position: number): { token: FilterToken; length: number } {
  for (const [pattern, make] of PATTERNS) {
    pattern.lastIndex = position;
    const text = pattern.exec(filter)?.[0];
    if (text !== undefined) return { token: make(text), length: text.length };
  }
  throw badRequest(`Syntax error at position ${position} in the filter.`);
}
