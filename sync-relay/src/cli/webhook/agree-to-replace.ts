import type { WebhookRegistration } from "../../adapters/partner-center/registration";
import { CommandProblem } from "../command-problem";
import { shownAddress } from "../setup/relay-address";
import type { Text } from "../texts/text";
import { webhookTexts } from "../texts/webhook-texts";
import type { WebhookSession } from "./webhook-session";

/** Asks before somebody else loses the events. Throws when the answer is no. */
export async function agreeToReplace(
  { context }: WebhookSession,
  { found, replace, question }: { found: WebhookRegistration; replace: boolean; question: Text },
): Promise<void> {
  context.out.warn(context.text(webhookTexts.foreignFound));
  context.out.warn(`  ${shownAddress(found.webhookUrl)} (${found.events.join(", ")})`);
  const message = context.text(question);
  const agreed = replace || (await context.ask.confirm({ message, flag: "--replace", ownFlagOnly: true }));
  if (!agreed) throw new CommandProblem(webhookTexts.notReplaced);
}
