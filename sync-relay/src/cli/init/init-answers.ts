import { settingObjection } from "../../config/check-setting";
import { isSettingName } from "../../config/setting-texts";
import type { SettingName } from "../../config/setting-table";
import { shownValue } from "../../config/shown-value";
import { wordsIn } from "../../config/words";
import { usageProblem } from "../command-problem";
import type { Given } from "../command";
import type { CommandContext } from "../context";
import type { ConfigPlace } from "../open/config-place";
import { initTexts } from "../texts/init-texts";
import { inputTexts } from "../texts/input-texts";
import type { Text } from "../texts/text";

/** What a set-up needs to know that is no secret. */
interface Question {
  readonly name: SettingName;
  readonly flag: string;
  readonly ask: Text;
}

export const plainQuestions: readonly Question[] = [
  { name: "COSELL_DATAVERSE_URL", flag: "--dataverse-url", ask: initTexts.askDataverseUrl },
  { name: "COSELL_TENANT_ID", flag: "--tenant-id", ask: initTexts.askTenantId },
  { name: "COSELL_CLIENT_ID", flag: "--client-id", ask: initTexts.askClientId },
  { name: "COSELL_PUBLIC_URL", flag: "--public-url", ask: initTexts.askPublicUrl },
];

export interface Asking {
  readonly context: CommandContext;
  readonly given: Given;
  readonly config: ConfigPlace;
}

/** Whether a setting, or its file variant, has a value already, from the environment or the configuration file. */
export function isKnown({ context, config }: Asking, name: SettingName): "environment" | "configuration" | null {
  const variables = [name, `${name}_FILE`];
  if (variables.some((one) => (context.world.environment[one] ?? "").trim() !== "")) return "environment";
  return variables.some((one) => config.variables.has(one)) ? "configuration" : null;
}

/** The plain settings to write: what was given now, and what had to be asked for. What is known is not asked again. */
export async function plainAnswers(asking: Asking): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>();
  for (const question of plainQuestions) {
    const { name, flag } = question;
    const given = asking.given.text(flag);
    if (given !== undefined) {
      answers.set(name, accepted(asking.context, { name, flag, value: given.trim() }));
      warnOfEnvironment(asking, name);
    } else if (isKnown(asking, name) === null) answers.set(name, await ask(asking.context, question));
  }
  return answers;
}

/** What is written to the configuration does not count while the environment says something else. */
export function warnOfEnvironment(asking: Asking, name: SettingName): void {
  const { context } = asking;
  if (isKnown(asking, name) === "environment") context.out.warn(context.text(initTexts.environmentWins, { name }));
}

function ask(context: CommandContext, { name, flag, ask: words }: Question): Promise<string> {
  const check = (answer: string): string | undefined => {
    const objection = settingObjection(name, answer.trim());
    return objection === null ? undefined : wordsIn(context.language, objection);
  };
  return context.ask.text({ message: context.text(words), flag, check }).then((answer) => answer.trim());
}

/** A value that was given on the command line; throws a usage problem when the relay would refuse it. */
export function accepted(
  { language }: CommandContext,
  { name, flag, value }: { readonly name: string; readonly flag: string; readonly value: string },
): string {
  const objection = isSettingName(name) ? settingObjection(name, value) : null;
  if (objection === null) return value;
  const values = { flag, value: shownValue(value), objection: wordsIn(language, objection) };
  throw usageProblem(inputTexts.refusedValue, { values });
}
