import { dirname, isAbsolute, join } from "node:path";
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair } from "yaml";
import { nearestName } from "../core/nearest-name";
import { problemTexts } from "./problem-texts";
import { entryOf, FILE_SUFFIX, isSettingName, settingNames, type SettingProblem } from "./setting-texts";
import type { SettingName } from "./setting-table";
import { words, type Words } from "./words";
import { yamlTexts } from "./yaml-texts";

// The configuration file: the settings that are no secrets, one a line, in YAML. A name is written as in the environment
// without its COSELL_, in small letters with hyphens: `dataverse-url`. A secret is never written in it, only the name of
// the file that holds it: `client-secret-file`. The environment wins over the file.

/** Environment variables that a configuration file stands for. */
export interface ConfigFile {
  readonly variables: ReadonlyMap<string, ConfigValue>;
  readonly problems: readonly SettingProblem[];
}

export interface ConfigValue {
  readonly text: string;
  /** Where it stands, e.g. `cosell.yaml:3`. */
  readonly place: string;
}

/** Taken from the folder that a command is started in, unless COSELL_CONFIG_FILE or --config names another. */
export const DEFAULT_CONFIG_FILE = "cosell.yaml";

const PREFIX = "COSELL_";
/** Settings that are paths: in the file they count from its own folder. */
const PATHS: ReadonlySet<SettingName> = new Set(["COSELL_DATA_DIR", "COSELL_MAPPING_FILE", "COSELL_PG_BIN"]);

/** Name of a setting, or of its file variant, as it is written in the configuration file. */
export function configKey(variable: string): string {
  return variable.slice(PREFIX.length).toLowerCase().replaceAll("_", "-");
}

function variableOf(key: string): string {
  return PREFIX + key.toUpperCase().replaceAll("-", "_");
}

/** Reads the text of a configuration file. Everything that is wrong is reported at once, with file and line. */
export function readConfigText(path: string, text: string): ConfigFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): string => `${path}:${lines.linePos(offset).line}`;
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, code }) => ({
      name: placeAt(pos[0]),
      message: words(yamlTexts[code]),
    }));
    return { variables: new Map(), problems };
  }
  const { contents } = document;
  if (contents === null) return { variables: new Map(), problems: [] };
  if (!isMap(contents)) {
    return { variables: new Map(), problems: [{ name: `${path}:1`, message: words(problemTexts.noSettings) }] };
  }
  return entriesIn(contents.items, { path, placeAt });
}

interface Place {
  readonly path: string;
  readonly placeAt: (offset: number) => string;
}

function entriesIn(pairs: readonly Pair<Node, Node | null>[], { path, placeAt }: Place): ConfigFile {
  const variables = new Map<string, ConfigValue>();
  const problems: SettingProblem[] = [];
  for (const { key, value } of pairs) {
    const place = placeAt(key.range?.[0] ?? 0);
    const name = isScalar(key) ? String(key.value) : "";
    const variable = variableOf(name);
    const problem = nameProblem(name, variable);
    const scalar = problem === null ? textOf(value) : null;
    if (problem !== null) problems.push({ name: place, message: problem });
    else if (scalar === null) problems.push({ name: place, message: words(problemTexts.noPlainValue, { name }) });
    else variables.set(variable, { text: resolved(variable, scalar, path), place });
  }
  return { variables, problems };
}

function nameProblem(name: string, variable: string): Words | null {
  const isFile = !isSettingName(variable) && variable.endsWith(FILE_SUFFIX);
  const setting = isFile ? variable.slice(0, -FILE_SUFFIX.length) : variable;
  if (!isSettingName(setting) || setting === "COSELL_CONFIG_FILE" || name !== configKey(variable)) {
    const known = settingNames.map((one) => configKey(entryOf(one).secret ? `${one}${FILE_SUFFIX}` : one));
    return words(problemTexts.unknownKey, { name, nearest: nearestName(name, known) ?? "dataverse-url" });
  }
  return !isFile && entryOf(setting).secret ? words(problemTexts.secretInFile, { name }) : null;
}

/** A value as the environment would carry it; null for what is none. */
function textOf(value: Node | null): string | null {
  if (!isSeq(value)) return scalarText(value);
  const items = value.items.map(scalarText);
  return items.includes(null) || items.length === 0 ? null : items.join(",");
}

/** As it was written: `8080` and `no` stay what they are, whatever YAML takes them for. */
function scalarText(value: unknown): string | null {
  return isScalar(value) && value.value !== null ? (value.source ?? null) : null;
}

function resolved(variable: string, text: string, path: string): string {
  const isPath = (isSettingName(variable) && PATHS.has(variable)) || !isSettingName(variable);
  return isPath && !isAbsolute(text) ? join(dirname(path), text) : text;
}
