import { nearestName } from "./nearest-name";
import { settingTable, type SettingEntry, type SettingName } from "./setting-table";

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Something an operator has to mend before the relay starts. */
export interface SettingProblem {
  readonly name: string;
  /** What is wrong, where, and what to do. Holds no secret. */
  readonly message: string;
}

/** The texts of all settings that have one, and what was wrong on the way. */
export interface SettingTexts {
  readonly texts: ReadonlyMap<SettingName, string>;
  /** Where each text came from, for messages. */
  readonly places: ReadonlyMap<SettingName, string>;
  readonly problems: readonly SettingProblem[];
}

const FILE_SUFFIX = "_FILE";

export const settingNames = Object.keys(settingTable).filter(isSettingName);

/** Collects the text of every setting from `NAME`, the file named by `NAME_FILE`, or its default. */
export function collectSettingTexts(env: Environment, readFile: (path: string) => string): SettingTexts {
  const texts = new Map<SettingName, string>();
  const places = new Map<SettingName, string>();
  const problems: SettingProblem[] = [];
  for (const name of settingNames) {
    const found = findText(name, env, readFile);
    if (found.kind === "problem") problems.push(found.problem);
    if (found.kind !== "text") continue;
    texts.set(name, found.text);
    places.set(name, found.place);
  }
  return { texts, places, problems: [...problems, ...unknownNames(env)] };
}

/** What is documented of a setting. */
export function entryOf(name: SettingName): SettingEntry {
  return settingTable[name];
}

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingTable, name);
}

type Found =
  | { readonly kind: "text"; readonly text: string; readonly place: string }
  | { readonly kind: "absent" }
  | { readonly kind: "problem"; readonly problem: SettingProblem };

function findText(name: SettingName, env: Environment, readFile: (path: string) => string): Found {
  const direct = presentText(env[name]);
  const path = presentText(env[name + FILE_SUFFIX]);
  if (direct !== undefined && path !== undefined) {
    return problem(name, `is set twice: as ${name} and through ${name}${FILE_SUFFIX}. Remove one of them.`);
  }
  if (direct !== undefined) return { kind: "text", text: direct, place: name };
  if (path !== undefined) return fromFile(name, path, readFile);
  return absent(name);
}

function absent(name: SettingName): Found {
  const entry = entryOf(name);
  if (entry.fallback !== undefined) return { kind: "text", text: entry.fallback, place: "its default" };
  if (entry.need === "required") {
    return problem(name, `is missing. Set ${name}, or ${name}${FILE_SUFFIX} with the path of a file. ${entry.what}`);
  }
  return { kind: "absent" };
}

function fromFile(name: SettingName, path: string, readFile: (path: string) => string): Found {
  const variable = name + FILE_SUFFIX;
  let text: string | undefined;
  try {
    text = presentText(readFile(path));
  } catch {
    return problem(name, `could not be read: ${variable} names "${path}". Check that the file exists and may be read.`);
  }
  if (text === undefined) return problem(name, `is empty: ${variable} names "${path}". Put the value into that file.`);
  return { kind: "text", text, place: `${variable} ("${path}")` };
}

/** Misspelt names would otherwise be ignored in silence. */
function unknownNames(env: Environment): readonly SettingProblem[] {
  return Object.keys(env)
    .filter((name) => name.startsWith("COSELL_") && !isKnown(name))
    .sort()
    .map((name) => ({ name, message: `is not a setting. Did you mean ${nearestName(name, settingNames)}?` }));
}

function isKnown(name: string): boolean {
  return isSettingName(name) || (name.endsWith(FILE_SUFFIX) && isSettingName(name.slice(0, -FILE_SUFFIX.length)));
}

/** Unset, empty and blank are the same: container tools pass on empty variables. */
function presentText(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === "" ? undefined : trimmed;
}

function problem(name: SettingName, message: string): Found {
  return { kind: "problem", problem: { name, message } };
}
