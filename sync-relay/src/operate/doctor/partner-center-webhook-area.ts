import { phrase, verbatim } from "../phrase";
import { area, finding, withDetails, type Area, type Finding } from "./area";
import type { DoctorParts } from "./doctor-parts";
import { shownAddress } from "./shown-address";

/** Events that the relay must be told of. */
export const wantedEvents = [
  "referral-created",
  "referral-updated",
  "related-referral-created",
  "related-referral-updated",
] as const;

/** Hosts at which Power Automate takes calls. */
const POWER_AUTOMATE = /(^|\.)(logic\.azure\.com|api\.powerplatform\.com)$/;

const summary = { en: "{events} events → {url}", fr: "{events} événements → {url}" };

const isToldOf = { en: "is told of: {items}", fr: "est informé de : {items}" };

/** Whether Partner Center tells this relay, of everything. A tenant has one registration: whoever came last has it. */
export async function partnerCenterWebhookArea(
  parts: Pick<DoctorParts, "addresses" | "partnerCenter" | "random">,
): Promise<Area> {
  const registered = await parts.partnerCenter.registration.get(parts.random.uuid());
  if (registered === null) return area("partner-center-webhook", verbatim("–"), [finding("registration-missing")]);
  const { webhookUrl, events } = registered;
  const missing = wantedEvents.filter((event) => !events.includes(event));
  const findings = [
    ...addressFindings(webhookUrl, parts.addresses),
    ...(missing.length === 0 ? [] : [finding("registration-events", { events: missing.join(", ") })]),
  ];
  const words = phrase(summary, { events: events.length, url: shownAddress(webhookUrl) });
  return withDetails(area("partner-center-webhook", words, findings), isToldOf, events);
}

function addressFindings(url: string, addresses: DoctorParts["addresses"]): readonly Finding[] {
  if (addresses.public === null || url === addresses.public + addresses.partnerCenterWebhookPath) return [];
  const shown = { url: shownAddress(url) };
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  if (POWER_AUTOMATE.test(host)) return [finding("registration-connector", shown)];
  const ownFolder = addresses.public + addresses.partnerCenterWebhookPath.replace(/[^/]*$/, "");
  return [url.startsWith(ownFolder) ? finding("registration-old-token") : finding("registration-elsewhere", shown)];
}
