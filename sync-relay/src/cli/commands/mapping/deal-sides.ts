// Both sides of one deal and what the relay remembers of it, read and nothing else.

import type { PartnerCenter } from "../../../ports/partner-center";
import type { Crm } from "../../../ports/crm";
import type { PairStore } from "../../../ports/pair-store";
import type { Opportunity } from "../../../core/opportunity";
import type { Pair } from "../../../core/pair";
import type { Referral } from "../../../core/referral";

export interface DealSides {
  readonly opportunity: Opportunity;
  /** Null: not shared yet. */
  readonly referral: Referral | null;
  readonly pair: Pair | null;
}

export type DealRead =
  | { readonly kind: "read"; readonly sides: DealSides }
  | { readonly kind: "no-opportunity" }
  | { readonly kind: "no-referral"; readonly referralId: string };

export interface DealSource {
  readonly crm: Pick<Crm, "read">;
  readonly partnerCenter: Pick<PartnerCenter, "read">;
  readonly pairs: Pick<PairStore, "byOpportunity">;
}

export async function readDeal(source: DealSource, opportunityId: string, correlationId: string): Promise<DealRead> {
  const read = await source.crm.read(opportunityId);
  if (read.kind === "missing") return { kind: "no-opportunity" };
  const { opportunity } = read;
  const pair = await source.pairs.byOpportunity(opportunityId);
  const referralId = pair?.referralId ?? opportunity.section.referralId;
  if (referralId === null) return { kind: "read", sides: { opportunity, referral: null, pair } };
  const referral = await source.partnerCenter.read(referralId, correlationId);
  if (referral.kind !== "found") return { kind: "no-referral", referralId };
  return { kind: "read", sides: { opportunity, referral: referral.referral, pair } };
}
