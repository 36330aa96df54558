import type { CommandFile } from "../command";
import { exitCode } from "../exit-code";
import { administrationOf, asAdministrator, asPartnerCenterUser } from "../open/open-administration";
import { mappingInUse } from "../open/mapping-in-use";
import { openSettings } from "../open/open-settings";
import { withStore } from "../open/with-store";
import { webhookTexts } from "../texts/webhook-texts";
import { listDataverse } from "../webhook/dataverse-webhook";
import { listPartnerCenter } from "../webhook/partner-center-webhook";

/** `cosell webhook list`: who is called by whom, and what is kept for restore. */
export const webhookListCommand: CommandFile = {
  path: "webhook list",
  summary: webhookTexts.summaryList,
  examples: [{ line: "cosell webhook list", what: webhookTexts.exampleList }],
  async run(context) {
    const settings = openSettings(context);
    return withStore(context, settings, async (open) => {
      const { map: fieldMap } = await mappingInUse(context, { settings, facts: open.store.pairs });
      const session = { context, settings, fieldMap, open, administration: administrationOf(context, settings, open) };
      const dataverse = await asAdministrator(() => listDataverse(session));
      const partnerCenter = await asPartnerCenterUser(() => listPartnerCenter(session));
      const isRight = dataverse?.right === true && partnerCenter.registered?.ours === true;
      return { exit: isRight ? exitCode.ok : exitCode.problems, json: { dataverse, partnerCenter } };
    });
  },
};
