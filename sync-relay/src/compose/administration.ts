import { createAdminApi, type AdminApi } from "../adapters/dataverse/registration/admin-api";
import { createUserTokens } from "../adapters/entra/user-tokens";
import { DATAVERSE_ADMINISTRATOR_NAME } from "../adapters/entra/refresh-token-store";
import {
  createPartnerCenterRegistration,
  type PartnerCenterRegistration,
} from "../adapters/partner-center/registration";
import { createSealing } from "../adapters/sealing/sealing";
import type { RelaySettings } from "../config/relay-settings";
import type { Clock, Random } from "../ports/clock";
import type { Log } from "../ports/log";
import type { Metrics } from "../ports/metrics";
import type { Storage } from "./storage";

/** What set-up commands work with and the running relay does not. */
export interface Administration {
  /** Dataverse in the name of the administrator who signed in. */
  readonly dataverse: AdminApi;
  /** Partner Center's webhook registration in the name of the relay's user. */
  readonly registration: PartnerCenterRegistration;
}

export interface AdministrationOptions {
  readonly settings: RelaySettings;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Ends what is waited for. */
  readonly signal: AbortSignal;
}

export function openAdministration(options: AdministrationOptions): Administration {
  const { settings, storage, clock, random, log, metrics, signal } = options;
  const shared = {
    ...settings.signIn,
    clock,
    log,
    metrics,
    secrets: storage.store.secrets,
    sealing: createSealing({ keys: storage.masterKeys }),
  };
  const { eventsUrl, firstRefreshToken } = settings.partnerCenter;
  return {
    dataverse: createAdminApi({
      baseUrl: settings.dataverse.url,
      tokens: createUserTokens({ ...shared, name: DATAVERSE_ADMINISTRATOR_NAME, audience: settings.dataverse.url }),
      clock,
      signal,
    }),
    registration: createPartnerCenterRegistration({
      baseUrl: eventsUrl,
      tokens: createUserTokens({
        ...shared,
        audience: eventsUrl,
        ...(firstRefreshToken === null ? {} : { firstRefreshToken }),
      }),
      budget: storage.store.budget,
      clock,
      random,
      log,
      metrics,
    }),
  };
}
