import { createColumnMetadata } from "../adapters/dataverse/column-metadata";
import { createDataverseCrm, type DataverseCrm } from "../adapters/dataverse/dataverse-crm";
import { createDataverseWebhook, type OwnIdentity } from "../adapters/dataverse/webhook";
import { createDataverseTokens } from "../adapters/entra/dataverse-tokens";
import { createPartnerCenterTokens } from "../adapters/entra/partner-center-tokens";
import type { SignIn } from "../adapters/entra/sign-in-health";
import { createPartnerCenter } from "../adapters/partner-center/partner-center";
import { createPartnerCenterWebhook, type PartnerCenterWebhook } from "../adapters/partner-center/webhook";
import { createSealing } from "../adapters/sealing/sealing";
import type { RelaySettings } from "../config/relay-settings";
import type { FieldMap } from "../core/mapping/field-map";
import type { Clock, Random } from "../ports/clock";
import type { CrmMetadata } from "../ports/crm-metadata";
import type { Log } from "../ports/log";
import type { Metrics } from "../ports/metrics";
import type { PartnerCenter } from "../ports/partner-center";
import type { WebhookSource } from "../ports/webhook-source";
import type { Storage } from "./storage";

/** Both clouds, ready to be called and to call. */
export interface Clouds {
  /** The CRM, read by a mapping. */
  readonly crmFor: (map: FieldMap) => DataverseCrm;
  readonly partnerCenter: PartnerCenter;
  readonly dataverseWebhook: WebhookSource;
  readonly partnerCenterWebhook: PartnerCenterWebhook;
  readonly signIns: { readonly dataverse: SignIn; readonly partnerCenter: SignIn };
  readonly crmMetadata: CrmMetadata;
  /** Asks Dataverse who the relay is, until it is known: its own writes are told apart by that. */
  readonly learnIdentity: (crm: Pick<DataverseCrm, "whoAmI">) => Promise<void>;
}

export interface CloudOptions {
  readonly settings: RelaySettings;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** For what comes in. */
  readonly doorLog: Log;
  readonly metrics: Metrics;
}

export function connectClouds(options: CloudOptions): Clouds {
  const { settings, storage, doorLog, ...system } = options;
  const { otherWebhookToken } = settings.partnerCenter;
  const signIns = createSignIns(options);
  const shared = { ...system, budget: storage.store.budget };
  const dataverse = { ...shared, baseUrl: settings.dataverse.url, tokens: signIns.dataverse };
  let identity: OwnIdentity | null = null;
  return {
    crmFor: (fieldMap) => createDataverseCrm({ ...dataverse, fieldMap }),
    crmMetadata: createColumnMetadata(dataverse),
    partnerCenter: createPartnerCenter({
      ...shared,
      baseUrl: settings.partnerCenter.url,
      tokens: signIns.partnerCenter,
    }),
    dataverseWebhook: createDataverseWebhook({
      secrets: settings.dataverse.webhookSecrets,
      identity: () => identity,
      log: doorLog,
    }),
    partnerCenterWebhook: createPartnerCenterWebhook({
      ...system,
      log: doorLog,
      pathToken: settings.partnerCenter.webhookToken,
      ...(otherWebhookToken === null ? {} : { otherPathToken: otherWebhookToken }),
      certificates: settings.partnerCenter.certificate,
    }),
    signIns,
    async learnIdentity(crm) {
      identity ??= await crm.whoAmI();
    },
  };
}

function createSignIns({ settings, storage, clock, log, metrics }: CloudOptions): Clouds["signIns"] {
  const { firstRefreshToken, url } = settings.partnerCenter;
  const shared = { ...settings.signIn, clock, log, metrics };
  return {
    dataverse: createDataverseTokens({ ...shared, dataverseUrl: settings.dataverse.url }),
    partnerCenter: createPartnerCenterTokens({
      ...shared,
      secrets: storage.store.secrets,
      sealing: createSealing({ keys: storage.masterKeys }),
      audience: url,
      ...(firstRefreshToken === null ? {} : { firstRefreshToken }),
    }),
  };
}
