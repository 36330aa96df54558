import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { loadMapping } from "../../adapters/mapping-file/load-mapping";
import { formatProblems } from "../../adapters/mapping-file/mapping-problem";
import { shippedMappingFile } from "../../adapters/mapping-file/shipped-mapping";
import type { RelaySettings } from "../../config/relay-settings";
import type { FieldMap } from "../../core/mapping/field-map";
import { appliedMapping, newestVersion } from "../../pipeline/applied-mappings";
import type { PairStore } from "../../ports/pair-store";
import { usageProblem } from "../command-problem";
import type { CommandContext } from "../context";
import { openTexts } from "../texts/open-texts";

/** Where a mapping comes from. */
export type MappingOrigin =
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "applied"; readonly version: number }
  | { readonly kind: "shipped" };

/** A mapping with its text. */
export interface OpenMapping {
  readonly origin: MappingOrigin;
  readonly text: string;
  readonly map: FieldMap;
}

interface From {
  readonly settings: RelaySettings;
  readonly facts: Pick<PairStore, "fact">;
}

/**
 * The mapping that the relay works with: the file that is set, else the one that was applied, else the one that comes
 * with the relay. Throws a usage problem that shows every mistake with its place.
 */
export async function mappingInUse({ world }: CommandContext, { settings, facts }: From): Promise<OpenMapping> {
  if (settings.mappingFile !== null) {
    const file = resolve(world.cwd, settings.mappingFile);
    return opened({ kind: "file", file }, file, readFileSync(file, "utf8"));
  }
  const version = await newestVersion(facts);
  const applied = version === null ? null : await appliedMapping(facts, version);
  if (applied === null) return shippedMapping();
  return opened({ kind: "applied", version: applied.version }, `applied mapping ${applied.version}`, applied.text);
}

/** The mapping that comes with the relay. */
export function shippedMapping(): OpenMapping {
  const loaded = loadMapping();
  if (loaded.kind === "refused") throw unusable(loaded.problems);
  return { origin: { kind: "shipped" }, text: readFileSync(shippedMappingFile(), "utf8"), map: loaded.map };
}

function opened(origin: MappingOrigin, file: string, text: string): OpenMapping {
  const loaded = loadMapping({ file, text });
  if (loaded.kind === "refused") throw unusable(loaded.problems);
  return { origin, text, map: loaded.map };
}

function unusable(problems: Parameters<typeof formatProblems>[0]): Error {
  return usageProblem(openTexts.mappingUnusable, { details: formatProblems(problems).split("\n") });
}
