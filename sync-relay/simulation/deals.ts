import type { JsonObject } from "../src/core/json";
import type { CrmValues } from "../src/core/opportunity";
import { MICROSOFT_ORGANIZATION } from "../src/core/referral";

/** An opportunity that is ready to be shared, by the paths of the shipped mapping. */
export function readyOpportunity(number: number): CrmValues {
  return {
    name: `Opportunity ${number}`,
    estimatedvalue: 1_000 + number,
    "transactioncurrencyid.isocurrencycode": "EUR",
    estimatedclosedate: "2027-03-31",
    description: `Shared ${number}`,
    statuscode: 1,
    "parentaccountid.name": `Contoso ${number}`,
    "parentaccountid.address1_postalcode": "98052",
    "parentaccountid.address1_country": "United States",
    "parentcontactid.firstname": "Sue",
    "parentcontactid.lastname": "Smith",
    "parentcontactid.emailaddress1": `sue.${number}@contoso.example`,
    "parentcontactid.telephone1": "+1 425 555 0100",
    "ownerid.firstname": "Ada",
    "ownerid.lastname": "Seller",
    "ownerid.internalemailaddress": "ada.seller@partner.example",
    "ownerid.address1_telephone1": "+1 425 555 0199",
    cosell_products: "SOL-15974-MQF",
    cosell_helprequired: null,
    cosell_visibletomicrosoft: false,
  };
}

/** Who owns what the relay makes, until somebody gets it: the user that the relay is. */
export const relayAsOwner: CrmValues = {
  "ownerid.firstname": "Co-sell",
  "ownerid.lastname": "Relay",
  "ownerid.internalemailaddress": "relay@partner.example",
  "ownerid.address1_telephone1": null,
};

/** Kinds of deal that a later version of Partner Center may know; null: one of today. The second would be a lead if it were one. */
const LATER_KINDS: readonly (JsonObject | null)[] = [
  { type: "Federated", qualification: "AgentQualified" },
  {
    type: "Independent",
    qualification: "AgentQualified",
    inviteContext: { invitedBy: { organizationId: MICROSOFT_ORGANIZATION } },
  },
  null,
];

/** What makes the deal of this number one of a kind that nobody knows; null when it is of a known one. */
export function laterKind(number: number): JsonObject | null {
  return LATER_KINDS[number % LATER_KINDS.length] ?? null;
}

/** A deal that somebody makes in Partner Center. */
export function portalDeal(number: number): JsonObject {
  return {
    name: `Deal ${number}`,
    externalReferenceId: null,
    type: "Shared",
    qualification: "SalesQualified",
    status: "Active",
    substatus: "Accepted",
    customerProfile: {
      name: `Fabrikam ${number}`,
      address: { country: "FR", postalCode: "75001" },
      team: [{ firstName: "Luc", lastName: "Petit", email: "luc@fabrikam.example", phoneNumber: "1" }],
    },
    consent: { consentToShareReferralWithMicrosoftSellers: false },
    team: [],
    details: {
      dealValue: 1_000 + number,
      currency: "EUR",
      closingDateTime: "2027-06-30T00:00:00Z",
      notes: `Deal ${number}`,
      requirements: { solutions: [{ id: "SOL-15974-MQF", name: "App", type: "Name" }] },
    },
  };
}
