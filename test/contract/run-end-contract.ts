import { idOfKey } from "../../sync-relay/src/core/event";
import { must } from "../../sync-relay/src/core/must";
import type { Claim } from "../../sync-relay/src/ports/work-queue";
import type { Store } from "../../sync-relay/src/adapters/store/store";
import { anAuditEntry, anEvent, aPair, claimSoon, type MakeHarness, type StoreHarness } from "./store-harness";

// Runs that end at the same moment may be written together; none of them may notice.

const entry = anAuditEntry();

export function describeRunEndContract(name: string, make: MakeHarness): void {
  describe(`runs that end together: ${name}`, () => {
    let harness: StoreHarness;
    beforeEach(async () => (harness = await make()));
    afterEach(() => harness.dispose());

    const put = (store: Store, recordId: string): Promise<void> => store.inbox.put([{ event: anEvent({ recordId }) }]);
    /** Claims until there are so many. */
    const allClaims = async (store: Store, count: number): Promise<readonly Claim[]> => {
      const claims: Claim[] = [];
      while (claims.length < count) claims.push(...(await claimSoon(harness, store.queue)));
      return claims;
    };

    test("[QU9, QU10] of runs that end at the same moment only the one on an old revision is refused", async () => {
      const store = await harness.open();
      const ids = ["01", "02", "03", "04"];
      for (const id of ids) await put(store, id);
      const claims = await allClaims(store, ids.length);
      const outdated = must(claims[1], "there are four");
      const saved = await store.queue.checkpoint(outdated, aPair({ opportunityId: idOfKey(outdated.key) }));
      const ends = claims.map((claim, n) => {
        const pair = aPair({ opportunityId: idOfKey(claim.key), referralId: `0${n}a`, helpSent: "new" });
        return store.queue.finish(claim, {
          pair,
          audit: [{ ...entry, opportunityId: idOfKey(claim.key) }],
          next: { kind: "none" },
        });
      });
      const ended = await Promise.allSettled(ends);
      expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
      const stored = await Promise.all(claims.map(({ key }) => store.pairs.byOpportunity(idOfKey(key))));
      expect(stored.map((pair) => pair?.helpSent)).toEqual(["new", null, "new", "new"]);
      expect(stored[1]).toEqual(saved);
      const told = await Promise.all(claims.map(({ key }) => store.audit.newestFirst(idOfKey(key), 10)));
      expect(told.map((entries) => entries.length)).toEqual([1, 0, 1, 1]);
      expect((await store.queue.depth()).events).toBe(1);
    });

    test("[ST3] of pairs that name the same referral at the same moment one gets it", async () => {
      const store = await harness.open();
      const ids = ["01", "02", "03"];
      for (const id of ids) await put(store, id);
      const claims = await allClaims(store, ids.length);
      await Promise.all(
        claims.map((claim) => {
          const pair = aPair({ opportunityId: idOfKey(claim.key), referralId: "0a" });
          return store.queue.finish(claim, { pair, audit: [], next: { kind: "none" } });
        }),
      );
      expect(ids).toContain((await store.pairs.byReferral("0a"))?.opportunityId);
      for (const id of ids) expect(await store.pairs.byOpportunity(id)).toMatchObject({ referralId: "0a" });
    });
  });
}
