import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DEFAULT_CONFIG_FILE, readConfigText, type ConfigFile } from "../../config/config-file";
import { usageProblem } from "../command-problem";
import type { CommandContext } from "../context";
import { initTexts } from "../texts/init-texts";
import { inputTexts } from "../texts/input-texts";
import { problemLines } from "./problem-lines";

/** The configuration file that a command changes, as it is now. */
export interface ConfigPlace {
  /** Absolute. */
  readonly path: string;
  readonly folder: string;
  /** Null when there is none yet. */
  readonly text: string | null;
  readonly variables: ConfigFile["variables"];
}

/** Throws a usage problem when the file cannot be read or has mistakes: what is not understood is not written over. */
export function findConfig(context: CommandContext): ConfigPlace {
  const { world, configFile } = context;
  const named = configFile ?? world.environment["COSELL_CONFIG_FILE"]?.trim() ?? "";
  const path = resolve(world.cwd, named === "" ? DEFAULT_CONFIG_FILE : named);
  const text = readIfThere(path);
  const { variables, problems } = readConfigText(path, text ?? "");
  if (problems.length > 0) throw usageProblem(initTexts.badConfig, { details: problemLines(context, problems) });
  return { path, folder: dirname(path), text, variables };
}

/** The text of a file, null when there is none. Throws a usage problem when it is there and cannot be read. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    const reason = (thrown as NodeJS.ErrnoException).code ?? String(thrown);
    if (reason === "ENOENT") return null;
    throw usageProblem(inputTexts.unreadableFile, { values: { path, reason }, cause: thrown });
  }
}
