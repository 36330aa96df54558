import type { AnnotationFilter } from "../query/row-json";

/** What a client asked for in `Prefer`. */
export interface Preferences {
  readonly representation: boolean;
  readonly annotations: AnnotationFilter;
  readonly maxPageSize: number | null;
  readonly trackChanges: boolean;
  readonly continueOnError: boolean;
}

/** Parses a `Prefer` header. */
export function parsePreferences(header: string | undefined): Preferences {
  const parts = splitUnquoted(header ?? "");
  const valueOf = (name: string): string | undefined =>
    parts
      .find((part) => part.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .replaceAll('"', "");
  const pageSize = Number(valueOf("odata.maxpagesize"));
  return {
    representation: valueOf("return") === "representation",
    annotations: annotationFilter(valueOf("odata.include-annotations")),
    maxPageSize: Number.isInteger(pageSize) && pageSize > 0 ? pageSize : null,
    trackChanges: parts.includes("odata.track-changes"),
    continueOnError: parts.includes("odata.continue-on-error"),
  };
}

/** Annotation lists such as `*`, `OData.Community.*` or full names, separated by commas. */
function annotationFilter(list: string | undefined): AnnotationFilter {
  const patterns = (list ?? "").split(",").map((one) => one.trim());
  return (name) =>
    patterns.some((pattern) => (pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern));
}

function splitUnquoted(header: string): readonly string[] {
  return (header.match(/(?:[^,"]|"[^"]*")+/g) ?? []).map((part) => part.trim());
}
