import type { Pair } from "../../core/pair";

/** The referrals a pair names, its own and Microsoft's, lower case, each with the update time that was last seen of it. */
export function seenReferralsOf(pair: Pair): ReadonlyMap<string, string | null> {
  const seen = new Map<string, string | null>();
  if (pair.microsoftReferralId !== null) {
    seen.set(pair.microsoftReferralId.toLowerCase(), pair.microsoft?.updatedAt ?? null);
  }
  if (pair.referralId !== null) seen.set(pair.referralId.toLowerCase(), pair.partnerCenter?.updatedAt ?? null);
  return seen;
}
