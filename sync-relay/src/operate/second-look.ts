// What the relay's user may not read, an administrator who has signed in may: the role of the relay is for the sync, and
// need not let it read registrations and flows.

import { toRelayError } from "../core/errors";
import type { CrmEnvironment } from "../ports/crm-environment";

/** Asks as the relay's user, and once more as the administrator where that user may not look. */
export function withSecondLook(own: CrmEnvironment, administrator: CrmEnvironment): CrmEnvironment {
  return {
    ...own,
    solutionVersion: (name) =>
      either(
        () => own.solutionVersion(name),
        () => administrator.solutionVersion(name),
      ),
    tracksChanges: () =>
      either(
        () => own.tracksChanges(),
        () => administrator.tracksChanges(),
      ),
    webhooks: () =>
      either(
        () => own.webhooks(),
        () => administrator.webhooks(),
      ),
    failedCalls: (stepIds, sinceMs) =>
      either(
        () => own.failedCalls(stepIds, sinceMs),
        () => administrator.failedCalls(stepIds, sinceMs),
      ),
    activePartnerCenterFlows: () =>
      either(
        () => own.activePartnerCenterFlows(),
        () => administrator.activePartnerCenterFlows(),
      ),
  };
}

/** When nobody has signed in, or the administrator may not look either, the first refusal is what is told. */
async function either<T>(first: () => Promise<T>, second: () => Promise<T>): Promise<T> {
  try {
    return await first();
  } catch (refused) {
    if (toRelayError(refused).code !== "CS-1005") throw refused;
    try {
      return await second();
    } catch {
      throw refused;
    }
  }
}
