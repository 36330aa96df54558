/** A piece of a `$filter` expression. */
export type Token =
  | { readonly kind: "text" | "number" | "date" | "guid"; readonly value: string }
  | { readonly kind: "word"; readonly value: string }
  | { readonly kind: "mark"; readonly value: "(" | ")" | ":" };

const PATTERNS: readonly (readonly [RegExp, (text: string) => Token])[] = [
  [/^'(?:[^']|'')*'/, (text) => ({ kind: "text", value: text.slice(1, -1).replaceAll("''", "'") })],
  [/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])/i, (text) => ({ kind: "guid", value: text.toLowerCase() })],
  [/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?/, (text) => ({ kind: "date", value: text })],
  [/^-?\d+(\.\d+)?/, (text) => ({ kind: "number", value: text })],
  [/^[A-Za-z_@][\w@.]*(\/[A-Za-z_][\w]*)*/, (text) => ({ kind: "word", value: text })],
  [/^[():]/, (text) => ({ kind: "mark", value: text === "(" || text === ")" ? text : ":" })],
];

/** The tokens of an expression, or null when a part of it is none. */
export function tokensOf(expression: string): readonly Token[] | null {
  const tokens: Token[] = [];
  let rest = expression.trim();
  while (rest !== "") {
    const token = nextToken(rest);
    if (token === null) return null;
    tokens.push(token.token);
    rest = rest.slice(token.length).trimStart();
  }
  return tokens;
}

function nextToken(rest: string): { readonly token: Token; readonly length: number } | null {
  for (const [pattern, make] of PATTERNS) {
    const [text] = pattern.exec(rest) ?? [];
    if (text !== undefined) return { token: make(text), length: text.length };
  }
  return null;
}
