import type { Administration } from "../../compose/administration";
import type { RelaySettings } from "../../config/relay-settings";
import type { FieldMap } from "../../core/mapping/field-map";
import type { Outcome } from "../command";
import type { CommandContext } from "../context";
import { administrationOf, asAdministrator, asPartnerCenterUser } from "../open/open-administration";
import { mappingInUse } from "../open/mapping-in-use";
import { openSettings } from "../open/open-settings";
import { withStore, type OpenStore } from "../open/with-store";

export const clouds = ["dataverse", "partner-center"] as const;
export type CloudName = (typeof clouds)[number];

/** What the webhook commands work with. */
export interface WebhookSession {
  readonly context: CommandContext;
  readonly settings: RelaySettings;
  readonly fieldMap: FieldMap;
  readonly open: OpenStore;
  readonly administration: Administration;
}

/** Opens everything, and tells a missing or expired sign-in of either cloud as such. */
export function webhookSession(
  context: CommandContext,
  work: { readonly [C in CloudName]: (session: WebhookSession) => Promise<Outcome> },
  cloud: string | undefined,
): Promise<Outcome> {
  const settings = openSettings(context);
  return withStore(context, settings, async (open) => {
    const { map: fieldMap } = await mappingInUse(context, { settings, facts: open.store.pairs });
    const session = { context, settings, fieldMap, open, administration: administrationOf(context, settings, open) };
    if (cloud === "dataverse") return asAdministrator(() => work.dataverse(session));
    return asPartnerCenterUser(() => work["partner-center"](session));
  });
}
