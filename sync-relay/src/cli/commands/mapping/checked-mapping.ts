// A mapping file as a person named it, read and checked: what `check`, `apply`, `diff`, `preview` and `test` begin with.

import { loadMapping, type LoadedMapping } from "../../../adapters/mapping-file/load-mapping";
import { formatProblems } from "../../../adapters/mapping-file/mapping-problem";
import type { SavedColumns } from "../../../adapters/mapping-file/saved-columns";
import type { FieldMap } from "../../../core/mapping/field-map";
import { usageProblem } from "../../command-problem";
import type { CommandContext } from "../../context";
import { readNamed } from "../../open/files";
import { openTexts } from "../../texts/open-texts";

/** A file of a person, with its map. */
export interface NamedMapping {
  readonly file: string;
  readonly text: string;
  readonly map: FieldMap;
}

/** Shape and meaning of a file; against columns too when there are any. */
export function checkText(file: string, text: string, known: SavedColumns | null): LoadedMapping {
  return loadMapping({ file, text, ...(known === null ? {} : { columns: known.columns }) });
}

/** CRM paths that a text names, whatever else is wrong with it. */
export function pathsNamed(file: string, text: string): readonly string[] {
  const loaded = loadMapping({ file, text });
  return loaded.kind === "ok" ? loaded.map.crmPaths : loaded.crmPaths;
}

/** The file that a person named. Throws a usage problem with every mistake and its place. */
export function namedMapping(context: CommandContext, file: string): NamedMapping {
  const text = readNamed(context, file);
  const loaded = loadMapping({ file, text });
  if (loaded.kind === "ok") return { file, text, map: loaded.map };
  throw usageProblem(openTexts.mappingUnusable, {
    details: formatProblems(loaded.problems).split("\n"),
    mend: `cosell mapping check ${file}`,
  });
}
