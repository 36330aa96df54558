import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { masterKeyPath } from "../../adapters/sealing/master-key";
import { settingObjection } from "../../config/check-setting";
import { settingTable, type SettingName } from "../../config/setting-table";
import { wordsIn } from "../../config/words";
import { usageProblem } from "../command-problem";
import { readIfThere } from "../open/config-place";
import { givenSecret } from "../open/given-secret";
import { readPipedSecret } from "../read-input";
import { initTexts } from "../texts/init-texts";
import { inputTexts } from "../texts/input-texts";
import { isKnown, warnOfEnvironment, type Asking } from "./init-answers";
import { secretEnd, type CredentialKind } from "./secret-end";

/** Files to write, and what the configuration says of secrets. Never a secret itself in the configuration. */
export interface SecretPlan {
  /** Files that are made; absolute path → text. */
  readonly files: ReadonlyMap<string, string>;
  /** Files that an earlier, interrupted run has made. */
  readonly kept: readonly string[];
  readonly entries: ReadonlyMap<string, string | null>;
}

const SECRET_BYTES = 32;

/** Secrets that nobody needs to know: made here unless they exist. */
const MADE_HERE: readonly { readonly name: SettingName; readonly file: string; readonly make: () => string }[] = [
  { name: "COSELL_DATAVERSE_WEBHOOK_SECRET", file: "dataverse-webhook-secret", make: hexSecret },
  { name: "COSELL_PARTNER_CENTER_WEBHOOK_TOKEN", file: "partner-center-webhook-token", make: hexSecret },
  { name: "COSELL_MASTER_KEY", file: "master-key", make: () => randomBytes(SECRET_BYTES).toString("base64") },
];

/** A random secret of 256 bits in letters that every header and address takes. */
export function hexSecret(): string {
  return randomBytes(SECRET_BYTES).toString("hex");
}

export function secretsFolder({ context, given, config }: Asking): string {
  const folder = given.text("--secrets-dir");
  return folder === undefined ? join(config.folder, "cosell-secrets") : resolve(context.world.cwd, folder);
}

/** The client's credential as it was given, and everything that is made here. */
export async function planSecrets(asking: Asking): Promise<SecretPlan> {
  const folder = secretsFolder(asking);
  const credential = await planCredential(asking, folder);
  const files = new Map(credential.files);
  const entries = new Map([...credential.entries, ...(await secretEnd(asking, credential.kind))]);
  const kept: string[] = [];
  for (const { name, file, make } of MADE_HERE) {
    if (isKnown(asking, name) !== null) continue;
    if (name === "COSELL_MASTER_KEY" && hasKeyFile(asking)) continue;
    const path = join(folder, file);
    entries.set(`${name}_FILE`, inConfig(asking, path));
    if ((readIfThere(path) ?? "").trim() === "") files.set(path, `${make()}\n`);
    else kept.push(path);
  }
  return { files, kept, entries };
}

/** A relay that ran before has sealed with the key in its data folder; another key would lock its secrets away. */
function hasKeyFile({ context, config }: Asking): boolean {
  const set = context.world.environment["COSELL_DATA_DIR"] ?? config.variables.get("COSELL_DATA_DIR")?.text;
  return existsSync(masterKeyPath(resolve(context.world.cwd, set ?? settingTable.COSELL_DATA_DIR.fallback ?? "")));
}

interface Credential extends Pick<SecretPlan, "files" | "entries"> {
  readonly kind: CredentialKind;
}

async function planCredential(asking: Asking, folder: string): Promise<Credential> {
  const { context, given } = asking;
  for (const name of ["COSELL_CLIENT_CERTIFICATE", "COSELL_CLIENT_SECRET"] as const) {
    const file = given.text(FILE_FLAGS[name]);
    if (file !== undefined) return fromFile(asking, name, file);
  }
  const isStated = given.has("--client-secret-stdin");
  const known = isStated ? null : knownCredential(asking);
  if (known !== null) return { kind: known, files: new Map(), entries: new Map() };
  if (isStated) warnOfEnvironment(asking, "COSELL_CLIENT_SECRET");
  const secret = isStated ? await readPipedSecret(context, "--client-secret-stdin") : await askForSecret(asking);
  const path = join(folder, "client-secret");
  return {
    kind: "new secret",
    files: new Map([[path, `${secret}\n`]]),
    entries: credentialEntries(asking, "COSELL_CLIENT_SECRET", path),
  };
}

/** A credential that the relay has already, which is not asked for again. */
function knownCredential(asking: Asking): CredentialKind | null {
  const { context } = asking;
  const secret = isKnown(asking, "COSELL_CLIENT_SECRET");
  const place = secret ?? isKnown(asking, "COSELL_CLIENT_CERTIFICATE");
  if (place === "environment") context.out.line(context.text(initTexts.secretEnvironment));
  if (place === null) return null;
  return secret === null ? "certificate" : "known secret";
}

function askForSecret({ context }: Asking): Promise<string> {
  return context.ask.secret({
    message: context.text(initTexts.askSecret),
    flag: "--client-secret-stdin",
    check: (answer) => (answer.trim() === "" ? context.text(initTexts.askSecret) : undefined),
  });
}

/** Who names the file of a credential. */
const FILE_FLAGS = {
  COSELL_CLIENT_SECRET: "--client-secret-file",
  COSELL_CLIENT_CERTIFICATE: "--client-certificate-file",
} as const;

type CredentialName = keyof typeof FILE_FLAGS;

/** A file of the person's own stays where it is; only its place is written down. */
function fromFile(asking: Asking, name: CredentialName, given: string): Credential {
  const { context } = asking;
  const path = resolve(context.world.cwd, given);
  const flag = FILE_FLAGS[name];
  warnOfEnvironment(asking, name);
  const objection = settingObjection(name, givenSecret(context, flag, given));
  if (objection !== null) {
    const values = { flag, objection: wordsIn(context.language, objection) };
    throw usageProblem(inputTexts.refusedSecret, { values });
  }
  const kind = name === "COSELL_CLIENT_SECRET" ? "new secret" : "certificate";
  return { kind, files: new Map(), entries: credentialEntries(asking, name, path) };
}

/** One credential at a time: the entry of the other one is taken out. */
function credentialEntries(asking: Asking, name: CredentialName, path: string): ReadonlyMap<string, string | null> {
  const other: CredentialName = name === "COSELL_CLIENT_SECRET" ? "COSELL_CLIENT_CERTIFICATE" : "COSELL_CLIENT_SECRET";
  const entries = new Map<string, string | null>([[`${name}_FILE`, inConfig(asking, path)]]);
  return asking.config.variables.has(`${other}_FILE`) ? entries.set(`${other}_FILE`, null) : entries;
}

/** A path as the configuration file says it: from its own folder, so that the folder can be moved as a whole. */
function inConfig({ config }: Asking, path: string): string {
  const inside = relative(config.folder, path);
  return inside.startsWith("..") ? path : inside;
}
