// The Web API of the host, as far as reading a table goes: query options in the notation of OData, strings compared
// without regard to case and accents, and `%`, `_` and `[…]` as wildcards in `contains`, as Dataverse documents it.
// Whatever else is asked is refused, as is a table that is not there.

import { solutionColumns, solutionTable } from "../../../solution/schema/solution-table";
import type { SceneSolution } from "./scene";

export type Row = Readonly<Record<string, string | number>>;

/** How the platform refuses. */
export class WebApiError extends Error {
  public constructor(
    message: string,
    public readonly errorCode: number,
  ) {
    super(message);
  }
}

/** Solutions as rows of their table. */
export function rowsOf(solutions: readonly SceneSolution[]): readonly Row[] {
  return solutions.map(({ id, name, active = true }, n) => ({
    [solutionTable.primaryKey]: `00000000-0000-0000-0000-${String(n).padStart(12, "0")}`,
    [solutionColumns.name.logicalName]: name,
    [solutionColumns.solutionId.logicalName]: id,
    statecode: active ? 0 : 1,
  }));
}

/** The rows that an answer to these options holds. */
export function answerTo(rows: readonly Row[], options: string): readonly Row[] {
  const asked = new URLSearchParams(options);
  for (const name of asked.keys()) {
    if (!["$select", "$filter", "$orderby", "$top"].includes(name))
      throw new WebApiError(`Unknown option ${name}.`, 400);
  }
  const order = asked.get("$orderby") ?? solutionTable.primaryKey;
  const selected = [solutionTable.primaryKey, ...(asked.get("$select")?.split(",") ?? [])];
  const holds = filterOf(asked.get("$filter"));
  return rows
    .filter(holds)
    .sort((a, b) => String(cell(a, order)).localeCompare(String(cell(b, order)), "en"))
    .slice(0, Number(asked.get("$top") ?? "5000"))
    .map((row) => Object.fromEntries(selected.map((column) => [column, cell(row, column)])));
}

type Condition = (row: Row) => boolean;

const TOKEN = /^('(?:[^']|'')*'|[(),]|\d+|[a-z_]+)\s*/;

/** `or` of `and` of comparisons, with brackets. */
function filterOf(filter: string | null): Condition {
  if (filter === null) return () => true;
  const tokens = tokensOf(filter);
  const next = (): string => tokens.shift() ?? "";
  const expect = (wanted: string): void => {
    const token = next();
    if (token !== wanted) throw new WebApiError(`Syntax error: ${wanted} expected, ${token} found in ${filter}`, 400);
  };
  const anyOf = (): Condition => {
    const conditions = [allOf()];
    while (tokens[0] === "or") conditions.push((next(), allOf()));
    return (row) => conditions.some((holds) => holds(row));
  };
  const allOf = (): Condition => {
    const conditions = [one()];
    while (tokens[0] === "and") conditions.push((next(), one()));
    return (row) => conditions.every((holds) => holds(row));
  };
  const one = (): Condition => {
    const word = next();
    if (word === "(") {
      const inner = anyOf();
      expect(")");
      return inner;
    }
    if (word === "contains") {
      expect("(");
      const column = next();
      expect(",");
      const pattern = likePattern(text(next()));
      expect(")");
      return (row) => pattern.test(plain(String(cell(row, column))));
    }
    expect("eq");
    const value = next();
    const wanted = value.startsWith("'") ? plain(text(value)) : value;
    return (row) => plain(String(cell(row, word))) === wanted;
  };
  const condition = anyOf();
  if (tokens.length > 0) throw new WebApiError(`Syntax error at ${tokens.join(" ")} in ${filter}`, 400);
  return condition;
}

function tokensOf(filter: string): string[] {
  const tokens: string[] = [];
  let rest = filter.trim();
  while (rest !== "") {
    const [read, token] = TOKEN.exec(rest) ?? [];
    if (read === undefined || token === undefined) throw new WebApiError(`Syntax error at ${rest} in ${filter}`, 400);
    tokens.push(token);
    rest = rest.slice(read.length);
  }
  return tokens;
}

function cell(row: Row, column: string): string | number {
  const value = row[column];
  if (value === undefined) throw new WebApiError(`Could not find a property named '${column}'.`, 400);
  return value;
}

function text(token: string): string {
  if (!token.startsWith("'")) throw new WebApiError(`A text was expected, ${token} found.`, 400);
  return token.slice(1, -1).replaceAll("''", "'");
}

function plain(value: string): string {
  return value
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
}

function likePattern(contained: string): RegExp {
  const source = plain(contained).replace(/\[(.)\]|[%_]|[^%_]/gsu, (part, bracketed: string | undefined) => {
    if (bracketed !== undefined) return escaped(bracketed);
    if (part === "%") return "[^]*";
    return part === "_" ? "[^]" : escaped(part);
  });
  return new RegExp(source, "u");
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
}
