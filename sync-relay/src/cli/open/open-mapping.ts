import { resolve } from "node:path";
import { loadMapping } from "../../adapters/mapping-file/load-mapping";
import { formatProblems } from "../../adapters/mapping-file/mapping-problem";
import type { RelaySettings } from "../../config/relay-settings";
import type { FieldMap } from "../../core/mapping/field-map";
import { usageProblem } from "../command-problem";
import type { CommandContext } from "../context";
import { openTexts } from "../texts/open-texts";

/** The mapping that the relay would run with. Throws a usage problem that shows every mistake with its place. */
export function openMapping({ world }: CommandContext, { mappingFile }: RelaySettings): FieldMap {
  const loaded = loadMapping(mappingFile === null ? {} : { file: resolve(world.cwd, mappingFile) });
  if (loaded.kind === "ok") return loaded.map;
  throw usageProblem(openTexts.mappingUnusable, { details: formatProblems(loaded.problems).split("\n") });
}
