import { randomUUID } from "node:crypto";
import { isJsonObject, type JsonObject } from "../../src/core/json";
import type { ReferralDraft } from "./referral-resource";

/** An organisation that owns referrals. */
export interface Organization {
  readonly id: string;
  readonly name: string;
}

export const MICROSOFT: Organization = { id: "msft", name: "Microsoft" };

const NO_ADDRESS = {
  addressLine1: null,
  addressLine2: null,
  city: null,
  state: null,
  postalCode: null,
  country: null,
  region: null,
};

/** Every documented property with the value that live referrals have when nobody filled it. */
const EMPTY: JsonObject = {
  name: "",
  externalReferenceId: null,
  acceptedDateTime: null,
  closedDateTime: null,
  expirationDateTime: null,
  statusReason: null,
  type: "Independent",
  qualification: "SalesQualified",
  customerProfile: { name: "", size: null, isMatchingComplete: false, address: NO_ADDRESS, team: [], ids: [] },
  consent: {
    consentToToShareInfoWithOthers: false,
    consentToContact: false,
    consentToShareReferralWithMicrosoftSellers: false,
    consentToMicrosoftToContactSpecificPartners: null,
  },
  details: {
    notes: null,
    dealValue: null,
    currency: null,
    closingDateTime: null,
    customerAction: null,
    customerRequestedContact: null,
    incentiveLevel: null,
    requirements: { industries: [], products: [], services: [], solutions: [], offers: [], salesPlays: [] },
  },
  team: [],
  target: [],
  inviteContext: { notes: null, assistanceRequestCode: "Unknown", invitedMpnId: null, invitedBy: null },
  campaignId: null,
  referralProgram: null,
  salesStage: null,
  mpnId: null,
  favorite: false,
  referralSource: null,
  callToAction: null,
  quality: "Unknown",
  isSpam: false,
  tags: [],
  dealSensitivity: "None",
  createdVia: null,
  lastModifiedVia: null,
  lastRunId: null,
  trackingInfo: {
    microsoftMsxId: null,
    microsoftUSFedOpportunityId: null,
    microsoftUSFedLeadId: null,
    migratedPSCDealId: null,
    migratedPSCPartnerDealId: null,
  },
  registrationStatus: "None",
};

export interface DraftBase {
  readonly owner: Organization;
  readonly engagementId?: string;
  readonly status: string;
  readonly substatus: string;
  readonly direction: "Incoming" | "Outgoing";
}

/** A complete referral with the given content laid over the empty one. */
export function draftReferral(base: DraftBase, content: JsonObject): ReferralDraft {
  const { owner, status, substatus, direction } = base;
  return {
    ...overlaid(EMPTY, content),
    id: randomUUID(),
    engagementId: base.engagementId ?? randomUUID(),
    organizationId: owner.id,
    organizationName: owner.name,
    status,
    substatus,
    direction,
  };
}

/** `top` over `bottom`, object by object; anything else in `top` replaces what is below it. */
export function overlaid(bottom: JsonObject, top: JsonObject): JsonObject {
  const merged = Object.entries(top).map(([key, value]) => {
    const below = bottom[key];
    return [key, isJsonObject(value) && isJsonObject(below) ? overlaid(below, value) : value] as const;
  });
  return { ...bottom, ...Object.fromEntries(merged) };
}
