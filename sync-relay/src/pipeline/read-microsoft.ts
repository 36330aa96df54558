import type { RelayEvent } from "../core/event";
import { shownStatus } from "../core/lifecycle";
import type { Pair } from "../core/pair";
import { helpOf, MICROSOFT_ORGANIZATION, type Referral } from "../core/referral";
import type { Run } from "./run";

/**
 * Reads Microsoft's referral of the engagement: its status and Microsoft's CRM id are shown to the seller. The list of
 * an engagement may lag behind, so only the id is taken from it and the referral itself is read.
 */
export async function readMicrosoft(run: Run, event: RelayEvent | null): Promise<void> {
  const id = run.pair.microsoftReferralId ?? event?.recordId ?? (await idInEngagement(run));
  if (id === null) return;
  const read = await run.parts.partnerCenter.read(id, run.correlationId);
  if (read.kind !== "found" || read.referral.organizationId !== MICROSOFT_ORGANIZATION) return;
  run.pair = withMicrosoft(run.pair, read.referral);
}

/** The pair with what Microsoft's referral says; the help it was invited for may have been asked by a store before this. */
export function withMicrosoft(pair: Pair, referral: Referral): Pair {
  return {
    ...pair,
    microsoftReferralId: referral.id,
    helpSent: pair.helpSent ?? helpOf(referral),
    microsoft: { updatedAt: referral.updatedAt, crmId: referral.microsoftCrmId, shownStatus: shownStatus(referral) },
  };
}

async function idInEngagement(run: Run): Promise<string | null> {
  const engagementId = run.pair.engagementId;
  if (engagementId === null) return null;
  const members = await run.parts.partnerCenter.listEngagement(engagementId, run.correlationId);
  return members.find((member) => member.organizationId === MICROSOFT_ORGANIZATION)?.id ?? null;
}
