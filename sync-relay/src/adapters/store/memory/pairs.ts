import { syncStatusNames } from "../../../../../solution/schema/sync-status";
import { RelayError } from "../../../core/errors";
import type { Pair } from "../../../core/pair";
import type { PairStore } from "../../../ports/pair-store";
import { isInDoubt } from "../in-doubt";
import { seenReferralsOf } from "../seen-referrals";
import type { MemoryData } from "./memory-data";

/** Saves the pair if nobody else did since its revision. Throws CS-1302 otherwise. */
export function savePair(data: MemoryData, pair: Pair): Pair {
  requireRevision(data, pair);
  const saved = { ...pair, revision: pair.revision + 1 };
  data.pairs.set(pair.opportunityId, saved);
  keepAliases(data, saved);
  return saved;
}

export function requireRevision(data: MemoryData, pair: Pair): void {
  if ((data.pairs.get(pair.opportunityId)?.revision ?? 0) !== pair.revision) throw new RelayError("CS-1302");
}

/** The first pair that names a referral keeps it until it lets it go. */
function keepAliases({ aliases }: MemoryData, pair: Pair): void {
  const named = [...seenReferralsOf(pair).keys()];
  for (const [referralId, opportunityId] of aliases) {
    if (opportunityId === pair.opportunityId && !named.includes(referralId)) aliases.delete(referralId);
  }
  for (const id of named) if (!aliases.has(id)) aliases.set(id, pair.opportunityId);
}

export function pairLookUps(data: MemoryData): Omit<PairStore, "fact" | "setFact"> {
  const byOpportunity = (id: string): Pair | null => data.pairs.get(id.toLowerCase()) ?? null;
  const byReferral = (id: string): Pair | null => {
    const opportunityId = data.aliases.get(id.toLowerCase());
    return opportunityId === undefined ? null : byOpportunity(opportunityId);
  };
  return {
    byOpportunity: async (id) => Promise.resolve(byOpportunity(id)),
    byReferral: async (id) => Promise.resolve(byReferral(id)),
    byEngagement: async (id) =>
      Promise.resolve([...data.pairs.values()].find(({ engagementId }) => engagementId === id) ?? null),
    seenVersions: async (ids) => Promise.resolve(seen(ids, byOpportunity, (pair) => pair.crm?.version ?? null)),
    seenOpportunities: async () =>
      Promise.resolve([...data.pairs.values()].filter(({ crm }) => crm !== null).map((pair) => pair.opportunityId)),
    seenReferrals: async (ids) =>
      Promise.resolve(seen(ids, byReferral, (pair, id) => seenReferralsOf(pair).get(id) ?? null)),
    async noteNames(names) {
      for (const name of names) data.names.set(name.referralId, name);
      return Promise.resolve();
    },
    referralsNaming: async (opportunityId) =>
      Promise.resolve(
        [...data.names.values()]
          .filter((name) => name.opportunityId === opportunityId.toLowerCase())
          .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
          .map(({ referralId }) => referralId),
      ),
    async counts() {
      const counts: Record<string, number> = Object.fromEntries(syncStatusNames.map((name) => [name, 0]));
      for (const { status } of data.pairs.values()) counts[status] = (counts[status] ?? 0) + 1;
      return Promise.resolve(counts);
    },
    pausedPairs: async () =>
      Promise.resolve(
        [...data.pairs.values()]
          .filter(({ paused }) => paused.length > 0)
          .map(({ opportunityId, revision, paused }) => ({ opportunityId, revision, directions: paused })),
      ),
    inDoubt: async () => Promise.resolve([...data.pairs.values()].filter(isInDoubt).length),
  };
}

function seen(
  ids: readonly string[],
  find: (id: string) => Pair | null,
  what: (pair: Pair, id: string) => string | null,
): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>();
  for (const id of ids) {
    const pair = find(id);
    if (pair !== null) found.set(id.toLowerCase(), what(pair, id.toLowerCase()));
  }
  return found;
}
