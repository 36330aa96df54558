import type { Environment } from "./environment";
import type { FaultRule, RequestFaults } from "./http/request-faults";
import type { ServiceProtection } from "./http/service-protection";
import { noDeliveryFaults, type DeliveryFaults } from "./webhooks/delivery-faults";

/** Everything that can be made to go wrong. */
export interface SimulatorFaults {
  /** The next requests that match get this. */
  request(rule: FaultRule): void;
  /** How webhook deliveries go wrong; change the fields in place. */
  readonly webhooks: DeliveryFaults;
  /** Makes every delta token that was handed out so far an expired one. */
  expireDeltaTokens(): void;
  /** Back to a healthy service: no ordered faults, no delivery faults, fresh service protection. */
  reset(): void;
}

/** The faults of one simulator. */
export function createSimulatorFaults(given: {
  environment: Environment;
  requests: RequestFaults;
  protection: ServiceProtection;
}): SimulatorFaults {
  const webhooks: DeliveryFaults = { ...noDeliveryFaults };
  return {
    request: (rule) => given.requests.add(rule),
    webhooks,
    expireDeltaTokens: () => {
      given.environment.expiredUpTo = given.environment.store.position();
    },
    reset: () => {
      given.requests.clear();
      given.protection.reset();
      Object.assign(webhooks, noDeliveryFaults);
    },
  };
}
