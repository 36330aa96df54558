import type { CommandFile } from "../command";
import { exitCode } from "../exit-code";
import { webhookTexts } from "../texts/webhook-texts";
import { tryDataverse, tryPartnerCenter } from "../webhook/try-webhook";
import { cloudArgument, opportunityOption } from "../webhook/webhook-options";
import { webhookSession } from "../webhook/webhook-session";

/** `cosell webhook test`: a call from the cloud to the relay, seen to arrive. */
export const webhookTestCommand: CommandFile = {
  path: "webhook test",
  summary: webhookTexts.summaryTest,
  arguments: [cloudArgument],
  options: [opportunityOption],
  examples: [
    { line: "cosell webhook test dataverse", what: webhookTexts.exampleDataverse },
    { line: "cosell webhook test partner-center", what: webhookTexts.examplePartnerCenter },
  ],
  run(context, given) {
    const outcome = (tested: boolean) => ({ exit: exitCode.ok, json: { tested } });
    return webhookSession(
      context,
      {
        dataverse: async (session) => outcome(await tryDataverse(session, given.text("--opportunity"))),
        "partner-center": async (session) => outcome(await tryPartnerCenter(session)),
      },
      given.argument("cloud"),
    );
  },
};
