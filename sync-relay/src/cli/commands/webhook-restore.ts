import { usageProblem } from "../command-problem";
import type { CommandFile } from "../command";
import { exitCode } from "../exit-code";
import { webhookTexts } from "../texts/webhook-texts";
import { restorePartnerCenter } from "../webhook/restore-registration";
import { webhookSession } from "../webhook/webhook-session";

/** `cosell webhook restore`: only Partner Center has one registration that somebody else may have had before. */
export const webhookRestoreCommand: CommandFile = {
  path: "webhook restore",
  summary: webhookTexts.summaryRestore,
  arguments: [{ name: "cloud", what: webhookTexts.cloud, required: true, choices: ["partner-center"] }],
  options: [{ flags: "--replace", what: webhookTexts.replace }],
  examples: [{ line: "cosell webhook restore partner-center", what: webhookTexts.examplePartnerCenter }],
  run: (context, given) =>
    webhookSession(
      context,
      {
        dataverse: () => Promise.reject(usageProblem(webhookTexts.nothingKept)),
        "partner-center": async (session) => ({
          exit: exitCode.ok,
          json: { registration: await restorePartnerCenter(session, { replace: given.has("--replace") }) },
        }),
      },
      given.argument("cloud"),
    ),
};
