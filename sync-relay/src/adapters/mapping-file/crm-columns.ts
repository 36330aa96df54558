import type { FieldMapSections } from "../../core/mapping/entry-problems";
import { pathsOf } from "../../core/mapping/entry-source";
import type { CrmColumn, CrmColumnKind, CrmColumns } from "../../core/mapping/crm-column";
import type { Conversion, FieldEntry } from "../../core/mapping/field-map";
import { formulaTypeProblem } from "./formula-types";

const fitting: Readonly<Record<Conversion, readonly CrmColumnKind[]>> = {
  text: ["text", "int", "number", "money", "bool", "date", "datetime", "choice"],
  "html-to-text": ["text"],
  int: ["int", "number", "text"],
  number: ["number", "int", "money", "text"],
  money: ["money", "number", "int", "text"],
  bool: ["bool", "text"],
  date: ["date", "datetime", "text"],
  datetime: ["datetime", "text"],
  currency: ["text"],
  country: ["text"],
  choice: ["choice", "text", "int", "bool"],
  choices: ["choices", "text"],
  solutions: ["text"],
  people: ["text"],
  status: ["choice"],
  json: ["text", "int", "number", "money", "bool", "date", "datetime", "choice", "choices", "lookup"],
};

/** What is wrong with an entry in the light of the CRM's columns. */
export interface ColumnProblem {
  readonly entry: FieldEntry;
  readonly key: "from" | "to" | "list" | "max";
  readonly message: string;
  /** Offset inside a formula. */
  readonly start?: number;
}

/** Checks every column of the mapping against the CRM's. */
export function columnProblems(sections: FieldMapSections, columns: CrmColumns): readonly ColumnProblem[] {
  const { toPartnerCenter, toCrm } = sections;
  const sent = [...toPartnerCenter.create, ...toPartnerCenter.update].flatMap((entry) => readProblems(entry, columns));
  const events = ["create", "update"] as const;
  const taken = events.flatMap((event) => toCrm[event].flatMap((entry) => writeProblems(entry, event, columns)));
  return [...sent, ...taken];
}

function readProblems(entry: FieldEntry, columns: CrmColumns): readonly ColumnProblem[] {
  const isFormula = entry.source.kind === "formula";
  const unfit = pathsOf(entry.source).flatMap((path): readonly ColumnProblem[] => {
    const column = columns.get(path);
    if (column === undefined) return [{ entry, key: "from", message: noColumn(path) }];
    if (!isFormula && !fitting[entry.as].includes(column.kind))
      return [kindProblem({ entry, key: "from", path }, column)];
    return isFormula ? [] : optionProblems(entry, path, column);
  });
  return [...unfit, ...formulaProblems(entry, columns)];
}

function formulaProblems(entry: FieldEntry, columns: CrmColumns): readonly ColumnProblem[] {
  const problem = entry.source.kind === "formula" ? formulaTypeProblem(entry.source, columns) : null;
  return problem === null ? [] : [{ entry, key: "from", message: problem.message, start: problem.start }];
}

function writeProblems(entry: FieldEntry, event: "create" | "update", columns: CrmColumns): readonly ColumnProblem[] {
  const { to, source } = entry;
  const column = columns.get(to);
  if (column === undefined) return [{ entry, key: "to", message: noColumn(to) }];
  if (source.kind !== "constant" && !fitting[entry.as].includes(column.kind)) {
    return [kindProblem({ entry, key: "to", path: to }, column)];
  }
  if (!column.writable[event])
    return [{ entry, key: "to", message: `the CRM does not let "${to}" be set on ${event}` }];
  return [...optionProblems(entry, to, column), ...constantProblems(entry, column), ...lengthProblems(entry, column)];
}

/** A list names values of the CRM that the choice does not have: they would be refused, or never come. */
function optionProblems(entry: FieldEntry, path: string, { options }: CrmColumn): readonly ColumnProblem[] {
  if (options === null || entry.list === null) return [];
  const unknown = entry.list.pairs.flatMap(({ crm }) =>
    typeof crm === "number" && !options.includes(crm) ? [crm] : [],
  );
  if (unknown.length === 0) return [];
  const message = `the column "${path}" has no value ${unknown.join(", ")}; it has ${options.join(", ")}`;
  return [{ entry, key: "list", message }];
}

function constantProblems(entry: FieldEntry, { options }: CrmColumn): readonly ColumnProblem[] {
  if (entry.source.kind !== "constant" || options === null) return [];
  const { value } = entry.source;
  if (value === null || (typeof value === "number" && options.includes(value))) return [];
  const message = `the column "${entry.to}" has no value ${JSON.stringify(value)}; it has ${options.join(", ")}`;
  return [{ entry, key: "from", message }];
}

/** The CRM refuses a text that is too long, and with it everything else that is written. */
function lengthProblems(entry: FieldEntry, { kind, maxLength }: CrmColumn): readonly ColumnProblem[] {
  const isText = entry.as === "text" || entry.as === "html-to-text";
  if (!isText || kind !== "text" || maxLength === null || entry.source.kind === "constant") return [];
  if (entry.max !== null && entry.max <= maxLength) return [];
  return [
    { entry, key: "max", message: `the column "${entry.to}" takes ${maxLength} characters: say max: ${maxLength}` },
  ];
}

interface KindPlace {
  readonly entry: FieldEntry;
  readonly key: "from" | "to";
  readonly path: string;
}

function kindProblem({ entry, key, path }: KindPlace, { kind }: CrmColumn): ColumnProblem {
  return { entry, key, message: `the column "${path}" is of the kind ${kind}: it does not go with ${entry.as}` };
}

export function noColumn(path: string): string {
  return `the CRM has no column "${path}"`;
}
