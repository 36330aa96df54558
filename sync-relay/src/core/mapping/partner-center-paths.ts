// What a mapping file may name in a referral: where it may write, what it may read, and which conversions fit. The
// checker refuses every other path, because a path with a typing error would silently map nothing.

import type { Conversion } from "./field-map";

/** A place in a referral. */
export interface PartnerCenterPath {
  readonly path: string;
  /** Conversions that fit, the natural one first. */
  readonly as: readonly Conversion[];
  /** Whether a create may carry it. Everything can be read; what an update may carry is in patchable-paths. */
  readonly write: boolean;
  /** Set by the relay itself: a mapping must not write it. */
  readonly relayOwned?: true;
}

const words: readonly Conversion[] = ["text", "choice", "html-to-text"];
const moments: readonly Conversion[] = ["datetime", "date", "text"];

const writable: readonly PartnerCenterPath[] = [
  ...places(["name"], ["text", "html-to-text"]),
  ...places(["details.notes", "inviteContext.notes"], ["text", "html-to-text"]),
  ...places(["details.dealValue"], ["money", "number", "int"]),
  ...places(["details.currency"], ["currency"]),
  ...places(["details.closingDateTime"], ["date", "datetime"]),
  ...places(["details.requirements.solutions"], ["solutions"]),
  ...places(
    ["industries", "products", "services", "offers", "salesPlays"].map((list) => `details.requirements.${list}`),
    ["json"],
  ),
  ...places(["details.requirements.additionalRequirements"], ["json"]),
  ...places(["details.requirements.additionalRequirements.attributes"], ["json"]),
  ...places(["customerProfile.name", "customerProfile.size"], words),
  ...places(["addressLine1", "addressLine2", "city", "state", "postalCode", "region"].map(address), words),
  ...places(["customerProfile.address.country"], ["country"]),
  ...places(["customerProfile.ids"], ["json"]),
  ...places(["customerProfile.team", "team"], ["people"]),
  ...places(
    [
      "consentToToShareInfoWithOthers",
      "consentToContact",
      "consentToShareReferralWithMicrosoftSellers",
      "consentToMicrosoftToContactSpecificPartners",
    ].map((consent) => `consent.${consent}`),
    ["bool"],
  ),
  ...places(["inviteContext.assistanceRequestCode"], ["choice", "text"]),
  ...places(["qualification", "campaignId", "referralProgram", "salesStage", "statusReason", "mpnId"], words),
  ...places(["status"], ["status"]),
];

const readOnly: readonly PartnerCenterPath[] = [
  ...places(["id", "engagementId", "organizationId", "organizationName", "substatus", "direction"], words),
  ...places(["registrationStatus", "quality", "referralSource", "callToAction", "createdVia", "eTag"], words),
  ...places(["inviteContext.invitedBy.organizationId", "inviteContext.invitedBy.organizationName"], words),
  ...places(["inviteContext.invitedMpnId", "details.customerAction", "links.self.uri"], words),
  ...places(
    ["microsoftMsxId", "microsoftUSFedOpportunityId", "microsoftUSFedLeadId", "migratedPSCDealId"].map(tracking),
    words,
  ),
  ...places(["createdDateTime", "updatedDateTime", "acceptedDateTime", "closedDateTime"], moments),
  ...places(["expirationDateTime"], moments),
  ...places(["favorite", "isSpam", "customerProfile.isMatchingComplete"], ["bool"]),
  ...places(["tags", "target", "registrations"], ["json"]),
].map((place) => ({ ...place, write: false }));

const relayOwned: readonly PartnerCenterPath[] = ["externalReferenceId", "type"].map((path) => ({
  path,
  as: words,
  write: false,
  relayOwned: true,
}));

/** Every place that a mapping file may name as a whole. */
export const partnerCenterPaths: readonly PartnerCenterPath[] = [...writable, ...readOnly, ...relayOwned];

const byPath = new Map(partnerCenterPaths.map((place) => [place.path, place]));

/** Lists whose entries may be read by position and part, e.g. `customerProfile.team.0.email`. */
const READABLE_ENTRY =
  /^(?:(?:customerProfile\.)?team\.\d{1,2}\.(?:firstName|lastName|phoneNumber|email|title)|details\.requirements\.(?:solutions|industries|products|services)\.\d{1,2}\.[A-Za-z]{1,40}|(?:registrations|target|customerProfile\.ids)\.\d{1,2}\.[A-Za-z]{1,40})$/;

/** Below this path anything goes: Partner Center adds attributes every year and documents them late. */
const OPEN_PART = /^details\.requirements\.additionalRequirements(?:\.[A-Za-z0-9]{1,60}){1,6}$/;

/** The place of that path, or null when a referral has none. */
export function partnerCenterPath(path: string): PartnerCenterPath | null {
  const known = byPath.get(path);
  if (known !== undefined) return known;
  if (READABLE_ENTRY.test(path)) return { path, as: words, write: false };
  return OPEN_PART.test(path) ? { path, as: ["json", "text", "choice", "bool", "int"], write: true } : null;
}

function places(paths: readonly string[], as: readonly Conversion[]): readonly PartnerCenterPath[] {
  return paths.map((path) => ({ path, as, write: true }));
}

function address(part: string): string {
  return `customerProfile.address.${part}`;
}

function tracking(part: string): string {
  return `trackingInfo.${part}`;
}
