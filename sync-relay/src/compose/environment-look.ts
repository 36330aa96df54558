import { createCrmEnvironment } from "../adapters/dataverse/crm-environment";
import { DATAVERSE_ADMINISTRATOR_NAME } from "../adapters/entra/refresh-token-store";
import { createUserTokens } from "../adapters/entra/user-tokens";
import { createSealing } from "../adapters/sealing/sealing";
import type { RelaySettings } from "../config/relay-settings";
import { withSecondLook } from "../operate/second-look";
import type { Clock, Random } from "../ports/clock";
import type { CrmEnvironment } from "../ports/crm-environment";
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
  const { settings, storage, clouds, clock, random, log, metrics, askAdministrator = false } = options;
  const { url } = settings.dataverse;
  const shared = { clock, random, log, metrics, budget: storage.store.budget, baseUrl: url };
  const own = createCrmEnvironment({ ...shared, tokens: clouds.signIns.dataverse });
  if (!askAdministrator) return own;
  const tokens = createUserTokens({
    ...settings.signIn,
    ...{ clock, log, metrics },
    secrets: storage.store.secrets,
    sealing: createSealing({ keys: storage.masterKeys }),
    name: DATAVERSE_ADMINISTRATOR_NAME,
    audience: url,
  });
  return withSecondLook(own, createCrmEnvironment({ ...shared, tokens }));
}
