import { credentialExpiryMs } from "../adapters/entra/client-credential";
import { createPartnerCenterTokens } from "../adapters/entra/partner-center-tokens";
import { createRefreshTokenStore } from "../adapters/entra/refresh-token-store";
import { probeAddress } from "../adapters/http/probe-address";
import { showCertificate } from "../adapters/http/show-certificate";
import { createPartnerCenterRegistration } from "../adapters/partner-center/registration";
import { WEBHOOK_PATH } from "../adapters/partner-center/webhook";
import { createSealing, keyId } from "../adapters/sealing/sealing";
import { serverTime } from "../adapters/system/server-time";
import { must } from "../core/must";
import type { DoctorMapping, DoctorParts } from "../operate/doctor/doctor-parts";
import type { SecretsLook } from "../operate/doctor/secrets-area";
import { createEnvironmentLook, createMetadataLook, type EnvironmentLookOptions } from "./environment-look";

/** Where the relay takes webhooks of Dataverse. */
const DATAVERSE_WEBHOOK_PATH = "/webhooks/dataverse";

export interface DoctorOptions extends EnvironmentLookOptions {
  readonly mapping: DoctorMapping;
  readonly version: string;
}

/** Everything that the doctor looks at, behind the settings of a relay. Nothing is asked until it looks. */
export function doctorParts(options: DoctorOptions): DoctorParts {
  const { settings, storage, clouds, version, clock, random, mapping } = options;
  const { store } = storage;
  const shared = { clock, random, log: options.log, metrics: options.metrics, budget: store.budget };
  return {
    clock,
    random,
    versions: { relay: version, node: process.versions.node },
    addresses: {
      dataverse: settings.dataverse.url,
      public: settings.server.publicUrl,
      referralLink: settings.referralLink,
      dataverseWebhookPath: DATAVERSE_WEBHOOK_PATH,
      partnerCenterWebhookPath: WEBHOOK_PATH + settings.partnerCenter.webhookToken,
    },
    clientId: settings.signIn.clientId,
    secrets: secretsLook(options),
    store,
    mapping,
    dataverse: {
      signIn: { token: () => clouds.signIns.dataverse.token() },
      environment: createEnvironmentLook(options),
      metadata: createMetadataLook(options),
    },
    partnerCenter: {
      signIn: { token: () => clouds.signIns.partnerCenter.token(), endsAtMs: () => storedSignInEnd(options) },
      referrals: clouds.partnerCenter,
      registration: createPartnerCenterRegistration({
        ...shared,
        baseUrl: settings.partnerCenter.eventsUrl,
        tokens: eventsTokens(options),
      }),
    },
    cloudTime: () => serverTime(settings.dataverse.url),
    probe: probeAddress,
    certificate: showCertificate,
  };
}

function secretsLook({ settings, storage }: DoctorOptions): SecretsLook {
  const { credential } = settings.signIn;
  const [masterKey] = storage.masterKeys;
  return {
    credential: { kind: credential.kind, endsAtMs: credentialExpiryMs(credential) },
    masterKey: keyId(must(masterKey, "a store has a master key")),
  };
}

/** When the stored Partner Center sign-in ends, before it is used and lives on. */
async function storedSignInEnd(options: DoctorOptions): Promise<number | null> {
  const read = await createRefreshTokenStore({ ...options, ...secretParts(options) }).load();
  return read.kind === "stored" ? read.stored.expiresAtMs : null;
}

/** The same sign-in for the API of webhook registrations, which is another audience. */
function eventsTokens(options: DoctorOptions): ReturnType<typeof createPartnerCenterTokens> {
  const { settings, clock, log, metrics } = options;
  const { eventsUrl, firstRefreshToken } = settings.partnerCenter;
  return createPartnerCenterTokens({
    ...settings.signIn,
    ...secretParts(options),
    clock,
    log,
    metrics,
    audience: eventsUrl,
    ...(firstRefreshToken === null ? {} : { firstRefreshToken }),
  });
}

function secretParts({ storage }: DoctorOptions) {
  return { secrets: storage.store.secrets, sealing: createSealing({ keys: storage.masterKeys }) };
}
