// Statements that come again have a name: the database reads and plans such a one once for each connection instead of
// each time, which for a small statement is most of its work.

/** Names a statement; undefined for one that had better stay without a name. */
export type NameStatement = (statement: string) => string | undefined;

/**
 * Texts that get a name. The relay has some sixty; the queue library writes numbers into some of its own, and dates into
 * others, which never come again.
 */
const NAMES_AT_MOST = 300;
/** Texts that were met once. */
const REMEMBERED_AT_MOST = 1_000;
/** Several commands at once cannot be prepared, and what opens or ends a transaction has nothing to plan. */
const NOT_PLANNED = /;|^\s*(?:begin|commit|rollback)\b/i;

/** Names texts from the second time on. */
export function createStatementNames(): NameStatement {
  const names = new Map<string, string>();
  const metOnce = new Set<string>();
  return (statement) => {
    const known = names.get(statement);
    if (known !== undefined) return known;
    if (!metOnce.has(statement)) {
      if (metOnce.size < REMEMBERED_AT_MOST && !NOT_PLANNED.test(statement)) metOnce.add(statement);
      return undefined;
    }
    if (names.size === NAMES_AT_MOST) return undefined;
    const name = `cosell_${names.size + 1}`;
    names.set(statement, name);
    metOnce.delete(statement);
    return name;
  };
}
