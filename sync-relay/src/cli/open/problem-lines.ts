import type { SettingProblem } from "../../config/read-settings";
import { wordsIn } from "../../config/words";
import type { CommandContext } from "../context";

/** What is wrong with settings, a line each, in the person's language. */
export function problemLines({ language }: CommandContext, problems: readonly SettingProblem[]): readonly string[] {
  return problems.map(({ name, message }) => `${name}: ${wordsIn(language, message)}`);
}
