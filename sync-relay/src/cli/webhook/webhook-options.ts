import type { ArgumentEntry, OptionEntry } from "../command";
import { webhookTexts } from "../texts/webhook-texts";
import { clouds } from "./webhook-session";

export const cloudArgument: ArgumentEntry = {
  name: "cloud",
  what: webhookTexts.cloud,
  required: true,
  choices: clouds,
};

export const opportunityOption: OptionEntry = { flags: "--opportunity <id>", what: webhookTexts.opportunity };
export const noTestOption: OptionEntry = { flags: "--no-test", what: webhookTexts.noTest };
