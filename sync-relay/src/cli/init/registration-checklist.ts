import { initTexts } from "../texts/init-texts";
import type { CommandContext } from "../context";

const ITEMS = [
  initTexts.checkRegistration,
  initTexts.checkRedirect,
  initTexts.checkPublic,
  initTexts.checkDataverse,
  initTexts.checkReferrals,
  initTexts.checkEvents,
  initTexts.checkConsent,
  initTexts.checkCredential,
  initTexts.checkUser,
];

/** What has to be clicked once in Entra and Partner Center, which no program may do. */
export function registrationChecklist(context: CommandContext, clientId: string): readonly string[] {
  return ITEMS.map((item) => context.text(item, { clientId }));
}
