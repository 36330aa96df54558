import { nearestName } from "../core/nearest-name";
import { problemTexts } from "./problem-texts";
import { settingTable, type SettingEntry, type SettingName } from "./setting-table";
import { words, type Words } from "./words";

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Something an operator has to mend before the relay starts. */
export interface SettingProblem {
  readonly name: string;
  /** What is wrong, where, and what to do. Holds no secret. */
  readonly message: Words;
}

/** Where settings come from: the environment, and files. */
export interface SettingSources {
  readonly env: Environment;
  /** What the configuration file says instead of a variable, for settings that the environment does not have. */
  readonly configured?: ReadonlyMap<string, { readonly text: string; readonly place: string }>;
  /** Gives the text of a file; throws when it cannot. */
  readonly readFile: (path: string) => string;
}

/** The texts of all settings that have one, and what was wrong on the way. */
export interface SettingTexts {
  readonly texts: ReadonlyMap<SettingName, string>;
  /** Where each text came from, for messages. */
  readonly places: ReadonlyMap<SettingName, string>;
  readonly problems: readonly SettingProblem[];
}

/** Ending of the variable that names a file with the value. */
export const FILE_SUFFIX = "_FILE";

export const settingNames = Object.keys(settingTable).filter(isSettingName);

/** Collects the text of every setting from `NAME`, the file named by `NAME_FILE`, or its default. */
export function collectSettingTexts(sources: SettingSources): SettingTexts {
  const { env } = sources;
  const texts = new Map<SettingName, string>();
  const places = new Map<SettingName, string>();
  const problems: SettingProblem[] = [];
  for (const name of settingNames) {
    const found = findText(name, sources);
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

function findText(name: SettingName, { env, configured, readFile }: SettingSources): Found {
  const fromEnvironment = (variable: string): Source | undefined => sourceOf(env[variable], variable);
  const fromConfigFile = (variable: string): Source | undefined => {
    const found = configured?.get(variable);
    return sourceOf(found?.text, found?.place ?? "");
  };
  // Either form in the environment wins over both forms in the configuration file.
  for (const look of [fromEnvironment, fromConfigFile]) {
    const direct = look(name);
    const file = look(name + FILE_SUFFIX);
    if (direct !== undefined && file !== undefined) return setTwice(name, direct, file);
    if (direct !== undefined) return { kind: "text", ...direct };
    if (file !== undefined) return fromFile(name, file, readFile);
  }
  return absent(name);
}

/** A text and where it stands: the name of a variable, or a line of the configuration file. */
interface Source {
  readonly text: string;
  readonly place: string;
}

function sourceOf(text: string | undefined, place: string): Source | undefined {
  const present = presentText(text);
  return present === undefined ? undefined : { text: present, place };
}

function setTwice(name: SettingName, direct: Source, file: Source): Found {
  const both = words(problemTexts.bothPlaces, { first: direct.place, second: file.place });
  const places = direct.place === name ? "" : both;
  return problem(name, words(problemTexts.setTwice, { name, file: name + FILE_SUFFIX, places }));
}

function absent(name: SettingName): Found {
  const entry = entryOf(name);
  if (entry.fallback !== undefined) return { kind: "text", text: entry.fallback, place: name };
  if (entry.need === "required") {
    const what = words({ en: entry.what, fr: entry.french ?? entry.what });
    return problem(name, words(problemTexts.missing, { name, file: name + FILE_SUFFIX, what }));
  }
  return { kind: "absent" };
}

function fromFile(name: SettingName, { text: path, place }: Source, readFile: (path: string) => string): Found {
  const variable = name + FILE_SUFFIX;
  const where = place === variable ? variable : `${variable} (${place})`;
  let text: string | undefined;
  try {
    text = presentText(readFile(path));
  } catch {
    // What stands where the file of a secret is wanted may be the secret itself.
    if (entryOf(name).secret) return problem(name, words(problemTexts.unreadableSecretFile, { where }));
    return problem(name, words(problemTexts.unreadableFile, { where, path }));
  }
  if (text === undefined) return problem(name, words(problemTexts.emptyFile, { where, path }));
  return { kind: "text", text, place: `${where} ("${path}")` };
}

/** Misspelt names would otherwise be ignored in silence. */
function unknownNames(env: Environment): readonly SettingProblem[] {
  return Object.keys(env)
    .filter((name) => name.startsWith("COSELL_") && !isKnown(name))
    .sort()
    .map((name) => ({ name, message: words(problemTexts.unknownName, { nearest: nearestSetting(name) }) }));
}

/** The known name that was probably meant, in the form in which it was written. */
function nearestSetting(name: string): string {
  const known = name.endsWith(FILE_SUFFIX) ? settingNames.map((one) => one + FILE_SUFFIX) : settingNames;
  return nearestName(name, known) ?? "";
}

function isKnown(name: string): boolean {
  return isSettingName(name) || (name.endsWith(FILE_SUFFIX) && isSettingName(name.slice(0, -FILE_SUFFIX.length)));
}

/** Unset, empty and blank are the same: container tools pass on empty variables. */
function presentText(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === "" ? undefined : trimmed;
}

function problem(name: SettingName, message: Words): Found {
  return { kind: "problem", problem: { name, message } };
}
