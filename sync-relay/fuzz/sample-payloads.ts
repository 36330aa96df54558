// What the clouds really send, in shape: the inputs that mutations start from. The records are made up.

import type { Json, JsonObject } from "../src/core/json";

export const OPPORTUNITY_ID = "7d5a3f10-2b64-4c0e-9a51-0c6f5e1b2a01";
export const REFERRAL_ID = "1f0c2d3e-4b5a-4687-9c8d-7e6f5a4b3c01";
const ENGAGEMENT_ID = "2a1b3c4d-5e6f-4789-8a9b-0c1d2e3f4a01";
const ORGANIZATION_ID = "3b2c4d5e-6f70-489a-9bac-1d2e3f4a5b01";
const USER_ID = "4c3d5e6f-7081-49ab-8cbd-2e3f4a5b6c01";
const CONTRACTS = "http://schemas.microsoft.com/xrm/2011/Contracts";

const attributes: Json = [
  { key: "name", value: "Fleet renewal" },
  { key: "estimatedvalue", value: { __type: `Money:${CONTRACTS}`, Value: 125_000.5 } },
  { key: "estimatedclosedate", value: "/Date(1790640000000)/" },
  { key: "statuscode", value: { __type: `OptionSetValue:${CONTRACTS}`, Value: 1 } },
  { key: "cosell_tags", value: [{ __type: `OptionSetValue:${CONTRACTS}`, Value: 2 }] },
  {
    key: "parentaccountid",
    value: { __type: `EntityReference:${CONTRACTS}`, Id: ORGANIZATION_ID, KeyAttributes: [], LogicalName: "account" },
  },
  { key: "opportunityid", value: OPPORTUNITY_ID },
];

function entity(values: Json): JsonObject {
  return {
    __type: `Entity:${CONTRACTS}`,
    Attributes: values,
    EntityState: null,
    FormattedValues: [{ key: "estimatedvalue", value: "€125,000.50" }],
    Id: OPPORTUNITY_ID,
    KeyAttributes: [],
    LogicalName: "opportunity",
    RelatedEntities: [],
    RowVersion: "1048577",
  };
}

function context(message: string, changes: JsonObject = {}): JsonObject {
  return {
    BusinessUnitId: ORGANIZATION_ID,
    CorrelationId: ENGAGEMENT_ID,
    Depth: 1,
    InitiatingUserId: USER_ID,
    InputParameters: [{ key: "Target", value: entity(attributes) }],
    IsExecutingOffline: false,
    IsInTransaction: false,
    IsolationMode: 1,
    MessageName: message,
    Mode: 1,
    OperationCreatedOn: "/Date(1767225600000+0200)/",
    OperationId: REFERRAL_ID,
    OrganizationId: ORGANIZATION_ID,
    OrganizationName: "contoso",
    OutputParameters: [{ key: "id", value: OPPORTUNITY_ID }],
    OwningExtension: { Id: USER_ID, KeyAttributes: [], LogicalName: "sdkmessageprocessingstep", Name: null },
    ParentContext: null,
    PostEntityImages: [{ key: "AsynchronousStepPrimaryName", value: entity([{ key: "name", value: "Fleet" }]) }],
    PreEntityImages: [],
    PrimaryEntityId: OPPORTUNITY_ID,
    PrimaryEntityName: "opportunity",
    RequestId: ENGAGEMENT_ID,
    SecondaryEntityName: "none",
    SharedVariables: [{ key: "tag", value: "cosell-relay" }],
    Stage: 40,
    UserId: USER_ID,
    ...changes,
  };
}

const wrapped = (type: string, value: Json): JsonObject => ({ __type: `${type}:#System`, __value: value });

/** Bodies of Dataverse's webhooks. */
export const dataverseBodies: readonly JsonObject[] = [
  context("Create"),
  context("Update"),
  context("Update", { ParentContext: context("Update", { ParentContext: context("Update") }) }),
  context("Delete", {
    InputParameters: [{ key: "Target", value: { Id: OPPORTUNITY_ID, LogicalName: "opportunity" } }],
  }),
  context("UpdateMultiple", {
    PrimaryEntityId: null,
    InputParameters: [{ key: "Targets", value: { Entities: [entity(attributes), entity([])] } }],
  }),
  context("Merge", { InputParameters: [{ key: "SubordinateId", value: REFERRAL_ID }] }),
  context("Update", {
    PrimaryEntityId: wrapped("Guid", OPPORTUNITY_ID),
    OperationCreatedOn: wrapped("DateTime", "/Date(1767225600000)/"),
    Depth: wrapped("Int32", 1),
  }),
  // Stripped for its size.
  {
    MessageName: "Update",
    PrimaryEntityId: OPPORTUNITY_ID,
    PrimaryEntityName: "opportunity",
    OperationId: REFERRAL_ID,
    OrganizationId: ORGANIZATION_ID,
  },
];

function notification(eventName: string, uri: string): JsonObject {
  return {
    EventName: eventName,
    ResourceUri: uri,
    ResourceName: "referral",
    AuditUri: null,
    ResourceChangeUtcDate: "2026-03-01T11:59:59.1234567+00:00",
  };
}

const HOST = "https://api.partnercenter.microsoft.com";

/** Bodies of Partner Center's notifications. */
export const notifications: readonly JsonObject[] = [
  notification("referral-created", `${HOST}/engagements/v1/referrals/${REFERRAL_ID}`),
  notification("referral-updated", `${HOST}/v1.0/engagements/referrals/${REFERRAL_ID}`),
  notification("related-referral-updated", `${HOST}/engagements/v1/referrals/${REFERRAL_ID}`),
  notification("test-created", `${HOST}/webhooks/v1/registration/validationEvents/${REFERRAL_ID}`),
  notification("subscription-updated", `${HOST}/webhooks/v1/customers/x/subscriptions/y`),
];

/** A referral with every part that the relay looks at. */
export const referral: JsonObject = {
  id: REFERRAL_ID,
  engagementId: ENGAGEMENT_ID,
  organizationId: "contoso-partner",
  organizationName: "Contoso",
  businessProfileId: "b",
  eTag: '"0a00"',
  createdDateTime: "2026-03-01T10:00:00Z",
  updatedDateTime: "2026-03-01T11:00:00.123Z",
  expirationDateTime: "2026-03-15T10:00:00Z",
  status: "Active",
  substatus: "Accepted",
  statusReason: null,
  qualification: "SalesQualified",
  type: "Shared",
  direction: "Outgoing",
  externalReferenceId: OPPORTUNITY_ID,
  inviteContext: { notes: "n", invitedBy: { organizationId: "msft" }, assistanceRequestCode: "General-Or-Other" },
  trackingInfo: { microsoftMsxId: "7-ABC", campaignId: null },
  customerProfile: {
    name: "Customer",
    address: { addressLine1: "1 Main Street", city: "Paris", state: "", postalCode: "75001", country: "FR" },
    size: "1to9employees",
    team: [{ firstName: "Luc", lastName: "Petit", email: "luc@customer.example", phoneNumber: "+33 1" }],
    ids: [{ profileType: "External", id: "x" }],
  },
  details: {
    notes: "<p>Notes</p>",
    dealValue: 1_200.5,
    currency: "EUR",
    closingDateTime: "2026-06-30T00:00:00Z",
    requirements: { solutions: [{ id: "SOL-1", name: "App", type: "Name" }], industries: [], products: [] },
  },
  team: [{ firstName: "Ann", lastName: "Lee", email: "ann@partner.example", contactPreference: {} }],
  target: [{ id: "msft", type: "Reseller" }],
  links: { self: { uri: `/v1.0/engagements/referrals/${REFERRAL_ID}`, method: "GET" } },
};

const listAddress = `${HOST}/v1.0/engagements/referrals`;

/** Answers of the referrals API. */
export const partnerCenterAnswers: readonly Json[] = [
  referral,
  { "@odata.context": "$metadata", value: [referral, { ...referral, id: ENGAGEMENT_ID }], "@odata.nextLink": null },
  { value: [referral], "@odata.nextLink": `${listAddress}?$skiptoken=abc` },
  { error: { code: "InvalidRequest", message: "Bad value", innerError: { code: "x", message: "details.dealValue" } } },
  { code: 800, description: "A core error", source: "PartnerCenter" },
  { statusCode: 429, message: "Rate limit is exceeded. Try again in 57 seconds." },
];

/** Answers of the webhook registration API. */
export const registrationAnswers: readonly Json[] = [
  { WebhookUrl: "https://relay.example/webhooks/partner-center/t", WebhookEvents: ["referral-created"] },
  ["referral-created", "test-created"],
  { correlationId: ENGAGEMENT_ID },
  { correlationId: ENGAGEMENT_ID, status: "completed", results: [{ responseCode: "OK", dateTimeUtc: "2026-03-01" }] },
];

/** Answers of the sign-in authority. */
export const tokenAnswers: readonly Json[] = [
  { token_type: "Bearer", expires_in: 3_599, ext_expires_in: 3_599, access_token: "at", refresh_token: "rt" },
  { error: "invalid_grant", error_description: "AADSTS700082: expired", error_codes: [700_082], suberror: "bad_token" },
  { error: "temporarily_unavailable", error_description: "later" },
];

/** Answers of the Dataverse Web API. */
export const dataverseAnswers: readonly Json[] = [
  {
    value: [
      {
        "@odata.etag": 'W/"100"',
        opportunityid: OPPORTUNITY_ID,
        modifiedon: "2026-03-01T10:00:00Z",
        statecode: 0,
        statuscode: 1,
        name: "Fleet renewal",
        "estimatedvalue@OData.Community.Display.V1.FormattedValue": "€1.00",
        estimatedvalue: 1,
        parentaccountid: { accountid: ORGANIZATION_ID, name: "Customer" },
      },
    ],
  },
  { value: [], "@odata.deltaLink": "https://contoso.crm.dynamics.com/api/data/v9.2/opportunities?$deltatoken=1" },
  { "@odata.etag": 'W/"101"', opportunityid: OPPORTUNITY_ID, UserId: USER_ID, OrganizationId: ORGANIZATION_ID },
  { error: { code: "0x80040217", message: "Entity 'opportunity' With Id = x Does Not Exist" } },
  { Message: "An error has occurred." },
];

/** Answers of the same about the environment and over many rows. */
export const dataverseLists: readonly Json[] = [
  ...dataverseAnswers,
  { RetrieveProvisionedLanguages: [1033, 1036] },
  {
    value: [
      {
        schemaname: "cosell_RelayAddress",
        defaultvalue: null,
        environmentvariabledefinition_environmentvariablevalue: [{ value: "https://relay.example" }],
      },
    ],
  },
  {
    value: [
      {
        LogicalName: "name",
        AttributeTypeName: { Value: "StringType" },
        IsValidForRead: true,
        IsValidForCreate: true,
        IsValidForUpdate: true,
        MaxLength: 300,
      },
      { LogicalName: "parentaccountid", AttributeTypeName: { Value: "LookupType" }, Targets: ["account"] },
      { LogicalName: "statuscode", OptionSet: { Options: [{ Value: 1, State: 0, Label: null }] } },
    ],
  },
  {
    value: [
      {
        serviceendpointid: ENGAGEMENT_ID,
        name: "Co-sell relay",
        url: "https://relay.example/webhooks/dataverse",
        isauthvalueset: true,
        sdkmessageprocessingstepid: REFERRAL_ID,
        statecode: 0,
        filteringattributes: "name,estimatedvalue",
        sdkmessageid: { name: "Update" },
        sdkmessagefilterid: { primaryobjecttypecode: "opportunity" },
        isocurrencycode: "EUR",
        version: "1.0.0.0",
      },
    ],
    "@odata.nextLink": "https://contoso.crm.dynamics.com/api/data/v9.2/opportunities?$skiptoken=p2",
  },
  { UserId: USER_ID, fullname: "Relay", isdisabled: false },
];
