// Which referral a create made when the answer did not say: the one that carries the same CRM id, belongs to the right
// organisation and is not older than the request.

import { atPath } from "../../core/json";
import type { JsonObject } from "../../core/json";
import { MICROSOFT_ORGANIZATION } from "../../core/referral";
import type { Referral } from "../../core/referral";
import { externalReference } from "./referral-json";
import { wireText } from "./wire-json";

/** How far the server's clock may be behind ours. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** The lists that the search may read. */
export interface CreatedLists {
  listEngagement(engagementId: string): Promise<readonly Referral[]>;
  listChangedSince(sinceMs: number): Promise<readonly Referral[]>;
}

/** Finds what a create made, or undefined when nothing or more than one thing fits: then nobody knows. */
export async function findCreated(
  lists: CreatedLists,
  request: { readonly payload: JsonObject; readonly startedAtMs: number },
): Promise<Referral | undefined> {
  const { payload } = request;
  const reference = externalReference(payload);
  const engagementId = wireText(payload, "engagementId");
  const forMicrosoft = isForMicrosoft(payload);
  // Microsoft's referral need not carry the CRM id, but an engagement has only one of Microsoft's.
  if (reference === null && !(forMicrosoft && engagementId !== null)) return undefined;
  const notBeforeMs = request.startedAtMs - CLOCK_TOLERANCE_MS;
  const candidates =
    engagementId === null ? await lists.listChangedSince(notBeforeMs) : await lists.listEngagement(engagementId);
  const fitting = candidates.filter((referral) => {
    const owned = (referral.organizationId === MICROSOFT_ORGANIZATION) === forMicrosoft;
    const named = forMicrosoft || referral.externalReferenceId === reference;
    return owned && named && Date.parse(referral.createdAt) >= notBeforeMs;
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

function isForMicrosoft(payload: JsonObject): boolean {
  const id = atPath(payload, "target.0.id");
  return typeof id === "string" && id.toLowerCase() === MICROSOFT_ORGANIZATION;
}
