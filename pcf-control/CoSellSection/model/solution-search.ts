// What is asked of the table *Co-sell solution* and what is made of its answer. A seller knows a solution by its name; an
// opportunity keeps its id.

import { solutionColumns, solutionTable } from "../../../solution/schema/solution-table";
import { solutionId } from "./solution-ids";

/** A solution of the table. */
export interface KnownSolution {
  readonly id: string;
  readonly name: string;
}

/** A question to the table, in the notation of the Web API. */
export interface SolutionQuery {
  readonly options: string;
  /** Rows that are wanted at most. */
  readonly most: number;
}

/** Rows of the first reading: most partners have fewer solutions, and then nothing more is asked. */
export const MOST_READ = 100;
/** Rows of a search by the server, and suggestions in the list: more are not looked through. */
export const MOST_SUGGESTED = 20;

const NAME = solutionColumns.name.logicalName;
const ID = solutionColumns.solutionId.logicalName;
const ACTIVE = "statecode eq 0";

/** The table that is asked. */
export const SOLUTION_TABLE = solutionTable.logicalName;

/** The first active solutions by name. */
export function firstQuery(): SolutionQuery {
  return query(ACTIVE, MOST_READ);
}

/** Active solutions whose name or id contains what was typed. */
export function searchQuery(typed: string): SolutionQuery {
  const text = quoted(literal(typed.trim()));
  return query(`${ACTIVE} and (contains(${NAME},${text}) or contains(${ID},${text}))`, MOST_SUGGESTED);
}

/** The solutions with these ids, active or not: a deal may name one that is no longer offered. */
export function namesQuery(ids: readonly string[]): SolutionQuery {
  return query(ids.map((id) => `${ID} eq ${quoted(id)}`).join(" or "), ids.length);
}

/** The solutions among the rows of an answer; what is none is left out. */
export function solutionsIn(rows: readonly unknown[]): readonly KnownSolution[] {
  return rows.flatMap((row) => {
    const { [NAME]: name, [ID]: written } = (row ?? {}) as Readonly<Record<string, unknown>>;
    const id = typeof written === "string" ? solutionId(written) : null;
    if (id === null) return [];
    return [{ id, name: typeof name === "string" && name.trim() !== "" ? name.trim() : id }];
  });
}

/** Solutions whose name or id contains what was typed, as the server would find them. */
export function matching(solutions: readonly KnownSolution[], typed: string): readonly KnownSolution[] {
  const wanted = folded(typed);
  return solutions.filter(({ id, name }) => folded(name).includes(wanted) || folded(id).includes(wanted));
}

/** The solution of that name; null when there is none, or more than one. */
export function solutionNamed(solutions: readonly KnownSolution[], typed: string): KnownSolution | null {
  const [only, ...others] = solutions.filter(({ name }) => folded(name) === folded(typed));
  return others.length === 0 ? (only ?? null) : null;
}

/** How a solution is told: by its name, if that is known, and its id. */
export function solutionLabel(id: string, name: string | null): string {
  return name === null || name === id ? id : `${name} (${id})`;
}

/** A text as Dataverse compares texts: without regard to case and accents. */
export function folded(text: string): string {
  return text
    .trim()
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
}

function query(filter: string, most: number): SolutionQuery {
  const options = `?$select=${NAME},${ID}&$filter=${encodeURIComponent(filter)}&$orderby=${NAME}&$top=${most}`;
  return { options, most };
}

function quoted(text: string): string {
  return `'${text.replace(/'/g, "''")}'`;
}

/** Dataverse reads these as wildcards, in this notation too; in brackets they are themselves. */
function literal(text: string): string {
  return text.replace(/[[%_]/g, "[$&]");
}
