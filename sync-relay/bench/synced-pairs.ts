import type { JsonObject } from "../src/core/json";
import { helpOptions } from "../../solution/schema/help-options";
import { opportunityColumns as columns } from "../../solution/schema/opportunity-columns";
import type { LoopbackClouds } from "../simulator/demo/loopback-clouds";
import { ownReferral, statusValue, text } from "../simulator/demo/looks";
import { newOpportunity } from "../simulator/demo/sample-records";
import { untilQuiet } from "./upstream-calls";
import { waitUntil } from "./wait-until";

/** An opportunity and its referral, in step. */
export interface SyncedPair {
  readonly opportunityId: string;
  readonly referralId: string;
}

export interface SharedAs {
  /** Whether Microsoft is asked for help, which makes the deal a co-sell. */
  readonly coSell: boolean;
}

/** A seller's opportunity that is shared from the start; returns its id. */
export function createShared({ dataverse: { records } }: LoopbackClouds, { coSell }: SharedAs): string {
  return records.create("opportunities", {
    ...newOpportunity(records),
    [columns.sync.logicalName]: true,
    [columns.products.logicalName]: "SOL-15974-MQF",
    ...(coSell ? { [columns.help.logicalName]: helpOptions[2]?.value ?? null } : {}),
  });
}

/** Makes that many pairs and waits until nothing is left to do for them. */
export async function makeSyncedPairs(clouds: LoopbackClouds, count: number): Promise<readonly SyncedPair[]> {
  const opportunityIds = Array.from({ length: count }, () => createShared(clouds, { coSell: false }));
  await waitUntil("all pairs are in step", () => opportunityIds.every((id) => isSynced(clouds, id)));
  await untilQuiet(clouds);
  return opportunityIds.map((opportunityId) => ({
    opportunityId,
    referralId: text(ownReferral(clouds.partnerCenter, opportunityId)?.["id"]),
  }));
}

export function isSynced(clouds: LoopbackClouds, opportunityId: string): boolean {
  return opportunity(clouds, opportunityId)[columns.syncStatus.logicalName] === statusValue("synced");
}

export function opportunity({ dataverse }: LoopbackClouds, opportunityId: string): JsonObject {
  return dataverse.records.read("opportunities", opportunityId) ?? {};
}

export function changeOpportunity(clouds: LoopbackClouds, { opportunityId }: SyncedPair, value: number): void {
  clouds.dataverse.records.update("opportunities", { id: opportunityId, body: { estimatedvalue: value } });
}

export function changeReferral(clouds: LoopbackClouds, { referralId }: SyncedPair, value: number): void {
  clouds.partnerCenter.referrals.edit(referralId, { details: { dealValue: value } });
}

/** Whether the seller's value has arrived in Partner Center. */
export function referralHas({ partnerCenter }: LoopbackClouds, { referralId }: SyncedPair, value: number): boolean {
  const details = partnerCenter.referrals.get(referralId)?.["details"] as JsonObject | undefined;
  return details?.["dealValue"] === value;
}

/** Whether the portal user's value has arrived in the CRM. */
export function opportunityHas(clouds: LoopbackClouds, { opportunityId }: SyncedPair, value: number): boolean {
  return opportunity(clouds, opportunityId)["estimatedvalue"] === value;
}
