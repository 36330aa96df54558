import type { Json } from "../../core/json";
import { conversionOf } from "../../core/mapping/conversions/conversion-of";
import type { Conversion, EntrySource, FieldEntry, ValueList } from "../../core/mapping/field-map";
import { partnerCenterPath } from "../../core/mapping/partner-center-paths";
import { stages } from "../../core/mapping/stages";
import { compileFormula } from "./formula";
import type { FileProblem } from "./mapping-problem";
import type { WrittenEntry } from "./mapping-schema";
import type { NamedList } from "./value-lists";
import { entryProblem, type OriginalEntry, type Section } from "./written-mapping";

export interface ReadEntry {
  readonly entry: FieldEntry;
  readonly problems: readonly FileProblem[];
}

/** An entry as the core knows it, with everything that is wrong with it on its own. */
export function fieldEntry(written: OriginalEntry, section: Section, lists: ReadonlyMap<string, NamedList>): ReadEntry {
  const problems: FileProblem[] = [];
  const { entry, origin } = written;
  const as = entry.as ?? naturalConversion(written, section);
  const list = listOf(written, lists, problems);
  const limits = { list, max: entry.max ?? null };
  const source = sourceOf(written, section, problems);
  const read: FieldEntry = {
    to: entry.to,
    source: section === "toPartnerCenter" ? canonicalConstant({ written, source, as, limits }, problems) : source,
    as,
    ...limits,
    default: entry.default,
    ...flagsOf(entry),
    line: origin.isBuiltin ? null : origin.source.lineOf(origin.path),
  };
  problems.push(...ruleProblems(written, read, section));
  problems.push(...ambiguities(read, section, lists.get(entry.list ?? "")));
  return { entry: read, problems };
}

function flagsOf(entry: WrittenEntry): Pick<FieldEntry, "required" | "unlessSet" | "conflict"> {
  return {
    required: entry.required ?? false,
    unlessSet: entry.unlessSet ?? false,
    conflict: entry.conflict ?? "newest",
  };
}

/** What is natural for the place in the referral. */
function naturalConversion({ entry }: OriginalEntry, section: Section): Conversion {
  const path = section === "toPartnerCenter" ? entry.to : entry.from;
  return (
    (typeof path === "string" ? partnerCenterPath(path)?.as[0] : undefined) ?? (path === undefined ? "json" : "text")
  );
}

function listOf(
  written: OriginalEntry,
  lists: ReadonlyMap<string, NamedList>,
  problems: FileProblem[],
): ValueList | null {
  const name = written.entry.list;
  if (name === undefined) return null;
  const list = lists.get(name)?.list;
  if (list === undefined) problems.push(entryProblem(written, "list", `there is no list "${name}" under lists`));
  return list ?? null;
}

function sourceOf(written: OriginalEntry, section: Section, problems: FileProblem[]): EntrySource {
  const { from, value, expr } = written.entry;
  const given = [from, value, expr].filter((one) => one !== undefined).length;
  if (given !== 1) problems.push(entryProblem(written, "to", "give exactly one of from, value and expr"));
  if (expr !== undefined) return formulaSource(written, expr, { section, problems });
  if (typeof from === "string") return { kind: "path", path: from };
  if (from !== undefined) return { kind: "parts", parts: definedParts(from) };
  return { kind: "constant", value: value ?? null };
}

function definedParts(from: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(from).flatMap(([part, path]) => (path === undefined ? [] : [[part, path]])));
}

interface FormulaPlace {
  readonly section: Section;
  readonly problems: FileProblem[];
}

function formulaSource(written: OriginalEntry, text: string, { section, problems }: FormulaPlace): EntrySource {
  const compiled = compileFormula(text, section === "toPartnerCenter" ? "crm" : "referral");
  if (compiled.kind === "ok") return compiled.source;
  const { source, path } = written.origin;
  problems.push(...compiled.refused.map(({ message, start }) => source.problem([...path, "expr"], message, start)));
  return { kind: "constant", value: null };
}

interface ConstantPlace {
  readonly written: OriginalEntry;
  readonly source: EntrySource;
  readonly as: Conversion;
  readonly limits: Pick<FieldEntry, "list" | "max">;
}

/** Constants and defaults for a referral are brought to their canonical form here, once. */
function canonicalConstant(place: ConstantPlace, problems: FileProblem[]): EntrySource {
  const { written, source, as, limits } = place;
  const read = (raw: Json) => conversionOf[as].fromPartnerCenter(raw, limits);
  if (written.entry.default !== undefined && read(written.entry.default).kind !== "value") {
    problems.push(entryProblem(written, "default", `default: is not a value of the kind ${as}`));
  }
  if (source.kind !== "constant" || written.entry.value === undefined) return source;
  const canonical = read(source.value);
  if (canonical.kind === "value") return { kind: "constant", value: canonical.value };
  problems.push(entryProblem(written, "value", `value: is not a value of the kind ${as}`));
  return source;
}

function ruleProblems(written: OriginalEntry, entry: FieldEntry, section: Section): readonly FileProblem[] {
  const problems: FileProblem[] = [];
  const complain = (key: string, message: string): void => {
    problems.push(entryProblem(written, key, message));
  };
  if (entry.max !== null && entry.as !== "text" && entry.as !== "html-to-text")
    complain("max", "max: is for text only");
  if (entry.source.kind === "parts" && entry.as !== "people")
    complain("from", "from: parts make a person: use as: people");
  if (entry.as === "status" && section === "toPartnerCenter" && hasOtherThanStages(entry)) {
    complain("list", `list: a list for status leads to ${stages.join(", ")}`);
  }
  return problems;
}

function hasOtherThanStages({ list }: FieldEntry): boolean {
  return list?.pairs.some(({ canonical }) => !stages.some((stage) => stage === canonical)) ?? false;
}

/** A country is written by its code, so its list may have as many names as it likes. */
function ambiguities({ as }: FieldEntry, section: Section, list: NamedList | undefined): readonly FileProblem[] {
  return section === "toCrm" && as !== "country" ? (list?.ambiguities ?? []) : [];
}
