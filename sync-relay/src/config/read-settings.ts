import { rootCertificates } from "node:tls";
import type { Language } from "../../../solution/schema/labels";
import { must } from "../core/must";
import { DEFAULT_CONFIG_FILE, readConfigText, type ConfigFile } from "./config-file";
import { nodeProblems } from "./node-environment";
import { problemTexts } from "./problem-texts";
import type { RelaySettings, SignInCredential } from "./relay-settings";
import { objectionIn, type Issue } from "./setting-text";
import type { SettingName } from "./setting-table";
import { shownValue } from "./shown-value";
import { settingsSchema, type SettingValues } from "./settings-schema";
import {
  collectSettingTexts,
  entryOf,
  isSettingName,
  settingNames,
  type Environment,
  type SettingProblem,
  type SettingTexts,
} from "./setting-texts";
import { words } from "./words";

export type { Environment, SettingProblem } from "./setting-texts";

// Reads every setting from the environment. An operator who starts the relay for the first time gets all problems in
// one go, each with what to do, and never sees a secret repeated.

/** The settings, or everything that is wrong with them. */
export type SettingsRead =
  | { readonly kind: "ok"; readonly settings: RelaySettings }
  | {
      readonly kind: "refused";
      readonly problems: readonly SettingProblem[];
      /** The one that the settings ask for, whatever else is wrong with them. */
      readonly language: Language;
    };

/**
 * Reads all settings: from the environment, and where that says nothing from the configuration file. `readFile` gives
 * the text of a file and throws when it cannot.
 */
export function readSettings(env: Environment, readFile: (path: string) => string): SettingsRead {
  const config = findConfigFile(env, readFile);
  const collected = collectSettingTexts({ env, readFile, configured: config.variables });
  const parsed = settingsSchema.safeParse(Object.fromEntries(collected.texts));
  const problems = [
    ...config.problems,
    ...collected.problems,
    ...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => describe(issue, collected))),
    ...groupProblems(collected),
    ...mappingFileProblems(collected, readFile),
    ...nodeProblems(env),
  ];
  if (problems.length > 0 || !parsed.success) {
    return { kind: "refused", problems: inTableOrder(problems), language: languageIn(collected) };
  }
  return { kind: "ok", settings: toSettings(parsed.data) };
}

function languageIn({ texts }: SettingTexts): Language {
  return texts.get("COSELL_LANGUAGE")?.toLowerCase() === "fr" ? "fr" : "en";
}

/** Values longer than this are whole files, certificates for example. */
const LONGEST_SHOWN = 200;

/** Every setting as it may be shown to others: of secrets, and of long values, only whether they are set. */
export function shownSettings(env: Environment, readFile: (path: string) => string): Readonly<Record<string, string>> {
  const configured = findConfigFile(env, readFile).variables;
  const { texts } = collectSettingTexts({ env, readFile, configured });
  const shown = (name: SettingName): string => {
    const text = texts.get(name);
    if (text === undefined) return "not set";
    return entryOf(name).secret || text.length > LONGEST_SHOWN ? "set" : text;
  };
  return Object.fromEntries(settingNames.map((name) => [name, shown(name)]));
}

/** Only a file that was named has to exist. */
function findConfigFile(env: Environment, readFile: (path: string) => string): ConfigFile {
  const named = env["COSELL_CONFIG_FILE"]?.trim() ?? "";
  const path = named === "" ? DEFAULT_CONFIG_FILE : named;
  let text: string;
  try {
    text = readFile(path);
  } catch (thrown) {
    const isAbsent = named === "" && (thrown as NodeJS.ErrnoException).code !== "EACCES";
    const message = words(problemTexts.namesUnreadable, { path });
    return { variables: new Map(), problems: isAbsent ? [] : [{ name: "COSELL_CONFIG_FILE", message }] };
  }
  return readConfigText(path, text);
}

function describe(
  issue: Issue & { readonly path: readonly PropertyKey[] },
  { texts, places }: SettingTexts,
): readonly SettingProblem[] {
  const name = String(issue.path[0]);
  // A setting without text was reported when it was looked for.
  if (!isSettingName(name) || !texts.has(name)) return [];
  const place = places.get(name) ?? name;
  const where = place === name ? "" : words(problemTexts.from, { place });
  const objection = objectionIn(issue);
  if (entryOf(name).secret) return [{ name, message: words(problemTexts.refusedSecret, { where, objection }) }];
  const value = shownValue(texts.get(name) ?? "");
  return [{ name, message: words(problemTexts.refusedValue, { value, where, objection }) }];
}

/** Settings that only make sense together, or never together. */
function groupProblems({ texts, problems }: SettingTexts): readonly SettingProblem[] {
  const given = (name: string) => isSettingName(name) && (texts.has(name) || problems.some((p) => p.name === name));
  const found: SettingProblem[] = [];
  if (given("COSELL_CLIENT_SECRET") && given("COSELL_CLIENT_CERTIFICATE")) {
    found.push({ name: "COSELL_CLIENT_SECRET", message: words(problemTexts.twoCredentials) });
  }
  if (!given("COSELL_CLIENT_SECRET") && !given("COSELL_CLIENT_CERTIFICATE")) {
    found.push({ name: "COSELL_CLIENT_SECRET", message: words(problemTexts.noCredential) });
  }
  if (given("COSELL_DATABASE_URL") && given("COSELL_PG_BIN")) {
    found.push({ name: "COSELL_PG_BIN", message: words(problemTexts.uselessPrograms) });
  }
  return found;
}

function mappingFileProblems({ texts }: SettingTexts, readFile: (path: string) => string): readonly SettingProblem[] {
  const path = texts.get("COSELL_MAPPING_FILE");
  if (path === undefined) return [];
  try {
    readFile(path);
    return [];
  } catch {
    const message = words(problemTexts.namesUnreadable, { path });
    return [{ name: "COSELL_MAPPING_FILE", message }];
  }
}

function inTableOrder(problems: readonly SettingProblem[]): readonly SettingProblem[] {
  const order: readonly string[] = settingNames;
  const rank = ({ name }: SettingProblem) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...problems].sort((a, b) => rank(a) - rank(b));
}

function toSettings(values: SettingValues): RelaySettings {
  return {
    dataverse: { url: values.COSELL_DATAVERSE_URL, webhookSecrets: values.COSELL_DATAVERSE_WEBHOOK_SECRET },
    partnerCenter: partnerCenterSettings(values),
    signIn: {
      authorityUrl: values.COSELL_AUTHORITY_URL,
      tenantId: values.COSELL_TENANT_ID,
      clientId: values.COSELL_CLIENT_ID,
      credential: credentialOf(values),
    },
    storage: storageSettings(values),
    masterKeys: values.COSELL_MASTER_KEY ?? null,
    server: {
      host: values.COSELL_HOST,
      port: values.COSELL_PORT,
      publicUrl: values.COSELL_PUBLIC_URL ?? null,
      logLevel: values.COSELL_LOG_LEVEL,
      drainSeconds: drainSeconds(values),
    },
    mappingFile: values.COSELL_MAPPING_FILE ?? null,
    language: values.COSELL_LANGUAGE,
    referralLink: values.COSELL_REFERRAL_LINK,
    coSellPosts: values.COSELL_CO_SELL_POSTS,
    syncLeads: values.COSELL_SYNC_LEADS === "yes",
    sweepSeconds: values.COSELL_SWEEP_SECONDS,
    inspectSeconds: values.COSELL_INSPECT_SECONDS,
    coalesceMs: values.COSELL_COALESCE_MS,
    createQuarantineSeconds: values.COSELL_CREATE_QUARANTINE_SECONDS,
    maxAttempts: values.COSELL_MAX_ATTEMPTS,
    parallel: values.COSELL_PARALLEL,
  };
}

/** Long enough for a balancer that probes every two seconds or is told of the stop; short enough for Docker's 10 s. */
const DRAIN_SECONDS_WITH_OTHERS = 5;

/** A relay with a database of its own is alone: nobody could take what it does not. */
function drainSeconds(values: SettingValues): number {
  return values.COSELL_DRAIN_SECONDS ?? (values.COSELL_DATABASE_URL === undefined ? 0 : DRAIN_SECONDS_WITH_OTHERS);
}

function partnerCenterSettings(values: SettingValues): RelaySettings["partnerCenter"] {
  return {
    url: values.COSELL_PARTNER_CENTER_URL,
    eventsUrl: values.COSELL_PARTNER_CENTER_EVENTS_URL,
    webhookToken: must(values.COSELL_PARTNER_CENTER_WEBHOOK_TOKEN[0], "a list of settings has at least one item"),
    otherWebhookToken: values.COSELL_PARTNER_CENTER_WEBHOOK_TOKEN[1] ?? null,
    certificate: {
      hosts: values.COSELL_CERTIFICATE_HOSTS,
      issuerHosts: values.COSELL_CERTIFICATE_ISSUER_HOSTS,
      anchors: values.COSELL_CERTIFICATE_ANCHORS ?? rootCertificates,
      subject: values.COSELL_CERTIFICATE_SUBJECT,
    },
    firstRefreshToken: values.COSELL_PARTNER_CENTER_REFRESH_TOKEN ?? null,
  };
}

function credentialOf(values: SettingValues): SignInCredential {
  if (values.COSELL_CLIENT_CERTIFICATE !== undefined) return values.COSELL_CLIENT_CERTIFICATE;
  const secret = must(values.COSELL_CLIENT_SECRET, "a missing credential was not refused");
  const endsAtMs = values.COSELL_CLIENT_SECRET_ENDS;
  return { kind: "secret", secret, ...(endsAtMs === undefined ? {} : { endsAtMs }) };
}

function storageSettings(values: SettingValues): RelaySettings["storage"] {
  const dataDir = values.COSELL_DATA_DIR;
  const url = values.COSELL_DATABASE_URL;
  if (url === undefined) return { kind: "embedded", dataDir, pgBin: values.COSELL_PG_BIN ?? null };
  return { kind: "database", dataDir, url };
}
