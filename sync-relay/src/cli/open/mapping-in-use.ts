import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { loadMapping, type MappingOptions } from "../../adapters/mapping-file/load-mapping";
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

/** A mapping as it is written, not read yet. */
export interface MappingSource {
  readonly origin: MappingOrigin;
  /** What `loadMapping` takes. */
  readonly options: MappingOptions;
  readonly text: string;
}

/** The mapping that the relay works with: the file that is set, else the one that was applied, else the shipped one. */
export async function mappingSource({ world }: CommandContext, { settings, facts }: From): Promise<MappingSource> {
  if (settings.mappingFile !== null) {
    const file = resolve(world.cwd, settings.mappingFile);
    const text = textOf(file);
    return { origin: { kind: "file", file }, options: { file, ...(text === null ? {} : { text }) }, text: text ?? "" };
  }
  const version = await newestVersion(facts);
  const applied = version === null ? null : await appliedMapping(facts, version);
  if (applied === null) return shippedSource();
  const { text } = applied;
  return {
    origin: { kind: "applied", version: applied.version },
    options: { file: `applied mapping ${applied.version}`, text },
    text,
  };
}

/** The same, read. Throws a usage problem that shows every mistake with its place. */
export async function mappingInUse(context: CommandContext, from: From): Promise<OpenMapping> {
  return opened(await mappingSource(context, from));
}

/** The mapping that comes with the relay. */
export function shippedMapping(): OpenMapping {
  return opened(shippedSource());
}

function shippedSource(): MappingSource {
  return { origin: { kind: "shipped" }, options: {}, text: textOf(shippedMappingFile()) ?? "" };
}

function opened({ origin, options, text }: MappingSource): OpenMapping {
  const loaded = loadMapping(options);
  if (loaded.kind === "ok") return { origin, text, map: loaded.map };
  throw usageProblem(openTexts.mappingUnusable, { details: formatProblems(loaded.problems).split("\n") });
}

/** Null when it cannot be read: the mapping's own check says so, with the file's name. */
function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
