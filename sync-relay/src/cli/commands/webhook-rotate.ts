import type { CommandFile } from "../command";
import { webhookTexts } from "../texts/webhook-texts";
import { rotateWebhook } from "../webhook/rotate-webhook";
import { cloudArgument } from "../webhook/webhook-options";
import { webhookSession } from "../webhook/webhook-session";

/** `cosell webhook rotate`: run it, restart the relay, run it again. */
export const webhookRotateCommand: CommandFile = {
  path: "webhook rotate",
  summary: webhookTexts.summaryRotate,
  arguments: [cloudArgument],
  examples: [
    { line: "cosell webhook rotate dataverse", what: webhookTexts.exampleDataverse },
    { line: "cosell webhook rotate partner-center", what: webhookTexts.examplePartnerCenter },
  ],
  run: (context, given) =>
    webhookSession(
      context,
      {
        dataverse: (session) => rotateWebhook(session, "dataverse"),
        "partner-center": (session) => rotateWebhook(session, "partner-center"),
      },
      given.argument("cloud"),
    ),
};
