import type { RelaySettings } from "../../config/relay-settings";
import { usageProblem } from "../command-problem";
import { setupTexts } from "../texts/setup-texts";

const DATAVERSE_PATH = "/webhooks/dataverse";
const PARTNER_CENTER_PATH = "/webhooks/partner-center/";

/** Where both clouds call the relay. Throws a usage problem when nobody has said where the relay is. */
export function webhookAddresses(settings: RelaySettings) {
  const { publicUrl } = settings.server;
  if (publicUrl === null) throw usageProblem(setupTexts.noPublicUrl, { mend: "cosell init --public-url <address>" });
  return {
    dataverse: publicUrl + DATAVERSE_PATH,
    partnerCenterRoot: publicUrl + PARTNER_CENTER_PATH,
    partnerCenter: publicUrl + PARTNER_CENTER_PATH + settings.partnerCenter.webhookToken,
  };
}

/** An address for a person to recognise: what may be a secret in it (query, last part of a long path) is left out. */
export function shownAddress(address: string): string {
  if (!URL.canParse(address)) return "?";
  const url = new URL(address);
  const path = url.pathname.replace(/[^/]{24,}/g, "…");
  return url.origin + path + (url.search === "" ? "" : "?…");
}
