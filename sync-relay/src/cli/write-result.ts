import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CommandProblem } from "./command-problem";
import type { CommandContext } from "./context";
import { loadTexts as texts } from "./texts/load-texts";

/** Writes what a command found into a file beside the person, readable by that person only. */
export async function writeResult({ world }: CommandContext, file: string, text: string): Promise<void> {
  try {
    await writeFile(resolve(world.cwd, file), text, { mode: 0o600 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandProblem(texts.notWritten, { values: { file, reason }, cause });
  }
}
