import { helpOptions, NO_HELP_CODE } from "../../../../solution/schema/help-options";
import type { Json } from "../../core/json";
import type { ValueList } from "../../core/mapping/field-map";
import type { FileProblem } from "./mapping-problem";
import type { MappingFile } from "./mapping-schema";
import type { ShapedFile } from "./written-mapping";

/** A list of the file, with what keeps it from being used to write to the CRM. */
export interface NamedList {
  readonly list: ValueList;
  /** Two CRM values with the same meaning: which of them should be written? */
  readonly ambiguities: readonly FileProblem[];
}

export interface NamedLists {
  readonly lists: ReadonlyMap<string, NamedList>;
  readonly problems: readonly FileProblem[];
}

type WrittenList = NonNullable<MappingFile["lists"]>[string];
type Target = WrittenList[string];
type Pair = ValueList["pairs"][number];

/** Every list by name; a later file's list replaces the earlier one of that name. */
export function namedLists(files: readonly ShapedFile[]): NamedLists {
  const lists = new Map<string, NamedList>();
  const problems: FileProblem[] = [];
  for (const file of files) {
    for (const [name, written] of Object.entries(file.mapping.lists ?? {})) {
      const builtin = builtinOf(written["$builtin"]);
      if (builtin === null) problems.push(unknownBuiltin(file, name));
      lists.set(name, listOf(file, name, builtin ?? { builtin: null, pairs: [] }));
    }
  }
  return { lists, problems };
}

function listOf(file: ShapedFile, name: string, builtin: ValueList): NamedList {
  const written = Object.entries(file.mapping.lists?.[name] ?? {}).filter(([key]) => key !== "$builtin");
  const pairOf = ([key, target]: [string, Target]): Pair => ({
    crm: crmValue(file.source.keyAt(["lists", name, key])),
    canonical: meaningOf(target),
  });
  const isWritten = ([, target]: [string, Target]): boolean => !isReadOnly(target);
  // The first pair with a meaning is the one that is written, so those that are only read come last.
  const pairs = [...written.filter(isWritten), ...written.filter((one) => !isWritten(one))].map(pairOf);
  const ambiguities = written.filter(isWritten).flatMap(([key, target], position) => {
    const earlier = written.filter(isWritten).slice(0, position);
    const same = earlier.find(([, other]) => meaningOf(other) === meaningOf(target));
    if (same === undefined || meaningOf(target) === null) return [];
    const meaning = JSON.stringify(meaningOf(target));
    return [file.source.problemAtKey(["lists", name, key], ambiguous({ first: same[0], second: key, meaning }))];
  });
  return { list: { builtin: builtin.builtin, pairs: [...pairs, ...builtin.pairs] }, ambiguities };
}

function ambiguous({ first, second, meaning }: Record<"first" | "second" | "meaning", string>): string {
  const mark = `{ means: ${meaning}, writeBack: false }`;
  return `"${first}" and "${second}" both mean ${meaning}; write ${mark} for those that are never written to the CRM`;
}

function meaningOf(target: Target): Json {
  return typeof target === "object" && target !== null ? target.means : target;
}

function isReadOnly(target: Target): boolean {
  return typeof target === "object" && target !== null && target.writeBack === false;
}

/** An empty key stands for "nothing chosen" in the CRM. */
function crmValue(key: unknown): Json {
  if (typeof key === "number" || typeof key === "boolean") return key;
  return typeof key === "string" && key !== "" ? key : null;
}

function builtinOf(name: Target | undefined): ValueList | null {
  if (name === undefined) return { builtin: null, pairs: [] };
  if (name === "iso3166") return { builtin: "iso3166", pairs: [] };
  return name === "help" ? { builtin: null, pairs: helpPairs } : null;
}

const helpPairs: readonly Pair[] = [
  ...helpOptions.map(({ value, code }) => ({ crm: value, canonical: code })),
  { crm: null, canonical: NO_HELP_CODE },
];

function unknownBuiltin({ source }: ShapedFile, name: string): FileProblem {
  return source.problem(["lists", name, "$builtin"], "$builtin: there are iso3166 and help");
}
