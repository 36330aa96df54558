// Property names bind whatever their case, as the documented sample bodies need; unknown keys are kept as they came.

import type { Json, JsonObject } from "../../src/core/json";

const KNOWN_KEYS = `
  campaignId consent createdDateTime customerProfile details eTag engagementId expirationDateTime externalReferenceId
  favorite id inviteContext lastModifiedVia lastRunId links name organizationId organizationName qualification
  referralProgram salesStage status statusReason substatus target team trackingInfo type updatedDateTime mpnId
  registrations registrationStatus callToAction referralSource quality isSpam direction tags acceptedDateTime
  closedDateTime createdVia dealSensitivity microsoftMsxId
  consentToContact consentToToShareInfoWithOthers consentToShareReferralWithMicrosoftSellers
  consentToMicrosoftToContactSpecificPartners
  address addressLine1 addressLine2 city country postalCode region state ids size isMatchingComplete profileType
  contactPreference disableNotifications locale email firstName lastName phoneNumber title
  closingDateTime currency customerAction customerRequestedContact dealValue notes requirements incentiveLevel
  industries products services solutions offers salesPlays additionalRequirements attributes price quantity
  publisherName solutionType assistanceRequestCode invitedBy invitedMpnId uri method relatedReferrals self
`
  .trim()
  .split(/\s+/);

const spelling = new Map(KNOWN_KEYS.map((key) => [key.toLowerCase(), key]));

/** Properties that only the server sets; sent values are ignored. */
export const READ_ONLY_KEYS = [
  "@odata.context",
  "id",
  "engagementId",
  "organizationId",
  "organizationName",
  "createdDateTime",
  "updatedDateTime",
  "acceptedDateTime",
  "closedDateTime",
  "expirationDateTime",
  "eTag",
  "links",
  "direction",
  "quality",
  "isSpam",
  "tags",
  "registrations",
  "registrationStatus",
  "trackingInfo",
] as const;

export function withKnownSpelling(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [spelling.get(key.toLowerCase()) ?? key, spelled(value)]),
  );
}

function spelled(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(spelled);
  return typeof value === "object" && value !== null ? withKnownSpelling(value as JsonObject) : value;
}

export function withoutReadOnly(body: JsonObject): JsonObject {
  const readOnly: readonly string[] = READ_ONLY_KEYS;
  return Object.fromEntries(Object.entries(body).filter(([key]) => !readOnly.includes(key)));
}
