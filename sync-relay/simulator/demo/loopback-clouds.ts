// Both simulated clouds and the sign-in authority, wired together as in real life: each cloud accepts only tokens that
// the authority issued for it, and calls the relay's webhooks once it is told where they are.

import { randomBytes } from "node:crypto";
import { environmentVariables } from "../../../solution/schema/environment-variables";
import { webhookSteps } from "../../../solution/schema/webhook-steps";
import type { DirectoryUser } from "../authority/authority-settings";
import { createAuthoritySimulator, type AuthoritySimulator } from "../authority/authority-simulator";
import { createDataverseSimulator, type DataverseSimulator } from "../dataverse/dataverse-simulator";
import type { Column } from "../dataverse/catalogue/table";
import type { AcceptToken } from "../dataverse/http/web-api-route";
import type { SimulatorSettings } from "../dataverse/simulator-settings";
import { setVariable } from "../dataverse/variable-shortcut";
import { registerWebhook } from "../dataverse/webhook-shortcut";
import { EVENTS_AUDIENCE } from "../partner-center/access";
import { createPartnerCenterSimulator, type PartnerCenterSimulator } from "../partner-center/partner-center-simulator";
import type { PartnerCenterSettings } from "../partner-center/partner-center-settings";
import { DATAVERSE_SECRET_HEADER } from "../../../solution/schema/webhook-steps";

export interface LoopbackClouds {
  readonly dataverse: DataverseSimulator;
  readonly partnerCenter: PartnerCenterSimulator;
  readonly authority: AuthoritySimulator;
  /** Settings that point a relay at these clouds. */
  readonly environment: Readonly<Record<string, string>>;
  /** Registers the relay's webhooks in both clouds, and sets the environment variables that name its addresses. */
  callRelayAt(url: string): void;
  close(): Promise<void>;
}

export interface LoopbackCloudOptions {
  /** Time that every call to either cloud takes, milliseconds. */
  readonly latencyMs?: number;
  readonly dataversePort?: number;
  readonly partnerCenterPort?: number;
  readonly dataverse?: Partial<SimulatorSettings>;
  /** Columns that the customer has added to the Opportunity table. */
  readonly opportunityColumns?: readonly Column[];
  readonly partnerCenter?: Partial<PartnerCenterSettings>;
  /** `to-be-made`: nobody has set the environment up for the relay yet. */
  readonly applicationUser?: "there" | "to-be-made";
}

/** The tenant and the partner of the demo: fixed, so that a relay which kept its data knows them again. */
const TENANT_ID = "3c6a7c9e-4b5d-4f0a-9a41-6a8f0f5d1b20";
const CLIENT_ID = "9d4b1e6a-2f7c-4d0e-8b15-1f6c0a7e3d42";
const CLIENT_SECRET = "loopback-client-secret";
/** The authority of the demo accepts its secret for good; a relay is told a day all the same, as in real life. */
const CLIENT_SECRET_ENDS = "2099-12-31";
const ORGANIZATION = { id: "7d23e5ca-19dc-4eaa-aac8-5e6b559f0d1d", name: "Contoso Partner" };

/** Mapped columns that call the relay when they change, as set-up would register them. */
const MAPPED_COLUMNS = [
  "name",
  "estimatedvalue",
  "transactioncurrencyid",
  "estimatedclosedate",
  "description",
  "parentaccountid",
  "parentcontactid",
  "ownerid",
];

/** Who can sign in at the authority. The first one signs in unless another is asked for. */
export const loopbackPeople = {
  /** Referrals admin in Partner Center. */
  syncUser: {
    objectId: "8c6f1f8e-4c0b-4c57-9d0f-0d4f3a2b1c11",
    userName: "seller@partner.example",
    displayName: "Sync user",
    roles: ["Referrals admin"],
  },
  /** System administrator in Dataverse. */
  administrator: {
    objectId: "8c6f1f8e-4c0b-4c57-9d0f-0d4f3a2b1c12",
    userName: "admin@contoso.example",
    displayName: "CRM Administrator",
  },
  /** May nothing that set-up needs. */
  seller: {
    objectId: "8c6f1f8e-4c0b-4c57-9d0f-0d4f3a2b1c13",
    userName: "seller@contoso.example",
    displayName: "Sample Seller",
    signsInWith: "password",
  },
} as const satisfies Readonly<Record<string, DirectoryUser>>;

export async function startLoopbackClouds(options: LoopbackCloudOptions = {}): Promise<LoopbackClouds> {
  const latencyMs = options.latencyMs ?? 0;
  const authority = await createAuthoritySimulator({
    tenantId: TENANT_ID,
    clients: [
      { clientId: CLIENT_ID, secret: CLIENT_SECRET, redirectUris: ["http://localhost"], allowPublicClient: true },
    ],
    users: [loopbackPeople.syncUser, loopbackPeople.administrator, loopbackPeople.seller],
  });
  const addresses = { referrals: "", events: "" };
  const dataverse = await createDataverseSimulator({
    port: options.dataversePort ?? 0,
    settings: { latencyMs, privileges: "checked", ...options.dataverse },
    opportunityColumns: options.opportunityColumns ?? [],
    applicationId: options.applicationUser === "to-be-made" ? null : CLIENT_ID,
    acceptToken: (token) => usersOf(authority, dataverse)(token),
  });
  const partnerCenter = await createPartnerCenterSimulator({
    organization: ORGANIZATION,
    referralsPort: options.partnerCenterPort ?? 0,
    settings: { latencyMs, ...options.partnerCenter },
    // Real addresses are the audiences; here each API is its own.
    acceptToken: (token, audience) =>
      authority.acceptToken(token, audience === EVENTS_AUDIENCE ? addresses.events : addresses.referrals),
  });
  addresses.referrals = partnerCenter.referralsUrl;
  addresses.events = partnerCenter.eventsUrl;
  const secrets = { webhookSecret: randomBytes(32).toString("hex"), pathToken: randomBytes(32).toString("hex") };
  const referralLink = `${partnerCenter.referralsUrl}/#r-{referralId}`;
  return {
    dataverse,
    partnerCenter,
    authority,
    environment: {
      ...relayEnvironment({ dataverse, partnerCenter, authority }, secrets),
      COSELL_REFERRAL_LINK: referralLink,
    },
    callRelayAt(url) {
      registerWebhook(dataverse.records, {
        url: `${url}/webhooks/dataverse`,
        headers: { [DATAVERSE_SECRET_HEADER]: secrets.webhookSecret },
        filteringAttributes: [...webhookSteps.flatMap((step) => step.filteringColumns), ...MAPPED_COLUMNS],
      });
      setVariable(dataverse.records, environmentVariables.relayAddress.schemaName, url);
      setVariable(dataverse.records, environmentVariables.referralLink.schemaName, referralLink);
      partnerCenter.webhooks.register({
        subscriberId: ORGANIZATION.id,
        url: `${url}/webhooks/partner-center/${secrets.pathToken}`,
        events: EVENTS,
        signatureInOwnHeader: false,
      });
    },
    async close() {
      await Promise.all([dataverse.close(), partnerCenter.close(), authority.close()]);
    },
  };
}

/** Who holds a token, as Dataverse looks it up: an application by its id, a person by the name of the account. */
function usersOf(authority: AuthoritySimulator, dataverse: DataverseSimulator): AcceptToken {
  return (token) => {
    if (authority.acceptToken(token, dataverse.url).kind !== "accepted") return null;
    const facts = authority.introspect(token);
    const user = dataverse.records
      .list("systemusers")
      .find((row) =>
        facts?.caller === "user" ? row["domainname"] === facts.email : row["applicationid"] === facts?.clientId,
      );
    const id = user?.["systemuserid"];
    return typeof id === "string" && user?.["isdisabled"] !== true ? { userId: id } : "not-a-member";
  };
}

const EVENTS = [
  "referral-created",
  "referral-updated",
  "related-referral-created",
  "related-referral-updated",
] as const;

function relayEnvironment(
  clouds: Pick<LoopbackClouds, "dataverse" | "partnerCenter" | "authority">,
  secrets: { readonly webhookSecret: string; readonly pathToken: string },
): Readonly<Record<string, string>> {
  const { certificates, webhooks, referralsUrl, eventsUrl } = clouds.partnerCenter;
  return {
    COSELL_DATAVERSE_URL: clouds.dataverse.url,
    COSELL_PARTNER_CENTER_URL: referralsUrl,
    COSELL_PARTNER_CENTER_EVENTS_URL: eventsUrl,
    COSELL_AUTHORITY_URL: clouds.authority.url,
    COSELL_TENANT_ID: TENANT_ID,
    COSELL_CLIENT_ID: CLIENT_ID,
    COSELL_CLIENT_SECRET: CLIENT_SECRET,
    COSELL_CLIENT_SECRET_ENDS: CLIENT_SECRET_ENDS,
    COSELL_PARTNER_CENTER_REFRESH_TOKEN: clouds.authority.issueRefreshToken(CLIENT_ID),
    COSELL_DATAVERSE_WEBHOOK_SECRET: secrets.webhookSecret,
    COSELL_PARTNER_CENTER_WEBHOOK_TOKEN: secrets.pathToken,
    COSELL_CERTIFICATE_HOSTS: new URL(webhooks.certificateUrl).host,
    COSELL_CERTIFICATE_ANCHORS: `${certificates.rootPem}\n${certificates.intermediatePem}`,
    // Nothing takes effect here after it was given up, so there is nothing to wait for.
    COSELL_CREATE_QUARANTINE_SECONDS: "1",
  };
}
