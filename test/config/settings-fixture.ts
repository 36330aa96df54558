import type { Language } from "../../solution/schema/labels";
import { readSettings, type Environment, type SettingsRead } from "../../sync-relay/src/config/read-settings";
import type { RelaySettings } from "../../sync-relay/src/config/relay-settings";
import { wordsIn } from "../../sync-relay/src/config/words";

export const CANARY = "canary-secret-that-must-never-be-printed";

/** The least that a relay needs. */
export const smallestEnvironment: Environment = {
  COSELL_DATAVERSE_URL: "https://contoso.crm4.dynamics.com/",
  COSELL_TENANT_ID: "contoso.onmicrosoft.com",
  COSELL_CLIENT_ID: "11111111-2222-3333-4444-555555555555",
  COSELL_CLIENT_SECRET: `${CANARY}-client`,
  COSELL_DATAVERSE_WEBHOOK_SECRET: `${CANARY}-webhook`,
  COSELL_PARTNER_CENTER_WEBHOOK_TOKEN: "a".repeat(32),
};

export type Files = Readonly<Record<string, string>>;

export function readFrom(files: Files): (path: string) => string {
  return (path) => {
    const text = files[path];
    if (text === undefined) throw new Error(`ENOENT ${path}`);
    return text;
  };
}

/** Settings of the smallest environment with changes; the test fails when they are refused. */
export function accepted(changes: Environment = {}, files: Files = {}): RelaySettings {
  const result = readSettings({ ...smallestEnvironment, ...changes }, readFrom(files));
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems));
  return result.settings;
}

/** Problems of the smallest environment with changes; empty when it is accepted. */
export function problemsOf(changes: Environment, files: Files = {}): readonly ToldProblem[] {
  return toldIn("en", readSettings({ ...smallestEnvironment, ...changes }, readFrom(files)));
}

/** A problem as somebody reads it. */
export interface ToldProblem {
  readonly name: string;
  readonly message: string;
}

/** What a refusal says in a language; nothing when the settings are accepted. */
export function toldIn(language: Language, result: SettingsRead): readonly ToldProblem[] {
  if (result.kind === "ok") return [];
  return result.problems.map(({ name, message }) => ({ name, message: wordsIn(language, message) }));
}
