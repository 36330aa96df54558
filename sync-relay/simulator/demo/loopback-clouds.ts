// Both simulated clouds and the sign-in authority, wired together as in real life: each cloud accepts only tokens that
// the authority issued for it, and calls the relay's webhooks once it is told where they are.

import { randomBytes } from "node:crypto";
import { webhookSteps } from "../../../solution/schema/webhook-steps";
import { createAuthoritySimulator, type AuthoritySimulator } from "../authority/authority-simulator";
import { createDataverseSimulator, type DataverseSimulator } from "../dataverse/dataverse-simulator";
import type { SimulatorSettings } from "../dataverse/simulator-settings";
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
  /** Registers the relay's webhooks in both clouds. */
  callRelayAt(url: string): void;
  close(): Promise<void>;
}

export interface LoopbackCloudOptions {
  /** Time that every call to either cloud takes, milliseconds. */
  readonly latencyMs?: number;
  readonly dataversePort?: number;
  readonly partnerCenterPort?: number;
  readonly dataverse?: Partial<SimulatorSettings>;
  readonly partnerCenter?: Partial<PartnerCenterSettings>;
}

/** The tenant and the partner of the demo: fixed, so that a relay which kept its data knows them again. */
const TENANT_ID = "3c6a7c9e-4b5d-4f0a-9a41-6a8f0f5d1b20";
const CLIENT_ID = "9d4b1e6a-2f7c-4d0e-8b15-1f6c0a7e3d42";
const CLIENT_SECRET = "loopback-client-secret";
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

export async function startLoopbackClouds(options: LoopbackCloudOptions = {}): Promise<LoopbackClouds> {
  const latencyMs = options.latencyMs ?? 0;
  const authority = await createAuthoritySimulator({
    tenantId: TENANT_ID,
    clients: [{ clientId: CLIENT_ID, secret: CLIENT_SECRET }],
  });
  const addresses = { dataverse: "", partnerCenter: "", events: "" };
  const dataverse = await createDataverseSimulator({
    port: options.dataversePort ?? 0,
    settings: { latencyMs, ...options.dataverse },
    acceptToken: (token) => {
      const verdict = authority.acceptToken(token, addresses.dataverse);
      return verdict.kind === "accepted" ? { userId: APPLICATION_USER } : null;
    },
  });
  addresses.dataverse = dataverse.url;
  const partnerCenter = await createPartnerCenterSimulator({
    organization: ORGANIZATION,
    referralsPort: options.partnerCenterPort ?? 0,
    settings: { latencyMs, ...options.partnerCenter },
    acceptToken: (token, audience) =>
      authority.acceptToken(token, audience === EVENTS_AUDIENCE ? addresses.events : addresses.partnerCenter),
  });
  addresses.partnerCenter = partnerCenter.referralsUrl;
  addresses.events = partnerCenter.eventsUrl;
  const secrets = { webhookSecret: randomBytes(32).toString("hex"), pathToken: randomBytes(32).toString("hex") };
  return {
    dataverse,
    partnerCenter,
    authority,
    environment: relayEnvironment({ dataverse, partnerCenter, authority }, secrets),
    callRelayAt(url) {
      registerWebhook(dataverse.records, {
        url: `${url}/webhooks/dataverse`,
        headers: { [DATAVERSE_SECRET_HEADER]: secrets.webhookSecret },
        filteringAttributes: [...webhookSteps.flatMap((step) => step.filteringColumns), ...MAPPED_COLUMNS],
      });
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

/** The application user of the simulated environment, for whoever signs in as the relay's application. */
const APPLICATION_USER = "5f0d2b6e-7a41-4c1e-9a55-0d6f0c2b1a03";

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
    COSELL_PARTNER_CENTER_REFRESH_TOKEN: clouds.authority.issueRefreshToken(CLIENT_ID),
    COSELL_DATAVERSE_WEBHOOK_SECRET: secrets.webhookSecret,
    COSELL_PARTNER_CENTER_WEBHOOK_TOKEN: secrets.pathToken,
    COSELL_CERTIFICATE_HOSTS: new URL(webhooks.certificateUrl).host,
    COSELL_CERTIFICATE_ANCHORS: `${certificates.rootPem}\n${certificates.intermediatePem}`,
    COSELL_REFERRAL_LINK: `${referralsUrl}/#r-{referralId}`,
  };
}
