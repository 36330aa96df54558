// The Products column as a list of solution ids. What counts as an id is the relay's rule; a test compares the two, so
// that the form never takes what the relay refuses.

/** Most solutions that Partner Center takes on one referral. */
export const MOST_SOLUTIONS = 50;
/** Length of the Products column that is shipped, in characters. */
const COLUMN_LENGTH = 4000;
/** Longest id that is taken for one. */
const LONGEST_ID = 100;

const CO_SELL_SOLUTION = /^sol-\d+-[a-z0-9]+$/i;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** An offer id. Needs a digit, dot, hyphen or underscore somewhere: a plain word is somebody's prose. */
const OFFER = /^(?=[^.\-_\d]*[.\-_\d])[a-z0-9][a-z0-9._-]{2,}$/i;

/** One entry of the column; what is no id is kept and shown as wrong, never dropped in silence. */
export interface SolutionEntry {
  readonly text: string;
  readonly valid: boolean;
}

/** What became of ids that the seller typed or pasted. */
export interface Addition {
  readonly entries: readonly SolutionEntry[];
  readonly added: readonly string[];
  /** Ids that were there already. */
  readonly duplicates: readonly string[];
  /** Words that are no solution id. */
  readonly refused: readonly string[];
  /** Ids that found no room: the referral or the column is full. */
  readonly noRoom: readonly string[];
}

/** An id as it is compared and stored; null when the text has the shape of none. */
export function solutionId(typed: string): string | null {
  const id = typed.trim();
  if (id.length > LONGEST_ID) return null;
  if (CO_SELL_SOLUTION.test(id)) return id.toUpperCase();
  if (GUID.test(id)) return id.toLowerCase();
  return OFFER.test(id) ? id : null;
}

/** Entries of the column, each once, in the order they are written. */
export function solutionEntries(text: string | null): readonly SolutionEntry[] {
  const entries = words(text ?? "").map((word): SolutionEntry => {
    const id = solutionId(word);
    return { text: id ?? word, valid: id !== null };
  });
  const seen = new Set<string>();
  return entries.filter((entry) => !seen.has(entry.text) && seen.add(entry.text));
}

/**
 * The entries with typed or pasted ids added at the end. Words with nothing but blanks between them are a list only if
 * each of them is an id; otherwise they are somebody's prose, and the "365" in it is no offer.
 */
export function withSolutions(
  entries: readonly SolutionEntry[],
  typed: string,
  maxLength: number | null = COLUMN_LENGTH,
): Addition {
  const next = [...entries];
  const added: string[] = [];
  const duplicates: string[] = [];
  const refused: string[] = [];
  const noRoom: string[] = [];
  const found = solutionEntries(typed);
  if (!/[,;\t\r\n]/.test(typed.trim()) && found.some(({ valid }) => !valid)) {
    return { entries, added, duplicates, refused: [typed.trim()], noRoom };
  }
  for (const { text, valid } of found) {
    if (!valid) refused.push(text);
    else if (next.some((entry) => entry.text === text)) duplicates.push(text);
    else if (!hasRoom([...next, { text, valid }], maxLength ?? COLUMN_LENGTH)) noRoom.push(text);
    else {
      next.push({ text, valid });
      added.push(text);
    }
  }
  return { entries: next, added, duplicates, refused, noRoom };
}

/** The entries as the column keeps them; null when there are none. */
export function solutionText(entries: readonly SolutionEntry[]): string | null {
  return entries.length === 0 ? null : entries.map(({ text }) => text).join("; ");
}

/** Whether a text holds more than one entry, as a pasted list does. */
export function isList(text: string): boolean {
  return words(text).length > 1;
}

function words(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== "");
}

function hasRoom(entries: readonly SolutionEntry[], maxLength: number): boolean {
  return entries.length <= MOST_SOLUTIONS && (solutionText(entries) ?? "").length <= maxLength;
}
