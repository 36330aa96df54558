// What is left of a file when everything that has another shape is taken out. The rest is checked like a whole file, so
// that a customiser reads every problem at once and not the next one after each correction.

import { type MappingFile, usablePartSchema } from "./mapping-schema";
import type { YamlPath } from "./yaml-source";

export interface UsablePart {
  readonly mapping: MappingFile;
  /** Paths that an entry without a usable shape names: what is said of these may follow from the shape alone. */
  readonly doubtful: ReadonlySet<string>;
}

type Container = Record<string | number, unknown>;

/** The file without what stands at the places of its problems; null when nothing can be made of it. */
export function usablePart(content: unknown, misshapen: readonly YamlPath[]): UsablePart | null {
  // A file of another version is written in another language.
  if (!isContainer(content) || misshapen.some(([top]) => top === undefined || top === "version")) return null;
  const rest = structuredClone(content);
  const doubtful = new Set<string>();
  for (const path of misshapen) takeOut(rest, path, doubtful);
  const parsed = usablePartSchema.safeParse(rest);
  return parsed.success ? { mapping: parsed.data, doubtful } : null;
}

/** How long the path of the smallest part is that the file can do without; elsewhere it is one list item or key. */
const SMALLEST_PART: Readonly<Record<string, number>> = { entities: 1, match: 2 };
const LONGEST_PART = 3;

function takeOut(rest: Container, path: YamlPath, doubtful: Set<string>): void {
  let holder: Container = rest;
  let [key = "", ...deeper] = path.slice(0, SMALLEST_PART[String(path[0])] ?? LONGEST_PART);
  for (let inner = holder[key]; isContainer(inner) && deeper.length > 0; inner = holder[key]) {
    holder = inner;
    [key = "", ...deeper] = deeper;
  }
  if (Array.isArray(holder)) {
    for (const named of pathsNamed(holder[key])) doubtful.add(named);
    holder[key] = null;
  } else if (holder === rest["lists"]) {
    // A list without its values is still there for the entries that name it.
    holder[key] = {};
  } else {
    Reflect.deleteProperty(holder, key);
  }
}

function pathsNamed(entry: unknown): readonly string[] {
  return isContainer(entry) ? [entry["to"], entry["from"]].filter((path) => typeof path === "string") : [];
}

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}
