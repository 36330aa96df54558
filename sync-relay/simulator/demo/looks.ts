import type { Json, JsonObject } from "../../src/core/json";
import { syncStatuses, type SyncStatus } from "../../../solution/schema/sync-status";
import type { LoopbackClouds } from "./loopback-clouds";

/** Option value of a sync status. */
export function statusValue(name: SyncStatus): number | undefined {
  return syncStatuses.find((option) => option.name === name)?.value;
}

/** The partner's own referral of an opportunity. */
export function ownReferral(
  partnerCenter: LoopbackClouds["partnerCenter"],
  opportunityId: string,
): JsonObject | undefined {
  const referrals: readonly JsonObject[] = partnerCenter.referrals.all();
  return referrals.find((one) => one["externalReferenceId"] === opportunityId && one["organizationId"] !== "msft");
}

/** Microsoft's referral in the engagement of a referral. */
export function microsoftReferral(
  partnerCenter: LoopbackClouds["partnerCenter"],
  referral: JsonObject,
): JsonObject | undefined {
  const members: readonly JsonObject[] = partnerCenter.referrals.ofEngagement(text(referral["engagementId"]));
  return members.find((one) => one["organizationId"] === "msft");
}

/** Null when both are the same, else the difference in words. */
export function expectEqual(what: string, actual: Json | undefined, wanted: Json | undefined): string | null {
  return actual === wanted
    ? null
    : `${what} is ${JSON.stringify(actual ?? null)}, not ${JSON.stringify(wanted ?? null)}`;
}

/** The first thing that is missing; null when nothing is. */
export function firstMissing(...checks: readonly (string | null)[]): string | null {
  return checks.find((check) => check !== null) ?? null;
}

export function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
