// What this section knows of the table *Co-sell solution*. It asks little: the first active rows once, when the seller
// turns to the products; the names of ids that are on the form; and the server for what was typed only when the table is
// longer than the first answer. Where the table cannot be read (no such table, no privilege, no Web API, no network) the
// first refusal ends all asking, and solution ids are typed as ever.

import {
  firstQuery,
  folded,
  matching,
  MOST_SUGGESTED,
  namesQuery,
  searchQuery,
  solutionsIn,
  type KnownSolution,
  type SolutionQuery,
} from "./model/solution-search";
import { MOST_SOLUTIONS } from "./model/solution-ids";

/** Puts a question to the table; rejects where it cannot be read. */
export type ReadSolutions = (query: SolutionQuery) => Promise<readonly unknown[]>;

/** The partner's solutions as far as this form may know them. */
export interface SolutionCatalogue {
  /** False once it is known that the table cannot be read here. */
  readonly available: () => boolean;
  /** Null when the name is not, or not yet, known. */
  readonly nameOf: (id: string) => string | null;
  /** Asks for the names of ids, each id once. */
  readonly learn: (ids: readonly string[]) => void;
  /** Active solutions for what was typed, the first ones for nothing typed; none where there are none to be had. */
  readonly search: (typed: string) => Promise<readonly KnownSolution[]>;
  /** Tells whenever something above changes; returns how to end that. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** Ids whose names are asked for on one form; one referral takes no more than 50. */
const MOST_LEARNED = 4 * MOST_SOLUTIONS;

interface Answer {
  readonly solutions: readonly KnownSolution[];
  /** Whether the table holds no more rows of that kind. */
  readonly whole: boolean;
}

const nothing: Answer = { solutions: [], whole: true };

/** A catalogue that asks by `read`; null where the host offers no way to ask. */
export function createCatalogue(read: ReadSolutions | null): SolutionCatalogue {
  const names = new Map<string, string>();
  const asked = new Set<string>();
  const searches = new Map<string, Promise<Answer>>();
  const listeners = new Set<() => void>();
  let readable = read !== null;
  let first: Promise<Answer> | null = null;

  async function ask(query: SolutionQuery): Promise<Answer> {
    if (read === null || !readable) return nothing;
    try {
      const rows = await read(query);
      const solutions = solutionsIn(rows.slice(0, query.most));
      for (const { id, name } of solutions) names.set(id, name);
      return { solutions, whole: rows.length < query.most };
    } catch {
      readable = false;
      return nothing;
    } finally {
      for (const listener of listeners) listener();
    }
  }

  function learn(ids: readonly string[]): void {
    const fresh = ids.filter((id) => !asked.has(id) && !names.has(id)).slice(0, MOST_SOLUTIONS);
    if (fresh.length === 0 || asked.size >= MOST_LEARNED) return;
    for (const id of fresh) asked.add(id);
    void ask(namesQuery(fresh));
  }

  async function search(typed: string): Promise<readonly KnownSolution[]> {
    first ??= ask(firstQuery());
    const start = await first;
    const words = folded(typed);
    if (start.whole || words === "") return matching(start.solutions, typed).slice(0, MOST_SUGGESTED);
    const found = searches.get(words) ?? ask(searchQuery(typed));
    searches.set(words, found);
    return (await found).solutions;
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }

  return { available: () => readable, nameOf: (id) => names.get(id) ?? null, learn, search, subscribe };
}
