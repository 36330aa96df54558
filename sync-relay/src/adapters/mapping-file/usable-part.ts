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

function takeOut(rest: Container, [top = "", name, item]: YamlPath, doubtful: Set<string>): void {
  const inner = rest[top];
  if (name === undefined || top === "entities" || !isContainer(inner)) {
    Reflect.deleteProperty(rest, top);
    return;
  }
  const part = inner[name];
  if (item === undefined || top === "match" || !isContainer(part)) {
    // A list without its values is still there for the entries that name it.
    if (top === "lists") inner[name] = {};
    else Reflect.deleteProperty(inner, name);
  } else if (Array.isArray(part)) {
    for (const named of pathsNamed(part[Number(item)])) doubtful.add(named);
    part[Number(item)] = null;
  } else {
    Reflect.deleteProperty(part, item);
  }
}

function pathsNamed(entry: unknown): readonly string[] {
  return isContainer(entry) ? [entry["to"], entry["from"]].filter((path) => typeof path === "string") : [];
}

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}
