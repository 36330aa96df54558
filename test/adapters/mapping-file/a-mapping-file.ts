import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FieldMap } from "../../../sync-relay/src/core/mapping/field-map";
import { loadMapping, type MappingOptions } from "../../../sync-relay/src/adapters/mapping-file/load-mapping";
import type { FileProblem } from "../../../sync-relay/src/adapters/mapping-file/mapping-problem";

/** Writes a mapping file and gives its path. */
export function aMappingFile(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "mapping-")), "mapping.yaml");
  writeFileSync(file, text);
  return file;
}

/** The map of a file that must be good; of the shipped one when no text is given. */
export function loaded(text?: string, options: Omit<MappingOptions, "file"> = {}): FieldMap {
  const mapping = loadMapping(text === undefined ? options : { ...options, file: aMappingFile(text) });
  if (mapping.kind === "refused") throw new Error(mapping.problems.map(({ message }) => message).join("\n"));
  return mapping.map;
}

/** What is wrong with a file. */
export function problemsOf(text: string, options: Omit<MappingOptions, "file"> = {}): readonly FileProblem[] {
  const mapping = loadMapping({ ...options, file: aMappingFile(text) });
  return mapping.kind === "refused" ? mapping.problems : [];
}

/** The same, as `line:column message`. */
export function complaints(text: string, options: Omit<MappingOptions, "file"> = {}): readonly string[] {
  return problemsOf(text, options).map(({ line, column, message }) => `${line}:${column} ${message}`);
}
