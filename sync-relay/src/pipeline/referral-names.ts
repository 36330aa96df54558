// Which referral names which opportunity, noted for all of them. A referral may have been made by an earlier store, by
// Microsoft's connector, or while nobody shared the opportunity here; sharing it must find that referral and make no
// second one, and its list can be searched by nothing but time.

import { mayHaveBegun } from "../core/create-doubt";
import { toRelayError } from "../core/errors";
import type { Opportunity } from "../core/opportunity";
import { namedOpportunity, type Referral } from "../core/referral";
import type { Clock } from "../ports/clock";
import type { Log } from "../ports/log";
import type { PairStore } from "../ports/pair-store";
import type { PartnerCenter } from "../ports/partner-center";
import { storeBornAtMs } from "./store-birth";

/** Name of the fact that tells that the names of all referrals are noted. */
export const EVERY_NAME_FACT = "every-referral-name-noted-at";

/** Notes the names in a list of referrals. */
export async function noteNames(pairs: Pick<PairStore, "noteNames">, referrals: readonly Referral[]): Promise<void> {
  await pairs.noteNames(
    referrals.flatMap((referral) => {
      const opportunityId = namedOpportunity(referral);
      return opportunityId === null ? [] : [{ referralId: referral.id, opportunityId, updatedAt: referral.updatedAt }];
    }),
  );
}

/**
 * Looks at all referrals there are, once in a store's life. Throws RelayError, and the next sweep tries again. A list that
 * cannot be read to its end is no failure.
 */
export async function noteEveryName(
  parts: {
    readonly pairs: Pick<PairStore, "fact" | "setFact" | "noteNames">;
    readonly partnerCenter: Pick<PartnerCenter, "listChangedSince">;
    readonly clock: Pick<Clock, "now">;
    readonly log: Log;
  },
  correlationId: string,
): Promise<void> {
  if ((await parts.pairs.fact(EVERY_NAME_FACT)) !== null) return;
  const startedAtMs = parts.clock.now();
  try {
    await noteNames(parts.pairs, await parts.partnerCenter.listChangedSince(0, correlationId));
  } catch (thrown) {
    const { code } = toRelayError(thrown);
    if (code !== "CS-1106") throw thrown;
    parts.log.warn("the list of all referrals cannot be read to its end", { code });
    return;
  }
  await parts.pairs.setFact(EVERY_NAME_FACT, String(startedAtMs));
}

/**
 * Whether a referral may name the opportunity without being noted. That is asked of a young store only: where the list of
 * all referrals cannot be had, sharing must not stand still for ever.
 */
export async function mayHaveUnknownName(
  parts: { readonly pairs: Pick<PairStore, "fact" | "setFact">; readonly clock: Pick<Clock, "now"> },
  opportunity: Opportunity,
): Promise<boolean> {
  const bornAtMs = await storeBornAtMs(parts);
  if (!mayHaveBegun(opportunity, { bornAtMs, nowMs: parts.clock.now() })) return false;
  return (await parts.pairs.fact(EVERY_NAME_FACT)) === null;
}
