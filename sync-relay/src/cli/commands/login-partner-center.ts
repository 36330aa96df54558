import { REFRESH_TOKEN_NAME } from "../../adapters/entra/refresh-token-store";
import { RelayError } from "../../core/errors";
import type { CommandFile } from "../command";
import type { CommandContext } from "../context";
import { exitCode } from "../exit-code";
import { loginOptions } from "../login/login-options";
import { signIn } from "../login/sign-in";
import { reportSignIn } from "../login/sign-in-report";
import { storeSignIn } from "../login/store-sign-in";
import { administrationOf } from "../open/open-administration";
import { openClouds } from "../open/open-clouds";
import { mappingInUse } from "../open/mapping-in-use";
import { openSettings } from "../open/open-settings";
import { withStore } from "../open/with-store";
import { errorTexts } from "../texts/error-texts";
import { loginTexts } from "../texts/login-texts";
import type { Text } from "../texts/text";

const LINE = "cosell login partner-center";

/** `cosell login partner-center`: the running relay takes the new sign-in at its next renewal. */
export const loginPartnerCenterCommand: CommandFile = {
  path: "login partner-center",
  summary: loginTexts.summaryPartnerCenter,
  options: loginOptions,
  examples: [
    { line: LINE, what: loginTexts.exampleBrowser },
    { line: `${LINE} --device-code`, what: loginTexts.exampleDevice },
    { line: `${LINE} --refresh-token-stdin < token`, what: loginTexts.exampleToken },
  ],
  async run(context, given) {
    const settings = openSettings(context);
    const scope = `${new URL(settings.partnerCenter.url).origin}/.default`;
    const { refreshToken, user } = await signIn(context, given, { settings, scope, line: LINE });
    return withStore(context, settings, async (open) => {
      const { map: fieldMap } = await mappingInUse(context, { settings, facts: open.store.pairs });
      const expiresAtMs = await storeSignIn(context, open, { name: REFRESH_TOKEN_NAME, refreshToken });
      const facts = { user, expiresAtMs, wantedTenant: settings.signIn.tenantId };
      const json = reportSignIn(context, { ...facts, needsMultiFactor: true, renewed: true });
      const { partnerCenter } = openClouds(context, { settings, open, fieldMap });
      const { registration } = administrationOf(context, settings, open);
      const { clock, random } = context.world;
      const referrals = await probe(context, loginTexts.areaReferrals, () =>
        partnerCenter.listChangedSince(clock.now(), random.uuid()),
      );
      const events = await probe(context, loginTexts.areaEvents, () => registration.get(random.uuid()));
      const isUsable = referrals && events && user.multiFactor !== false;
      return { exit: isUsable ? exitCode.ok : exitCode.problems, json: { ...json, referrals, events } };
    });
  },
};

/** Whether the user may use an API: the token does not tell, only the API does. */
async function probe({ out, text }: CommandContext, area: Text, ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    out.check("ok", { area: text(area), text: text(loginTexts.reached) });
    return true;
  } catch (thrown) {
    if (!(thrown instanceof RelayError)) throw thrown;
    const { meaning, action } = errorTexts[thrown.code];
    out.check("bad", { area: text(area), text: `${text(meaning)} (${thrown.code})`, below: [`→ ${text(action)}`] });
    return false;
  }
}
