// One mapping out of a file and the one it extends: entries of a later file replace those with the same target, or
// remove them. Every entry keeps its origin, so that problems are shown where the customiser can mend them.

import type { FileProblem } from "./mapping-problem";
import type { MappingFile, WrittenEntry } from "./mapping-schema";
import type { Misshapen } from "./shape-problems";
import type { YamlPath, YamlSource } from "./yaml-source";

export const sections = ["toPartnerCenter", "toCrm"] as const;
export const events = ["create", "update"] as const;
export type Section = (typeof sections)[number];
export type SyncEvent = (typeof events)[number];

/** A part of a file with its place. */
export interface Origin {
  readonly source: YamlSource;
  readonly path: YamlPath;
  /** The mapping that comes with the relay: nobody edits it, so it has no line to show. */
  readonly isBuiltin: boolean;
}

/** A file, as far as it has the right shape. */
export interface ShapedFile {
  readonly mapping: MappingFile;
  readonly misshapen: Misshapen;
  readonly source: YamlSource;
  readonly isBuiltin: boolean;
}

export interface OriginalEntry {
  readonly entry: WrittenEntry;
  readonly origin: Origin;
}

/** Entries per direction and event, after extension. */
export type WrittenSections = Readonly<Record<Section, Readonly<Record<SyncEvent, readonly OriginalEntry[]>>>>;

export interface MergedEntries {
  readonly sections: WrittenSections;
  readonly problems: readonly FileProblem[];
}

/** Lays the files over each other, the later over the earlier. */
export function mergeFiles(files: readonly ShapedFile[]): MergedEntries {
  const problems: FileProblem[] = [];
  const merged = (section: Section, event: SyncEvent): readonly OriginalEntry[] =>
    files.reduce<readonly OriginalEntry[]>(
      (below, file) => layOver(below, entriesOf(file, section, event), problems),
      [],
    );
  const both = (section: Section) => ({ create: merged(section, "create"), update: merged(section, "update") });
  return { sections: { toPartnerCenter: both("toPartnerCenter"), toCrm: both("toCrm") }, problems };
}

/** A problem at a key of an entry, or at the entry where the key is missing. */
export function entryProblem({ origin }: OriginalEntry, key: string, message: string): FileProblem {
  return origin.source.problem([...origin.path, key], message);
}

function layOver(
  below: readonly OriginalEntry[],
  above: readonly OriginalEntry[],
  problems: FileProblem[],
): readonly OriginalEntry[] {
  const replaced = new Map<string, OriginalEntry>();
  const added: OriginalEntry[] = [];
  for (const one of above) {
    const isThere = below.some(({ entry }) => entry.to === one.entry.to);
    if (isThere && !replaced.has(one.entry.to)) replaced.set(one.entry.to, one);
    else if (one.entry.off === true) problems.push(entryProblem(one, "to", `there is no "${one.entry.to}" to remove`));
    else added.push(one);
  }
  const kept = below.flatMap((one) => {
    const other = replaced.get(one.entry.to) ?? one;
    return other.entry.off === true ? [] : [other];
  });
  return [...kept, ...added];
}

function entriesOf(file: ShapedFile, section: Section, event: SyncEvent): readonly OriginalEntry[] {
  const written = file.mapping[section];
  const place = (list: string, entries: readonly (WrittenEntry | null)[] | undefined): readonly OriginalEntry[] =>
    (entries ?? []).flatMap((entry, index) => {
      const origin = { source: file.source, path: [section, list, index], isBuiltin: file.isBuiltin };
      return entry === null ? [] : [{ entry, origin }];
    });
  const shared = place("fields", written?.fields);
  return [...shared.filter(({ entry }) => entry.on?.includes(event) ?? true), ...place(event, written?.[event])];
}
