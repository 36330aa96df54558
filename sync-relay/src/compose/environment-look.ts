import { createColumnMetadata } from "../adapters/dataverse/column-metadata";
import { createCrmEnvironment } from "../adapters/dataverse/crm-environment";
import { DATAVERSE_ADMINISTRATOR_NAME } from "../adapters/entra/refresh-token-store";
import { createUserTokens } from "../adapters/entra/user-tokens";
import { createSealing } from "../adapters/sealing/sealing";
import type { RelaySettings } from "../config/relay-settings";
import { withSecondLook, withSecondMetadata } from "../operate/second-look";
import type { Clock, Random } from "../ports/clock";
import type { CrmEnvironment } from "../ports/crm-environment";
import type { CrmMetadata } from "../ports/crm-metadata";
import type { Log } from "../ports/log";
import type { Metrics } from "../ports/metrics";
import type { Clouds } from "./clouds";
import type { Storage } from "./storage";

export interface EnvironmentLookOptions {
  readonly settings: RelaySettings;
  readonly storage: Storage;
  readonly clouds: Clouds;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Where the relay's user may not look, ask as the administrator who has signed in. Only commands do. */
  readonly askAdministrator?: boolean;
}

/** What checks and commands ask of Dataverse, as the relay's own user and out of its budget. */
export function createEnvironmentLook(options: EnvironmentLookOptions): CrmEnvironment {
  const own = createCrmEnvironment({ ...shared(options), tokens: options.clouds.signIns.dataverse });
  if (options.askAdministrator !== true) return own;
  return withSecondLook(own, createCrmEnvironment({ ...shared(options), tokens: administratorTokens(options) }));
}

/** What Dataverse says of its columns, asked in the same way. */
export function createMetadataLook(options: EnvironmentLookOptions): CrmMetadata {
  const own = options.clouds.crmMetadata;
  if (options.askAdministrator !== true) return own;
  return withSecondMetadata(own, createColumnMetadata({ ...shared(options), tokens: administratorTokens(options) }));
}

function shared({ settings, storage, clock, random, log, metrics }: EnvironmentLookOptions) {
  return { clock, random, log, metrics, budget: storage.store.budget, baseUrl: settings.dataverse.url };
}

function administratorTokens({ settings, storage, clock, log, metrics }: EnvironmentLookOptions) {
  return createUserTokens({
    ...settings.signIn,
    ...{ clock, log, metrics },
    secrets: storage.store.secrets,
    sealing: createSealing({ keys: storage.masterKeys }),
    name: DATAVERSE_ADMINISTRATOR_NAME,
    audience: settings.dataverse.url,
  });
}
