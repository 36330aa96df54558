import { createDataverseCrm, type DataverseCrm } from "../adapters/dataverse/dataverse-crm";
import { createDataverseWebhook } from "../adapters/dataverse/webhook";
import { createDataverseTokens } from "../adapters/entra/dataverse-tokens";
import { createPartnerCenterTokens } from "../adapters/entra/partner-center-tokens";
import type { SignIn } from "../adapters/entra/sign-in-health";
import { createPartnerCenter } from "../adapters/partner-center/partner-center";
import { createPartnerCenterWebhook, type PartnerCenterWebhook } from "../adapters/partner-center/webhook";
import { createSealing } from "../adapters/sealing/sealing";
import type { RelaySettings } from "../config/relay-settings";
import type { FieldMap } from "../core/mapping/field-map";
import type { Clock, Random } from "../ports/clock";
import type { Log } from "../ports/log";
import type { Metrics } from "../ports/metrics";
import type { PartnerCenter } from "../ports/partner-center";
import type { WebhookSource } from "../ports/webhook-source";
import type { Storage } from "./storage";

/** Both clouds, ready to be called and to call. */
export interface Clouds {
  readonly crm: DataverseCrm;
  readonly partnerCenter: PartnerCenter;
  readonly dataverseWebhook: WebhookSource;
  readonly partnerCenterWebhook: PartnerCenterWebhook;
  readonly signIns: { readonly dataverse: SignIn; readonly partnerCenter: SignIn };
  /** Asks Dataverse who the relay is, until it is known: its own writes are told apart by that. */
  readonly learnIdentity: () => Promise<void>;
}

export interface CloudOptions {
  readonly settings: RelaySettings;
  readonly storage: Storage;
  readonly fieldMap: FieldMap;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
}

export function connectClouds(options: CloudOptions): Clouds {
  const { settings, storage, fieldMap, ...system } = options;
  const { otherWebhookToken } = settings.partnerCenter;
  const signIns = createSignIns(options);
  const shared = { ...system, budget: storage.store.budget };
  const crm = createDataverseCrm({
    ...shared,
    baseUrl: settings.dataverse.url,
    tokens: signIns.dataverse,
    fieldMap,
  });
  let ownUserId: string | null = null;
  return {
    crm,
    partnerCenter: createPartnerCenter({
      ...shared,
      baseUrl: settings.partnerCenter.url,
      tokens: signIns.partnerCenter,
    }),
    dataverseWebhook: createDataverseWebhook({
      secrets: settings.dataverse.webhookSecrets,
      ownUserId: () => ownUserId,
      log: system.log,
    }),
    partnerCenterWebhook: createPartnerCenterWebhook({
      ...system,
      pathToken: settings.partnerCenter.webhookToken,
      ...(otherWebhookToken === null ? {} : { otherPathToken: otherWebhookToken }),
      certificates: settings.partnerCenter.certificate,
    }),
    signIns,
    async learnIdentity() {
      ownUserId ??= (await crm.whoAmI()).userId;
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
