import { resolve } from "node:path";
import { configKey } from "../../config/config-file";
import { editConfigText } from "../../config/edit-config";
import type { SettingName } from "../../config/setting-table";
import type { CommandContext } from "../context";
import { fileMode, writeWhole } from "../private-file";
import { findConfig } from "./config-place";

/** Where the values of a secret setting are written, so that a command can change them. */
export type SecretPlace =
  | { readonly kind: "file"; readonly path: string }
  /** Set in the environment, which belongs to whoever starts the relay. */
  | { readonly kind: "environment" }
  | { readonly kind: "nowhere" };

export function secretPlace(context: CommandContext, name: SettingName): SecretPlace {
  const { environment, cwd } = context.world;
  const file = environment[`${name}_FILE`]?.trim() ?? "";
  if (file !== "") return { kind: "file", path: resolve(cwd, file) };
  if ((environment[name]?.trim() ?? "") !== "") return { kind: "environment" };
  const configured = findConfig(context).variables.get(`${name}_FILE`);
  return configured === undefined ? { kind: "nowhere" } : { kind: "file", path: resolve(cwd, configured.text) };
}

/** Writes the values of a secret setting, the one in use first. */
export async function writeSecrets(path: string, values: readonly string[]): Promise<void> {
  await writeWhole(path, `${values.join(",")}\n`, fileMode.secret);
}

/** Makes the configuration name a file for a secret setting. */
export async function nameSecretFile(context: CommandContext, name: SettingName, path: string): Promise<void> {
  const config = findConfig(context);
  const text = editConfigText(config.text, new Map([[`${name}_FILE`, path]]));
  await writeWhole(config.path, text, fileMode.plain);
  context.out.line(`${config.path}: ${configKey(`${name}_FILE`)}`);
}
