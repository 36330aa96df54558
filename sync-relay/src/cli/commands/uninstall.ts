import { DATAVERSE_ADMINISTRATOR_NAME } from "../../adapters/entra/refresh-token-store";
import { CommandProblem } from "../command-problem";
import type { CommandFile } from "../command";
import type { CommandContext } from "../context";
import { exitCode } from "../exit-code";
import { administrationOf, asAdministrator, asPartnerCenterUser } from "../open/open-administration";
import { mappingInUse } from "../open/mapping-in-use";
import { openSettings } from "../open/open-settings";
import { withStore } from "../open/with-store";
import { uninstallTexts } from "../texts/uninstall-texts";
import { removeDataverse } from "../webhook/dataverse-webhook";
import { removePartnerCenter } from "../webhook/partner-center-webhook";

/** `cosell uninstall`: the clouds call nobody any more. Nothing that holds data is removed; what is left is listed. */
export const uninstallCommand: CommandFile = {
  path: "uninstall",
  summary: uninstallTexts.summary,
  options: [{ flags: "--skip-partner-center", what: uninstallTexts.skipPartnerCenter }],
  examples: [{ line: "cosell uninstall", what: uninstallTexts.example }],
  async run(context, given) {
    const settings = openSettings(context);
    const { out, text } = context;
    out.line(text(uninstallTexts.title));
    const agreed = await context.ask.confirm({ message: text(uninstallTexts.ask), flag: "--yes" });
    if (!agreed) throw new CommandProblem(uninstallTexts.refused);
    return withStore(context, settings, async (open) => {
      const { map: fieldMap } = await mappingInUse(context, { settings, facts: open.store.pairs });
      const session = { context, settings, fieldMap, open, administration: administrationOf(context, settings, open) };
      const registration = given.has("--skip-partner-center")
        ? null
        : await asPartnerCenterUser(() => removePartnerCenter(session));
      context.checkpoint();
      const dataverse = await asAdministrator(() => removeDataverse(session));
      await open.store.secrets.remove(DATAVERSE_ADMINISTRATOR_NAME);
      out.line(text(uninstallTexts.signOut));
      showWhatStays(context, settings.storage.dataDir);
      return { exit: exitCode.ok, json: { dataverse, registration } };
    });
  },
};

function showWhatStays({ out, text }: CommandContext, folder: string): void {
  const { staysUser, staysSolution, staysData, staysRegistration } = uninstallTexts;
  out.line();
  out.line(text(uninstallTexts.stays));
  for (const item of [staysUser, staysSolution, staysData, staysRegistration])
    out.line(`  - ${text(item, { folder })}`);
}
