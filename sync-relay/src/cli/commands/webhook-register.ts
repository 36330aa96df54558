import type { CommandFile } from "../command";
import { exitCode } from "../exit-code";
import { webhookTexts } from "../texts/webhook-texts";
import { registerDataverse } from "../webhook/dataverse-webhook";
import { registerPartnerCenter } from "../webhook/partner-center-webhook";
import { tryDataverse, tryPartnerCenter } from "../webhook/try-webhook";
import { cloudArgument, noTestOption, opportunityOption } from "../webhook/webhook-options";
import { webhookSession } from "../webhook/webhook-session";

/** `cosell webhook register`: registers, and has the cloud call the relay once. */
export const webhookRegisterCommand: CommandFile = {
  path: "webhook register",
  summary: webhookTexts.summaryRegister,
  arguments: [cloudArgument],
  options: [
    { flags: "--event <name...>", what: webhookTexts.event },
    { flags: "--replace", what: webhookTexts.replace },
    opportunityOption,
    noTestOption,
  ],
  examples: [
    { line: "cosell webhook register dataverse", what: webhookTexts.exampleDataverse },
    { line: "cosell webhook register partner-center", what: webhookTexts.examplePartnerCenter },
  ],
  run(context, given) {
    const isTried = !given.has("--no-test");
    const work = {
      dataverse: async (session: Parameters<typeof registerDataverse>[0]) => {
        const changed = await registerDataverse(session);
        const tested = isTried && (await tryDataverse(session, given.text("--opportunity")));
        return { exit: exitCode.ok, json: { changed, tested } };
      },
      "partner-center": async (session: Parameters<typeof registerPartnerCenter>[0]) => {
        const wish = { events: given.list("--event") ?? [], replace: given.has("--replace") };
        const registration = await registerPartnerCenter(session, wish);
        const tested = isTried && (await tryPartnerCenter(session));
        return { exit: exitCode.ok, json: { registration, tested } };
      },
    };
    return webhookSession(context, work, given.argument("cloud"));
  },
};
