// What the relay's user may not read, an administrator who has signed in may: the role of the relay is for the sync, and
// need not let it read registrations and flows.

import { toRelayError } from "../core/errors";
import type { CrmEnvironment } from "../ports/crm-environment";
import type { CrmMetadata } from "../ports/crm-metadata";

/** Asks as the relay's user, and once more as the administrator where that user may not look. */
function eitherOf<E>(own: E, administrator: E) {
  return async <T>(ask: (as: E) => Promise<T>): Promise<T> => {
    try {
      return await ask(own);
    } catch (refused) {
      if (toRelayError(refused).code !== "CS-1005") throw refused;
      try {
        return await ask(administrator);
      } catch {
        // Nobody has signed in, or the administrator may not look either: the first refusal is what is told.
        throw refused;
      }
    }
  };
}

/** Column definitions: reading them is a privilege of its own, which the relay's role lacks. */
export function withSecondMetadata(own: CrmMetadata, administrator: CrmMetadata): CrmMetadata {
  const either = eitherOf(own, administrator);
  return {
    everyColumn: (lookups) => either((metadata) => metadata.everyColumn(lookups)),
    columns: (paths) => either((metadata) => metadata.columns(paths)),
  };
}

/** What checks ask of the environment. Who the relay is, and what it reads of deals, is only asked as itself. */
export function withSecondLook(own: CrmEnvironment, administrator: CrmEnvironment): CrmEnvironment {
  const either = eitherOf(own, administrator);
  return {
    ...own,
    rolesOf: (userId) => either((environment) => environment.rolesOf(userId)),
    privilegesOf: (userId) => either((environment) => environment.privilegesOf(userId)),
    securedColumns: (userId) => either((environment) => environment.securedColumns(userId)),
    solutionVersion: (name) => either((environment) => environment.solutionVersion(name)),
    tracksChanges: () => either((environment) => environment.tracksChanges()),
    languages: () => either((environment) => environment.languages()),
    variables: () => either((environment) => environment.variables()),
    webhooks: () => either((environment) => environment.webhooks()),
    failedCalls: (stepIds, sinceMs) => either((environment) => environment.failedCalls(stepIds, sinceMs)),
    activePartnerCenterFlows: () => either((environment) => environment.activePartnerCenterFlows()),
  };
}
