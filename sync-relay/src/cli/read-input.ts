import { usageProblem } from "./command-problem";
import type { CommandContext } from "./context";
import { inputTexts } from "./texts/input-texts";

/** No secret is longer; whoever pipes more pipes the wrong thing. */
const MAX_INPUT_CHARACTERS = 65_536;

/** Everything that is piped into the command, without the line break at its end. Throws a usage problem when it is nothing. */
export async function readPipedSecret(context: CommandContext, flag: string): Promise<string> {
  const { stdin } = context.world;
  if (stdin.isTTY === true) throw usageProblem(inputTexts.nothingPiped, { values: { flag } });
  let text = "";
  for await (const chunk of stdin) {
    text += String(chunk);
    if (text.length > MAX_INPUT_CHARACTERS) throw usageProblem(inputTexts.tooMuchPiped, { values: { flag } });
  }
  const secret = text.trim();
  if (secret === "") throw usageProblem(inputTexts.nothingPiped, { values: { flag } });
  return secret;
}
