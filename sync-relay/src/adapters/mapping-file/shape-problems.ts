import type { z } from "zod";
import type { FileProblem } from "./mapping-problem";
import { type MappingFile, mappingSchema } from "./mapping-schema";
import { usablePart } from "./usable-part";
import type { YamlPath, YamlSource } from "./yaml-source";

export type Shaped =
  | { readonly kind: "ok"; readonly mapping: MappingFile; readonly misshapen: Misshapen }
  | { readonly kind: "refused"; readonly problems: readonly FileProblem[] };

/** What had to be left out of a file before the rest could be read. */
export interface Misshapen {
  readonly problems: readonly FileProblem[];
  /** Paths that the left-out entries name. */
  readonly doubtful: ReadonlySet<string>;
}

type Issue = z.core.$ZodIssue;

/** The file's content as a mapping, as far as it has the shape of one, and every place where it has not. */
export function shapeOf(source: YamlSource): Shaped {
  if (source.syntaxProblems.length > 0) return { kind: "refused", problems: source.syntaxProblems };
  const parsed = mappingSchema.safeParse(source.content);
  if (parsed.success) return { kind: "ok", mapping: parsed.data, misshapen: { problems: [], doubtful: new Set() } };
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, [], source));
  const part = usablePart(source.content, parsed.error.issues.flatMap(placesOf));
  if (part === null) return { kind: "refused", problems };
  return { kind: "ok", mapping: part.mapping, misshapen: { problems, doubtful: part.doubtful } };
}

function placesOf(issue: Issue): readonly YamlPath[] {
  const path = pathOf(issue);
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
}

function pathOf(issue: Issue): YamlPath {
  return issue.path.map((step) => (typeof step === "symbol" ? String(step) : step));
}

function problemsOf(issue: Issue, parents: YamlPath, source: YamlSource): readonly FileProblem[] {
  const path = [...parents, ...pathOf(issue)];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => source.problemAtKey([...path, key], `unknown key "${key}"`));
  }
  if (issue.code === "invalid_union") return closestBranch(issue).flatMap((one) => problemsOf(one, path, source));
  if (issue.code === "invalid_key") {
    return [source.problemAtKey(path, `"${String(path.at(-1))}" ${issue.issues[0]?.message ?? issue.message}`)];
  }
  const key = [...path].reverse().find((step) => typeof step === "string");
  return [source.problem(path, key === undefined ? issue.message : `${key}: ${issue.message}`)];
}

/** Of the shapes that a value could have had, the one it comes closest to; else the reader sees all of them. */
function closestBranch(issue: Issue & { readonly code: "invalid_union" }): readonly Issue[] {
  const depth = (branch: readonly Issue[]): number => Math.max(...branch.map(({ path }) => path.length));
  const [closest] = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length);
  return closest === undefined || depth(closest) === 0 ? [{ ...issue, ...unfit, path: [] }] : closest;
}

const unfit = { code: "custom", message: "has a value of the wrong kind" } as const;
