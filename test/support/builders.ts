// Builders of plain values for tests: each gives a complete, unremarkable one; a test names only what matters to it.

import type { RelayEvent } from "../../sync-relay/src/core/event";
import type { CoSellSection, CrmValues, Opportunity } from "../../sync-relay/src/core/opportunity";
import { newPair, type Pair } from "../../sync-relay/src/core/pair";
import type { Referral } from "../../sync-relay/src/core/referral";

export const OPPORTUNITY_ID = "0a000000-0000-4000-8000-000000000001";
export const REFERRAL_ID = "0b000000-0000-4000-8000-000000000001";
export const MICROSOFT_REFERRAL_ID = "0c000000-0000-4000-8000-000000000001";
export const ENGAGEMENT_ID = "0d000000-0000-4000-8000-000000000001";

export function aSection(changes: Partial<CoSellSection> = {}): CoSellSection {
  return {
    syncOn: true,
    referralId: null,
    referralLink: null,
    audit: "",
    syncStatus: null,
    syncMessage: null,
    lastSyncedOn: null,
    expiresOn: null,
    microsoftCrmId: null,
    referralStatus: null,
    syncState: null,
    ...changes,
  };
}

/** Values of an opportunity that is ready to be shared, by the paths of the shipped mapping. */
export function readyValues(changes: CrmValues = {}): CrmValues {
  return {
    name: "Contoso ERP renewal",
    estimatedvalue: 50_000,
    "transactioncurrencyid.isocurrencycode": "USD",
    estimatedclosedate: "2027-03-31",
    description: "Renewal with more seats",
    statuscode: 1,
    "parentaccountid.name": "Contoso Customer Inc",
    "parentaccountid.address1_line1": "1 Main Street",
    "parentaccountid.address1_city": "Redmond",
    "parentaccountid.address1_stateorprovince": "WA",
    "parentaccountid.address1_postalcode": "98052",
    "parentaccountid.address1_country": "United States",
    "parentcontactid.firstname": "Sue",
    "parentcontactid.lastname": "Smith",
    "parentcontactid.emailaddress1": "sue.smith@contoso.example",
    "parentcontactid.telephone1": "+1 425 555 0100",
    "ownerid.firstname": "Ada",
    "ownerid.lastname": "Seller",
    "ownerid.internalemailaddress": "ada.seller@partner.example",
    "ownerid.address1_telephone1": "+1 425 555 0199",
    cosell_products: "SOL-15974-MQF",
    cosell_helprequired: null,
    cosell_visibletomicrosoft: false,
    ...changes,
  };
}

export function anOpportunity(changes: Partial<Opportunity> = {}): Opportunity {
  return {
    id: OPPORTUNITY_ID,
    version: 'W/"1"',
    createdAt: "2026-11-01T09:00:00Z",
    modifiedAt: "2026-11-01T10:00:00Z",
    section: aSection(),
    values: readyValues(),
    ...changes,
  };
}

export function aReferral(changes: Partial<Referral> = {}): Referral {
  return {
    id: REFERRAL_ID,
    engagementId: ENGAGEMENT_ID,
    organizationId: "partner-organisation",
    eTag: '"0000-1"',
    createdAt: "2026-11-01T10:00:00.0000000Z",
    updatedAt: "2026-11-01T10:00:00.0000000Z",
    expiresAt: null,
    status: "Active",
    substatus: "Accepted",
    statusReason: null,
    type: "Independent",
    qualification: "SalesQualified",
    externalReferenceId: OPPORTUNITY_ID,
    invitedBy: null,
    helpCode: "Unknown",
    microsoftCrmId: null,
    json: {},
    ...changes,
  };
}

export function aPair(changes: Partial<Pair> = {}): Pair {
  return { ...newPair(OPPORTUNITY_ID), ...changes };
}

export function anEvent(changes: Partial<RelayEvent> = {}): RelayEvent {
  return {
    source: "dataverse",
    kind: "opportunity-updated",
    recordId: OPPORTUNITY_ID,
    changedAt: null,
    ownWrite: false,
    dedupeId: "delivery-1",
    correlationId: "0e000000-0000-4000-8000-000000000001",
    ...changes,
  };
}
