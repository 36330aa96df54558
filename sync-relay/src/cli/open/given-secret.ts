import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { usageProblem } from "../command-problem";
import type { CommandContext } from "../context";
import { inputTexts } from "../texts/input-texts";

/**
 * The secret in a file that a person named, without the line break at its end. Throws a usage problem that names the
 * flag and not what was given: where a file is wanted, people write the secret itself.
 */
export function givenSecret({ world }: CommandContext, flag: string, file: string): string {
  let text: string;
  try {
    text = readFileSync(resolve(world.cwd, file), "utf8").trim();
  } catch (thrown) {
    const reason = (thrown as NodeJS.ErrnoException).code ?? "?";
    throw usageProblem(inputTexts.unreadableSecret, { values: { flag, reason } });
  }
  if (text === "") throw usageProblem(inputTexts.emptySecret, { values: { flag } });
  return text;
}
