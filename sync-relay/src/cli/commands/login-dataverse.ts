import { administratorRoles } from "../../adapters/dataverse/registration/registration";
import { DATAVERSE_ADMINISTRATOR_NAME } from "../../adapters/entra/refresh-token-store";
import type { CommandFile } from "../command";
import { exitCode } from "../exit-code";
import { loginOptions } from "../login/login-options";
import { signIn } from "../login/sign-in";
import { reportSignIn } from "../login/sign-in-report";
import { storeSignIn } from "../login/store-sign-in";
import { administrationOf, asAdministrator } from "../open/open-administration";
import { openSettings } from "../open/open-settings";
import { withStore } from "../open/with-store";
import { loginTexts } from "../texts/login-texts";

const LINE = "cosell login dataverse";

/** `cosell login dataverse`: the administrator's own rights, for set-up only. The relay itself never uses them. */
export const loginDataverseCommand: CommandFile = {
  path: "login dataverse",
  summary: loginTexts.summaryDataverse,
  options: loginOptions,
  examples: [
    { line: LINE, what: loginTexts.exampleBrowser },
    { line: `${LINE} --device-code`, what: loginTexts.exampleDevice },
  ],
  async run(context, given) {
    const settings = openSettings(context);
    const scope = `${new URL(settings.dataverse.url).origin}/user_impersonation`;
    const { refreshToken, user } = await signIn(context, given, { settings, scope, line: LINE });
    return withStore(context, settings, async (open) => {
      const signedIn = { name: DATAVERSE_ADMINISTRATOR_NAME, refreshToken };
      const expiresAtMs = await storeSignIn(context, open, signedIn);
      const { dataverse } = administrationOf(context, settings, open);
      const roles = await asAdministrator(() => administratorRoles(dataverse));
      const facts = { user, roles, expiresAtMs, wantedTenant: settings.signIn.tenantId };
      const json = reportSignIn(context, { ...facts, needsMultiFactor: false, renewed: false });
      return { exit: exitCode.ok, json };
    });
  },
};
