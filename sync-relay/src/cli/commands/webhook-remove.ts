import type { CommandFile } from "../command";
import { exitCode } from "../exit-code";
import { webhookTexts } from "../texts/webhook-texts";
import { removeDataverse } from "../webhook/dataverse-webhook";
import { removePartnerCenter } from "../webhook/partner-center-webhook";
import { cloudArgument } from "../webhook/webhook-options";
import { webhookSession } from "../webhook/webhook-session";

/** `cosell webhook remove`: the cloud does not call any more; what came before is put back where there was something. */
export const webhookRemoveCommand: CommandFile = {
  path: "webhook remove",
  summary: webhookTexts.summaryRemove,
  arguments: [cloudArgument],
  examples: [
    { line: "cosell webhook remove dataverse", what: webhookTexts.exampleDataverse },
    { line: "cosell webhook remove partner-center", what: webhookTexts.examplePartnerCenter },
  ],
  run: (context, given) =>
    webhookSession(
      context,
      {
        dataverse: async (session) => ({ exit: exitCode.ok, json: { removed: await removeDataverse(session) } }),
        "partner-center": async (session) => ({
          exit: exitCode.ok,
          json: { registration: await removePartnerCenter(session) },
        }),
      },
      given.argument("cloud"),
    ),
};
