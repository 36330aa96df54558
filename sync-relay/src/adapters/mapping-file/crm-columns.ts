import type { FieldMapSections } from "../../core/mapping/entry-problems";
import type { Conversion, FieldEntry } from "../../core/mapping/field-map";
import { pathsOf } from "../../core/mapping/entry-source";

/** What a column of the CRM holds. */
export type CrmColumnKind =
  "text" | "int" | "number" | "money" | "bool" | "date" | "datetime" | "choice" | "choices" | "lookup";

/** Kind of every column that the mapping may name, by path, e.g. `parentaccountid.name`. */
export type CrmColumns = ReadonlyMap<string, CrmColumnKind>;

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

/** A column that an entry names and that is not there, or does not fit. */
export interface ColumnProblem {
  readonly entry: FieldEntry;
  readonly key: "from" | "to";
  readonly message: string;
}

/** Checks every column of the mapping against the CRM's. */
export function columnProblems(map: FieldMapSections, columns: CrmColumns): readonly ColumnProblem[] {
  const read = [...map.toPartnerCenter.create, ...map.toPartnerCenter.update].flatMap((entry) =>
    pathsOf(entry.source).map((path) => ({
      entry,
      key: "from" as const,
      path,
      isFormula: entry.source.kind === "formula",
    })),
  );
  const written = [...map.toCrm.create, ...map.toCrm.update].map((entry) => ({
    entry,
    key: "to" as const,
    path: entry.to,
    isFormula: false,
  }));
  return [...read, ...written].flatMap(({ entry, key, path, isFormula }) => {
    const kind = columns.get(path);
    if (kind === undefined) return [{ entry, key, message: `the CRM has no column "${path}"` }];
    if (isFormula || fitting[entry.as].includes(kind)) return [];
    return [{ entry, key, message: `the column "${path}" is of the kind ${kind}: it does not go with ${entry.as}` }];
  });
}
