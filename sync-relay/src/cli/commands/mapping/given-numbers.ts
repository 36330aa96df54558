import { usageProblem } from "../../command-problem";
import type { CommandContext } from "../../context";
import { mappingTexts as texts } from "../../texts/mapping-texts";
import type { Text } from "../../texts/text";

/** A number above 0 that a person gave. */
export function positiveNumber(context: CommandContext, value: string, what: Text): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw usageProblem(texts.badNumber, { values: { value, what: context.text(what) } });
}
