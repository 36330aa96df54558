import { sameJson } from "../json";
import { type EntryProblem, type FieldMapSections, placed, type PlacedEntry, problemAt } from "./entry-problems";
import { comesFrom, ruleOf } from "./field-rule";

/** What is wrong with the entries of a field together. */
export function fieldProblems(sections: FieldMapSections, keys: readonly string[]): readonly EntryProblem[] {
  const entries = placed(sections);
  return keys.flatMap((key) => {
    const sent = entries.filter(({ section, entry }) => section === "toPartnerCenter" && entry.to === key);
    const taken = entries.filter(({ section, entry }) => section === "toCrm" && comesFrom(entry, key));
    const updates = taken.filter(({ event }) => event === "update");
    const compared = [...sent, ...updates];
    return [
      ...disagreements(key, compared, "as"),
      ...disagreements(key, compared, "list"),
      ...conflictDisagreement(key, compared),
      ...(sent.length > 0 && updates.length > 0 ? twoWayProblems(sections, key, { sent, updates }) : []),
    ];
  });
}

function disagreements(key: string, entries: readonly PlacedEntry[], part: "as" | "list"): readonly EntryProblem[] {
  const [first, ...others] = entries;
  if (first === undefined) return [];
  const agreed = entries.find(({ entry }) => entry[part] !== null) ?? first;
  return others
    .filter(({ entry }) => entry.source.kind !== "constant" && differs(entry[part], agreed.entry[part]))
    .slice(0, 1)
    .map((one) => problemAt(preferWritten(one, agreed), part, `the entries of "${key}" must have the same "${part}"`));
}

/** An entry that names no list shares that of the field's other entries. */
function differs(a: PlacedEntry["entry"]["as" | "list"], b: PlacedEntry["entry"]["as" | "list"]): boolean {
  if (typeof a === "string" || typeof b === "string") return a !== b;
  return a !== null && b !== null && !sameJson(a.pairs.map(asJson), b.pairs.map(asJson));
}

function asJson(pair: { readonly crm: unknown; readonly canonical: unknown }): string {
  return JSON.stringify([pair.crm, pair.canonical]);
}

function conflictDisagreement(key: string, entries: readonly PlacedEntry[]): readonly EntryProblem[] {
  const chosen = entries.filter(({ entry }) => entry.conflict !== "newest");
  const [first] = chosen;
  const other = chosen.find(({ entry }) => entry.conflict !== first?.entry.conflict);
  if (first === undefined || other === undefined) return [];
  return [problemAt(preferWritten(other, first), "conflict", `the entries of "${key}" name two winners of a conflict`)];
}

interface TwoWay {
  readonly sent: readonly PlacedEntry[];
  readonly updates: readonly PlacedEntry[];
}

/** A field that both sides may change must be read from where it is written, or it would never come to rest. */
function twoWayProblems(sections: FieldMapSections, key: string, { sent, updates }: TwoWay): readonly EntryProblem[] {
  const source = ruleOf(sections, key)?.source;
  const readPath = source?.kind === "path" ? source.path : null;
  const stuck = updates.find(({ entry }) => entry.unlessSet);
  const kept = `"${key}" goes both ways: a value that is there must give way`;
  const found = stuck === undefined ? [] : [problemAt(stuck, "unlessSet", kept)];
  const [update] = updates;
  if (update === undefined || updates.some(({ entry }) => entry.to === readPath)) return found;
  const why =
    readPath === null
      ? "is sent from a formula, a constant or parts: it cannot be taken back"
      : `is read from "${readPath}": an update must write the same path`;
  const own = sent.find(({ entry }) => entry.line !== null) ?? update;
  const at = preferWritten(update, own);
  const off = `{ to: ${update.entry.to}, off: true }`;
  return [
    ...found,
    problemAt(at, at === update ? "to" : "from", `"${key}" ${why}; or write ${off} under toCrm.update`),
  ];
}

/** Of two entries that disagree, the one that stands in the customer's file. */
function preferWritten(one: PlacedEntry, other: PlacedEntry): PlacedEntry {
  return one.entry.line === null ? other : one;
}
