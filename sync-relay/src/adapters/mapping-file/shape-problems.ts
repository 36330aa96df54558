import type { z } from "zod";
import type { FileProblem } from "./mapping-problem";
import { type MappingFile, mappingSchema } from "./mapping-schema";
import type { YamlPath, YamlSource } from "./yaml-source";

export type Shaped =
  | { readonly kind: "ok"; readonly mapping: MappingFile }
  | { readonly kind: "refused"; readonly problems: readonly FileProblem[] };

type Issue = z.core.$ZodIssue;

/** The file's content as a mapping, or every place where it has another shape. */
export function shapeOf(source: YamlSource): Shaped {
  if (source.syntaxProblems.length > 0) return { kind: "refused", problems: source.syntaxProblems };
  const parsed = mappingSchema.safeParse(source.content);
  if (parsed.success) return { kind: "ok", mapping: parsed.data };
  return { kind: "refused", problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, [], source)) };
}

function problemsOf(issue: Issue, parents: YamlPath, source: YamlSource): readonly FileProblem[] {
  const path = [...parents, ...issue.path.map((step) => (typeof step === "symbol" ? String(step) : step))];
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
