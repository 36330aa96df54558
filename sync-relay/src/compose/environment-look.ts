import { createCrmEnvironment } from "../adapters/dataverse/crm-environment";
import type { RelaySettings } from "../config/relay-settings";
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
}

/** What checks and commands ask of Dataverse, as the relay's own user and out of its budget. */
export function createEnvironmentLook({
  settings,
  storage,
  clouds,
  ...system
}: EnvironmentLookOptions): CrmEnvironment {
  return createCrmEnvironment({
    clock: system.clock,
    random: system.random,
    log: system.log,
    metrics: system.metrics,
    budget: storage.store.budget,
    baseUrl: settings.dataverse.url,
    tokens: clouds.signIns.dataverse,
  });
}
