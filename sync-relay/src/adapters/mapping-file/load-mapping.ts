// Reads a mapping file, with the one it extends, and gives either a field map or every problem of it at once.

import { readFileSync, statSync } from "node:fs";
import { checkLaws } from "../../core/mapping/check-laws";
import type { CrmColumns } from "../../core/mapping/crm-column";
import { compileFieldMap, crmPaths } from "../../core/mapping/compile-field-map";
import { pathsOf } from "../../core/mapping/entry-source";
import type { EntryProblem, FieldMapSections } from "../../core/mapping/entry-problems";
import type { FieldEntry, FieldMap } from "../../core/mapping/field-map";
import { comesFrom } from "../../core/mapping/field-rule";
import { columnProblems, noColumn } from "./crm-columns";
import { fieldEntry } from "./field-entry";
import { compileFormula } from "./formula";
import { formulaTypeProblem } from "./formula-types";
import type { FileProblem } from "./mapping-problem";
import { shapeOf } from "./shape-problems";
import { shippedMappingFile } from "./shipped-mapping";
import { namedLists } from "./value-lists";
import {
  entryProblem,
  events,
  mergeFiles,
  type OriginalEntry,
  sections,
  type ShapedFile,
  type WrittenSections,
} from "./written-mapping";
import { readYaml } from "./yaml-source";

export interface MappingOptions {
  /** Path of the mapping file; without it the mapping that comes with the relay is used. */
  readonly file?: string;
  /** The file's content, when it does not stand under that path. */
  readonly text?: string;
  /** Columns of the CRM, if they are known: every path of the mapping must then be one of them. */
  readonly columns?: CrmColumns;
}

export type LoadedMapping =
  | { readonly kind: "ok"; readonly map: FieldMap }
  | {
      readonly kind: "refused";
      readonly problems: readonly FileProblem[];
      /** CRM paths that the usable part of the file names. */
      readonly crmPaths: readonly string[];
    };

/** Largest mapping file that is read, in bytes: a hundred times the one that comes with the relay. */
const LARGEST_FILE_BYTES = 1_000_000;

/** Reads the mapping. Never throws: a file that cannot be read is a problem like any other. */
export function loadMapping({ file, text, columns }: MappingOptions = {}): LoadedMapping {
  const files = readFiles(file, text);
  if (files.kind === "refused") return { ...files, crmPaths: [] };
  const merged = mergeFiles(files.files);
  const built = buildSections(files.files, merged.sections);
  return compile({ ...built, problems: [...merged.problems, ...built.problems] }, files.files, columns);
}

type ReadFiles =
  | { readonly kind: "ok"; readonly files: readonly ShapedFile[] }
  | { readonly kind: "refused"; readonly problems: readonly FileProblem[] };

function readFiles(file: string | undefined, text: string | undefined): ReadFiles {
  const shipped = (): ReadFiles => readOne(shippedMappingFile(), { isBuiltin: true });
  if (file === undefined) return shipped();
  const own = readOne(file, { isBuiltin: false, ...(text === undefined ? {} : { text }) });
  if (own.kind === "refused" || own.files[0]?.mapping.extends === undefined) return own;
  const base = shipped();
  return base.kind === "refused" ? base : { kind: "ok", files: [...base.files, ...own.files] };
}

function readOne(file: string, given: { readonly isBuiltin: boolean; readonly text?: string }): ReadFiles {
  const { isBuiltin, text = textOf(file) } = given;
  if (text === null) return refused([{ file, line: 1, column: 1, message: "this file cannot be read", excerpt: "" }]);
  const source = readYaml(file, text);
  const shaped = shapeOf(source);
  if (shaped.kind === "refused") return shaped;
  const { mapping, misshapen } = shaped;
  return { kind: "ok", files: [{ mapping, misshapen, source, isBuiltin }] };
}

function textOf(file: string): string | null {
  try {
    return statSync(file).size > LARGEST_FILE_BYTES ? null : readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

interface BuiltSections {
  readonly sections: FieldMapSections;
  readonly problems: readonly FileProblem[];
  /** Entries that have a problem of their own: what else would be said of them follows from that one. */
  readonly broken: ReadonlySet<FieldEntry>;
  readonly originOf: (entry: FieldEntry) => OriginalEntry | undefined;
}

function buildSections(files: readonly ShapedFile[], written: WrittenSections): BuiltSections {
  const lists = namedLists(files);
  const condition = conditionOf(files);
  const problems = [...lists.problems, ...condition.problems];
  const origins = new Map<FieldEntry, OriginalEntry>();
  const broken = new Set<FieldEntry>();
  const built = { toPartnerCenter: bothEvents(), toCrm: bothEvents() };
  for (const section of sections) {
    for (const event of events) {
      for (const original of written[section][event]) {
        const read = fieldEntry(original, section, lists.lists);
        built[section][event].push(read.entry);
        problems.push(...read.problems);
        if (read.problems.length > 0) broken.add(read.entry);
        origins.set(read.entry, original);
      }
    }
  }
  const match = Object.assign({}, ...files.map(({ mapping }) => mapping.match ?? {})) as FieldMapSections["match"];
  const whole: FieldMapSections = {
    ...built,
    match,
    ...(condition.when === undefined ? {} : { when: condition.when }),
  };
  return { sections: whole, problems, broken, originOf: (entry) => origins.get(entry) };
}

function bothEvents(): { readonly create: FieldEntry[]; readonly update: FieldEntry[] } {
  return { create: [], update: [] };
}

interface Condition {
  readonly when: FieldMapSections["when"];
  readonly problems: readonly FileProblem[];
}

/** The condition of the last file that gives one. */
function conditionOf(files: readonly ShapedFile[]): Condition {
  const file = files.findLast(({ mapping }) => mapping.toPartnerCenter?.when !== undefined);
  const text = file?.mapping.toPartnerCenter?.when;
  if (file === undefined || text === undefined) return { when: undefined, problems: [] };
  const compiled = compileFormula(text, "crm");
  const complain = (message: string, start: number): FileProblem =>
    file.source.problem(["toPartnerCenter", "when"], message, start);
  if (compiled.kind === "refused") {
    return { when: undefined, problems: compiled.refused.map(({ message, start }) => complain(message, start)) };
  }
  const isCondition = compiled.type === "bool" || compiled.type === "dyn";
  const problems = isCondition ? [] : [complain(`when: gives ${compiled.type}, not true or false`, 0)];
  return { when: compiled.source, problems };
}

function compile(built: BuiltSections, files: readonly ShapedFile[], columns: CrmColumns | undefined): LoadedMapping {
  const compiled = compileFieldMap(built.sections);
  const follows = followsFrom(built, files);
  const refusedBy = compiled.kind === "refused" ? compiled.problems.filter((one) => !follows(one)) : [];
  const problems = [
    ...files.flatMap(({ misshapen }) => misshapen.problems),
    ...built.problems,
    ...refusedBy.map((one) => locate(one, built, files)),
    ...(columns === undefined ? [] : againstColumns({ built, files, columns })),
  ];
  const refusedFor = (found: readonly FileProblem[]): LoadedMapping => {
    return { ...refused(withoutRepeats(found)), crmPaths: crmPaths(built.sections) };
  };
  if (compiled.kind === "refused" || problems.length > 0) return refusedFor(problems);
  const unlawful = lawProblems(compiled.map, built);
  return unlawful.length > 0 ? refusedFor(unlawful) : { kind: "ok", map: compiled.map };
}

interface Known {
  readonly built: BuiltSections;
  readonly files: readonly ShapedFile[];
  readonly columns: CrmColumns;
}

function againstColumns({ built, files, columns }: Known): readonly FileProblem[] {
  const ofEntries = columnProblems(built.sections, columns).flatMap(({ entry, key, message, start }) => {
    const original = built.originOf(entry);
    if (original === undefined) return [];
    const { source, path } = original.origin;
    return [source.problem([...path, keyIn(original, key)], message, start)];
  });
  return [...ofEntries, ...conditionColumns({ built, files, columns })];
}

function conditionColumns({ built, files, columns }: Known): readonly FileProblem[] {
  const { when } = built.sections;
  const file = files.findLast(({ mapping }) => mapping.toPartnerCenter?.when !== undefined);
  if (when === undefined || file === undefined) return [];
  const complain = (message: string, start = 0): FileProblem =>
    file.source.problem(["toPartnerCenter", "when"], message, start);
  const missing = when.reads.filter((path) => !columns.has(path)).map((path) => complain(noColumn(path)));
  const types = formulaTypeProblem(when, columns);
  return types === null ? missing : [...missing, complain(types.message, types.start)];
}

/** Whether a problem may only be there because another one is: it is told once that one is gone. */
function followsFrom(built: BuiltSections, files: readonly ShapedFile[]): (problem: EntryProblem) => boolean {
  const doubtful = new Set(files.flatMap(({ misshapen }) => [...misshapen.doubtful]));
  return ({ at }) => {
    if (at.section === "match") return doubtful.size > 0;
    const entry = built.sections[at.section][at.event][at.index];
    if (entry === undefined) return false;
    const isDoubtful = doubtful.has(entry.to) || pathsOf(entry.source).some((path) => doubtful.has(path));
    return isDoubtful || built.broken.has(entry);
  };
}

function locate({ at, message }: EntryProblem, built: BuiltSections, files: readonly ShapedFile[]): FileProblem {
  if (at.section === "match") {
    const file = files.findLast(({ mapping }) => Object.hasOwn(mapping.match ?? {}, at.lookup)) ?? files.at(-1);
    return (file ?? nowhere).source.problemAtKey(["match", at.lookup], message);
  }
  const entry = built.sections[at.section][at.event][at.index];
  const original = entry === undefined ? undefined : built.originOf(entry);
  return original === undefined
    ? nowhere.source.problem([], message)
    : entryProblem(original, keyIn(original, at.part), message);
}

const nowhere = { source: readYaml("mapping", "") };

/** The key under which an entry has its source: `from`, `value` or `expr`. */
function keyIn({ entry }: OriginalEntry, part: string): string {
  if (part !== "from") return part;
  if (entry.expr !== undefined) return "expr";
  return entry.value === undefined ? "from" : "value";
}

/** A field that breaks a law may go one way only; the counter-example tells why. */
function lawProblems(map: FieldMap, built: BuiltSections): readonly FileProblem[] {
  return checkLaws(map).flatMap(({ field, law, counterExample, readsBackAs }) => {
    const taken = map.toCrm.update.filter((entry) => comesFrom(entry, field));
    const sent = [...map.toPartnerCenter.update, ...map.toPartnerCenter.create].filter(({ to }) => to === field);
    const own = [...taken, ...sent].find(({ line }) => line !== null) ?? taken[0];
    const original = own === undefined ? undefined : built.originOf(own);
    const side = law === "reads-back-from-crm" ? "the CRM" : "Partner Center";
    const back = readsBackAs === undefined ? "cannot be read back" : `reads back as ${JSON.stringify(readsBackAs)}`;
    const message = `"${field}" cannot go both ways: ${JSON.stringify(counterExample)} written to ${side} ${back}`;
    return original === undefined ? [] : [entryProblem(original, "to", message)];
  });
}

/** One place of the file can be complained about twice when an entry counts for both events. */
function withoutRepeats(problems: readonly FileProblem[]): readonly FileProblem[] {
  const byText = new Map(problems.map((problem) => [`${problem.line}:${problem.column} ${problem.message}`, problem]));
  return [...byText.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

function refused(problems: readonly FileProblem[]): {
  readonly kind: "refused";
  readonly problems: readonly FileProblem[];
} {
  return { kind: "refused", problems };
}
