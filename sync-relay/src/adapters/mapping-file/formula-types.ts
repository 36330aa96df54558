// Types of a formula against the columns that it reads, once the CRM's columns are known: `crm.name * 2` is found out
// before the relay meets a deal.

import type { CrmColumnKind, CrmColumns } from "../../core/mapping/crm-column";
import type { EntrySource } from "../../core/mapping/field-map";
import { formulaLanguage } from "./formula";
import type { Refused } from "./formula-limits";

/** What a column is to a formula. Numbers come as decimals, dates and lists of choices as text. */
const typeOf: Readonly<Record<CrmColumnKind, "string" | "double" | "bool" | "dyn">> = {
  text: "string",
  date: "string",
  datetime: "string",
  choices: "string",
  int: "double",
  number: "double",
  money: "double",
  choice: "double",
  bool: "bool",
  lookup: "dyn",
  other: "dyn",
};

/** The schema of a variable: a column's type, or the columns of a record behind a lookup. */
interface Schema {
  [name: string]: string | Schema;
}

/**
 * What is wrong with the types of a formula over `crm`. Whole and decimal numbers mix when a formula runs, while the
 * check takes them for different types: what it says of these two alone is no fault.
 */
export function formulaTypeProblem(
  { text, reads }: Extract<EntrySource, { kind: "formula" }>,
  columns: CrmColumns,
): Refused | null {
  // A column that is not there is reported as such.
  if (reads.some((path) => !columns.has(path))) return null;
  const found = problemWith(
    text,
    schemaOf(reads, columns, (type) => type),
  );
  if (found === null || !isAboutNumbersOnly(found.message)) return found;
  return problemWith(
    text,
    schemaOf(reads, columns, (type) => (type === "double" ? "dyn" : type)),
  );
}

function problemWith(text: string, schema: Schema): Refused | null {
  const checked = formulaLanguage().registerVariable({ name: "crm", schema }).parse(text).check();
  if (checked.valid) return null;
  return { message: checked.error?.summary ?? "has the wrong types", start: checked.error?.range?.start ?? 0 };
}

function isAboutNumbersOnly(message: string): boolean {
  const types = message.match(/\b(?:double|int|string|bool|map|list|dyn|null|timestamp|optional\w*)\b/g) ?? [];
  return types.length > 0 && types.every((type) => type === "double" || type === "int");
}

function schemaOf(reads: readonly string[], columns: CrmColumns, widen: (type: string) => string): Schema {
  const root: Schema = {};
  for (const path of [...reads].sort((a, b) => b.split(".").length - a.split(".").length)) {
    const steps = path.split(".");
    const last = steps.pop() ?? "";
    let holder = root;
    for (const step of steps) holder = inner(holder, step);
    const column = columns.get(path);
    if (column !== undefined && !Object.hasOwn(holder, last)) holder[last] = widen(typeOf[column.kind]);
  }
  return root;
}

function inner(holder: Schema, step: string): Schema {
  const there = Object.hasOwn(holder, step) ? holder[step] : undefined;
  if (typeof there === "object") return there;
  const made: Schema = {};
  holder[step] = made;
  return made;
}
