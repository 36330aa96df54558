import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { readSettings, type Environment } from "../../config/read-settings";
import type { RelaySettings } from "../../config/relay-settings";
import { usageProblem } from "../command-problem";
import type { CommandContext } from "../context";
import { openTexts } from "../texts/open-texts";
import { problemLines } from "./problem-lines";

/** The environment of the command, with the configuration file that `--config` names. */
export function settingsEnvironment({ world, configFile }: CommandContext): Environment {
  return configFile === null ? world.environment : { ...world.environment, COSELL_CONFIG_FILE: configFile };
}

/** Reads a file as the relay would that is started in the folder of the command. */
export function readBeside({ world }: CommandContext, path: string): string {
  return readFileSync(resolve(world.cwd, path), "utf8");
}

/** The settings that the relay would run with. Throws a usage problem that lists everything that is wrong. */
export function openSettings(context: CommandContext): RelaySettings {
  const read = readSettings(settingsEnvironment(context), (path) => readBeside(context, path));
  if (read.kind === "ok") return read.settings;
  const details = problemLines(context, read.problems);
  throw usageProblem(openTexts.settingsUnusable, { details, mend: "cosell init" });
}
