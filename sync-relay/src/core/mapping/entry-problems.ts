import type { EntrySource, FieldEntry, FieldMap } from "./field-map";
import { editDistance, nearestName } from "../nearest-name";
import { isPatchable } from "./patchable-paths";
import { partnerCenterPath, type PartnerCenterPath, partnerCenterPaths } from "./partner-center-paths";

/** The parts of a mapping file that make a field map. */
export type FieldMapSections = Pick<FieldMap, "toPartnerCenter" | "toCrm" | "match" | "when">;

/** Where an entry stands in the sections. */
export interface EntryPlace {
  readonly section: "toPartnerCenter" | "toCrm";
  readonly event: "create" | "update";
  readonly index: number;
}

/** What is wrong, and where: an entry and the part of it, or a lookup of `match`. */
export interface EntryProblem {
  readonly at: (EntryPlace & { readonly part: EntryPart }) | { readonly section: "match"; readonly lookup: string };
  readonly message: string;
}

export type EntryPart = "to" | "from" | "as" | "list" | "default" | "unlessSet" | "conflict";

export type PlacedEntry = EntryPlace & { readonly entry: FieldEntry };

/** Every entry with its place, in the order of the file. */
export function placed({ toPartnerCenter, toCrm }: FieldMapSections): readonly PlacedEntry[] {
  const place = (section: EntryPlace["section"], event: EntryPlace["event"], entries: readonly FieldEntry[]) =>
    entries.map((entry, index) => ({ section, event, index, entry }));
  return [
    ...place("toPartnerCenter", "create", toPartnerCenter.create),
    ...place("toPartnerCenter", "update", toPartnerCenter.update),
    ...place("toCrm", "create", toCrm.create),
    ...place("toCrm", "update", toCrm.update),
  ];
}

/** A problem with one part of an entry. */
export function problemAt({ section, event, index }: EntryPlace, part: EntryPart, message: string): EntryProblem {
  return { at: { section, event, index, part }, message };
}

/** What can be said of each entry on its own, of duplicates, and of `match`. */
export function entryProblems(sections: FieldMapSections): readonly EntryProblem[] {
  const entries = placed(sections);
  return [...entries.flatMap(problemsOf), ...duplicates(entries), ...matchProblems(sections)];
}

function problemsOf(one: PlacedEntry): readonly EntryProblem[] {
  return one.section === "toPartnerCenter" ? sentProblems(one) : takenProblems(one);
}

function sentProblems(one: PlacedEntry): readonly EntryProblem[] {
  const { to } = one.entry;
  const place = partnerCenterPath(to);
  if (place === null) return [problemAt(one, "to", unknownPath(to))];
  return [...writeProblems(one, place), ...conversionProblems(one, place)];
}

function writeProblems(one: PlacedEntry, place: PartnerCenterPath): readonly EntryProblem[] {
  const { to, as } = one.entry;
  if (place.relayOwned) return [problemAt(one, "to", `the relay itself sets "${to}"`)];
  if (!place.write) return [problemAt(one, "to", `Partner Center sets "${to}" itself: it can only be read`)];
  if (one.event === "update" && !isPatchable(to)) {
    return [problemAt(one, "to", `Partner Center does not let "${to}" change after creation: send it on create only`)];
  }
  if (one.event === "create" && as === "status") {
    return [problemAt(one, "to", "a new referral gets its status from Partner Center: send it on update only")];
  }
  return [];
}

function takenProblems(one: PlacedEntry): readonly EntryProblem[] {
  const { source, as } = one.entry;
  if (as === "people") {
    return [
      problemAt(one, "as", 'people go to Partner Center only; read one part, e.g. "customerProfile.team.0.email"'),
    ];
  }
  if (source.kind === "parts") return [problemAt(one, "from", "the parts of a person can be read from the CRM only")];
  if (source.kind !== "path") return oneTimeProblems(one, source);
  const place = partnerCenterPath(source.path);
  if (place === null) return [problemAt(one, "from", unknownPath(source.path))];
  return conversionProblems(one, place);
}

function oneTimeProblems(one: PlacedEntry, source: EntrySource): readonly EntryProblem[] {
  if (one.event === "create") return [];
  const what = source.kind === "constant" ? "value" : "expr";
  return [problemAt(one, "from", `an update of the CRM takes "from" only; use "${what}" on create`)];
}

function conversionProblems(one: PlacedEntry, place: PartnerCenterPath): readonly EntryProblem[] {
  const { as, list, source } = one.entry;
  if (source.kind !== "constant" && !place.as.includes(as)) {
    return [problemAt(one, "as", `"${place.path}" cannot be read as ${as}; use ${place.as.join(", ")}`)];
  }
  if (as === "status" && list === null) return [problemAt(one, "as", "a status needs a list of stages")];
  if (list !== null && !takesList(as)) return [problemAt(one, "list", `${as} takes no list`)];
  return [];
}

function takesList(as: FieldEntry["as"]): boolean {
  return as === "choice" || as === "choices" || as === "country" || as === "status";
}

function duplicates(entries: readonly PlacedEntry[]): readonly EntryProblem[] {
  const seen = new Set<string>();
  return entries.flatMap((one) => {
    const key = `${one.section} ${one.event} ${one.entry.to}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [problemAt(one, "to", `"${one.entry.to}" is written twice on ${one.event}`)];
  });
}

/** A record is looked up by what a create writes to it, so every path of a match must be written. */
function matchProblems({ match, toCrm }: FieldMapSections): readonly EntryProblem[] {
  return Object.entries(match).flatMap(([lookup, paths]) =>
    paths
      .filter((path) => !toCrm.create.some(({ to }) => to === `${lookup}.${path}`))
      .map((path) => ({
        at: { section: "match" as const, lookup },
        message: `"${lookup}" is found by "${path}", but no toCrm entry writes "${lookup}.${path}" on create`,
      })),
  );
}

function unknownPath(path: string): string {
  const near = nearest(path);
  return `Partner Center has no "${path}"${near === null ? "" : `; did you mean "${near}"?`}`;
}

/** Letters that a misspelt path may differ in and still be taken for a known one. */
const MISSPELT = 2;

/** The known path with the same letters in another case, the same last step, or almost the same letters. */
function nearest(path: string): string | null {
  const last = path.split(".").at(-1)?.toLowerCase();
  const known = partnerCenterPaths.map((place) => place.path);
  const sameLetters = known.find((one) => one.toLowerCase() === path.toLowerCase());
  const sameStep = known.find((one) => one.split(".").at(-1)?.toLowerCase() === last);
  const almost = nearestName(path, known);
  return sameLetters ?? sameStep ?? (almost !== null && editDistance(path, almost) <= MISSPELT ? almost : null);
}
