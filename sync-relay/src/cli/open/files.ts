import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { CommandProblem } from "../command-problem";
import type { CommandContext } from "../context";
import { mappingTexts } from "../texts/mapping-texts";

/** Content of a file that a person named. */
export function readNamed({ world }: CommandContext, file: string): string {
  try {
    return readFileSync(resolve(world.cwd, file), "utf8");
  } catch (cause) {
    throw new CommandProblem(mappingTexts.cannotRead, { values: { file, reason: reasonOf(cause) }, cause });
  }
}

/** Whether a file was written, or was there already. */
export type Written = "written" | "exists";

/** Writes a file that a person named; with `keep` one that is there is left as it is. */
export function writeNamed(context: CommandContext, file: string, content: { text: string; keep: boolean }): Written {
  try {
    writeFileSync(resolve(context.world.cwd, file), content.text, { flag: content.keep ? "wx" : "w" });
    return "written";
  } catch (cause) {
    if (content.keep && isThere(cause)) return "exists";
    throw new CommandProblem(mappingTexts.cannotWrite, { values: { file, reason: reasonOf(cause) }, cause });
  }
}

function isThere(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST";
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
