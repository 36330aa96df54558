import type { Json, JsonObject } from "../../../sync-relay/src/core/json";

export const REFERRAL = "c5fbb3b6-be74-4795-9fb5-4324c73fed37";
export const ENGAGEMENT = "65edc0b5-3485-41b7-a17e-dfa9ef4706e2";
export const ORGANIZATION = "7d23e5ca-19dc-4eaa-aac8-5e6b559f0d1d";
export const OPPORTUNITY = "0f0c1de5-61f5-4b4c-8d07-6a6f4ba3f1a1";
export const E_TAG = '"2500ec5a-0000-0000-0000-5bf4967d0000"';

/** A referral as the API spells it. */
export function aWireReferral(changes: Readonly<Record<string, Json>> = {}): JsonObject {
  return {
    "@odata.context": "https://api.partner.microsoft.com/v1.0/$metadata#Referrals/$entity",
    id: REFERRAL,
    engagementId: ENGAGEMENT,
    organizationId: ORGANIZATION,
    name: "Warehouse renewal",
    externalReferenceId: OPPORTUNITY,
    createdDateTime: "2026-03-01T11:58:00.0000000Z",
    updatedDateTime: "2026-03-01T11:59:00.1234567Z",
    expirationDateTime: null,
    status: "Active",
    substatus: "Accepted",
    statusReason: "",
    qualification: "SalesQualified",
    type: "Shared",
    eTag: E_TAG,
    customerProfile: { name: "Fabrikam", address: { city: "Redmond", country: "US" }, team: [], ids: [] },
    details: { notes: null, dealValue: 50000, currency: "USD", requirements: { solutions: [] } },
    inviteContext: { assistanceRequestCode: "ProofOfConceptOrDemo", invitedBy: { organizationId: ORGANIZATION } },
    trackingInfo: { microsoftMsxId: "7-ABC" },
    ...changes,
  };
}

/** The n-th referral of a list. */
export function aNumberedReferral(count: number, changes: Readonly<Record<string, Json>> = {}): JsonObject {
  return aWireReferral({ id: `${REFERRAL.slice(0, -4)}${String(count).padStart(4, "0")}`, ...changes });
}
