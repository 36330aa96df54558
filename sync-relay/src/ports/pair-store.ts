import type { Direction } from "../core/audit-entry";
import type { Pair } from "../core/pair";
import type { ReferralName } from "../core/referral";

/** A pair that waits for an admin to resume the sync. */
export interface PausedPair {
  readonly opportunityId: string;
  readonly revision: number;
  readonly directions: readonly Direction[];
}

/** Look-ups on stored pairs, and small facts that outlive a restart (sweep positions, own organisation id). */
export interface PairStore {
  byOpportunity(opportunityId: string): Promise<Pair | null>;
  /** Finds by own referral or by Microsoft's referral of the engagement. */
  byReferral(referralId: string): Promise<Pair | null>;
  byEngagement(engagementId: string): Promise<Pair | null>;
  /** Opportunity ids and versions of the given opportunities, for the sweep; unknown ones are absent. */
  seenVersions(opportunityIds: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
  /** Ids of all opportunities that were seen and are not known to be gone. */
  seenOpportunities(): Promise<readonly string[]>;
  /** Referral id → last seen `updatedAt` of the pairs that know the referral (own or Microsoft's). */
  seenReferrals(referralIds: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
  /** Notes which opportunities referrals name; of a referral that is noted already, the newer word counts. */
  noteNames(names: readonly ReferralName[]): Promise<void>;
  /** Ids of the referrals that were noted to name the opportunity, the one that changed last first. */
  referralsNaming(opportunityId: string): Promise<readonly string[]>;
  /** Counts by sync status. */
  counts(): Promise<Readonly<Record<string, number>>>;
  /** How many pairs have a create of which nobody knows whether it happened. */
  inDoubt(): Promise<number>;
  /** Pairs whose last run held something back because a direction was paused. */
  pausedPairs(): Promise<readonly PausedPair[]>;
  fact(name: string): Promise<string | null>;
  setFact(name: string, value: string): Promise<void>;
}
