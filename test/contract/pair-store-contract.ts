import type { Pair } from "../../sync-relay/src/core/pair";
import type { Store } from "../../sync-relay/src/adapters/store/store";
import { anOpportunity, aReferral } from "../support/builders";
import {
  anAuditEntry,
  aPair,
  claimOne,
  nothingMore,
  savedPair,
  uniqueId,
  type MakeHarness,
  type StoreHarness,
} from "./store-harness";

export function describePairStoreContract(name: string, make: MakeHarness): void {
  describe(`pair store: ${name}`, () => {
    let harness: StoreHarness;
    let store: Store;
    beforeEach(async () => {
      harness = await make();
      store = await harness.open();
    });
    afterEach(() => harness.dispose());

    const saved = (fields: Partial<Pair>): Promise<Pair> => savedPair(harness, store, fields);

    test("[ST1] a pair comes back as it was saved, also after the store was opened again", async () => {
      const pair = await saved(richPair());
      expect(await store.pairs.byOpportunity(pair.opportunityId.toUpperCase())).toEqual(pair);
      await store.close();
      store = await harness.open();
      expect(await store.pairs.byOpportunity(pair.opportunityId)).toEqual(pair);
      expect(await store.pairs.byOpportunity("unknown")).toBeNull();
    });

    test("[ST2] a pair is found by its own referral, by Microsoft's and by the engagement", async () => {
      const pair = await saved({ referralId: "0a", microsoftReferralId: "0b", engagementId: "0e" });
      const found = await Promise.all([
        store.pairs.byReferral("0A"),
        store.pairs.byReferral("0b"),
        store.pairs.byEngagement("0e"),
      ]);
      expect(found).toEqual([pair, pair, pair]);
      expect(await store.pairs.byReferral("0c")).toBeNull();
      expect(await store.pairs.byEngagement("0f")).toBeNull();
    });

    test("[ST3] a referral that a pair lets go no longer leads to it", async () => {
      const pair = await saved({ referralId: "0a" });
      await saved({ ...pair, referralId: "0b" });
      expect(await store.pairs.byReferral("0a")).toBeNull();
      expect((await store.pairs.byReferral("0b"))?.opportunityId).toBe(pair.opportunityId);
    });

    test("[ST3] a referral stays with the first pair that names it", async () => {
      const first = await saved({ referralId: "0a" });
      await saved({ referralId: "0a" });
      expect((await store.pairs.byReferral("0a"))?.opportunityId).toBe(first.opportunityId);
    });

    test("[ST4] the sweep learns which versions of opportunities were seen", async () => {
      const [known, unread] = [await saved({ crm: anOpportunity({ version: "W/7" }) }), await saved({})];
      const seen = await store.pairs.seenVersions([known.opportunityId.toUpperCase(), unread.opportunityId, "other"]);
      expect(seen).toEqual(
        new Map([
          [known.opportunityId, "W/7"],
          [unread.opportunityId, null],
        ]),
      );
      expect(await store.pairs.seenVersions([])).toEqual(new Map());
    });

    test("[ST4] the sweep learns which opportunities were seen and are not known to be gone", async () => {
      expect(await store.pairs.seenOpportunities()).toEqual([]);
      const [known, gone] = [
        await saved({ crm: anOpportunity({ version: "W/7" }) }),
        await saved({ crm: anOpportunity({ version: "W/8" }) }),
      ];
      await saved({ crm: null });
      await saved({ ...gone, crm: null, opportunityGone: true });
      expect(await store.pairs.seenOpportunities()).toEqual([known.opportunityId]);
    });

    test("[ST16] the referrals that name an opportunity are told, the one that changed last first", async () => {
      const [mine, other] = [uniqueId(), uniqueId()];
      const [first, second] = [uniqueId(), uniqueId()];
      await store.pairs.noteNames([
        { referralId: second, opportunityId: mine, updatedAt: "2026-11-02T00:00:00.1000000Z" },
        { referralId: first, opportunityId: mine, updatedAt: "2026-11-01T00:00:00Z" },
      ]);
      expect(await store.pairs.referralsNaming(mine.toUpperCase())).toEqual([second, first]);
      await store.pairs.noteNames([{ referralId: first, opportunityId: mine, updatedAt: "2026-11-03T00:00:00Z" }]);
      expect(await store.pairs.referralsNaming(mine)).toEqual([first, second]);
      await store.pairs.noteNames([{ referralId: first, opportunityId: other, updatedAt: "2026-11-04T00:00:00Z" }]);
      await store.pairs.noteNames([]);
      await store.close();
      store = await harness.open();
      expect(await store.pairs.referralsNaming(mine)).toEqual([second]);
      expect(await store.pairs.referralsNaming(other)).toEqual([first]);
      expect(await store.pairs.referralsNaming(uniqueId())).toEqual([]);
    });

    test("[ST5] the sweep learns how new the referrals seen are, by own and by Microsoft's id", async () => {
      const [own, microsofts] = ["2026-11-01T00:00:00.1234567Z", "2026-11-02T00:00:00Z"];
      const pair = await saved({
        referralId: "0a",
        microsoftReferralId: "0b",
        partnerCenter: aReferral({ updatedAt: own }),
        microsoft: { updatedAt: "2026-10-01T00:00:00Z", crmId: null, shownStatus: "New" },
      });
      await saved({ ...pair, microsoft: { updatedAt: microsofts, crmId: null, shownStatus: "Active" } });
      await saved({ referralId: "0c", microsoftReferralId: "0e" });
      expect(await store.pairs.seenReferrals(["0A", "0b", "0c", "0d", "0e"])).toEqual(
        new Map([
          ["0a", own],
          ["0b", microsofts],
          ["0c", null],
          ["0e", null],
        ]),
      );
    });

    test("[ST6] pairs are counted by sync status, with zero for none", async () => {
      for (const status of ["synced", "synced", "waiting"] as const) await saved({ status });
      expect(await store.pairs.counts()).toEqual({
        "not-shared": 0,
        waiting: 1,
        synced: 2,
        retrying: 0,
        "needs-attention": 0,
        closed: 0,
      });
    });

    test("[ST14] creates of which nobody knows whether they happened are counted", async () => {
      const intent = {
        kind: "create-referral",
        requestId: "r",
        startedAtMs: 1,
        payload: {},
        values: {},
        lookedUpAtMs: [],
      } as const;
      await saved({ intent: { ...intent, sentAtMs: 1 } });
      await saved({ intent: { ...intent, sentAtMs: null } });
      await saved({ intent: null });
      expect(await store.pairs.inDoubt()).toBe(1);
    });

    test("[ST15] pairs that wait for a resume are told with their directions, whatever texts they hold", async () => {
      const out = await saved({ paused: ["crm-to-partner-center"], engagementId: 'a "quoted" \u0000 text' });
      const both = await saved({ paused: ["crm-to-partner-center", "partner-center-to-crm"] });
      await saved({ paused: [], deadBecause: '"paused"' });
      const told = await store.pairs.pausedPairs();
      expect(told).toHaveLength(2);
      expect(told).toEqual(
        expect.arrayContaining(
          [out, both].map(({ opportunityId, revision, paused }) => ({ opportunityId, revision, directions: paused })),
        ),
      );
    });

    test("[ST7] facts outlive the store, and the last value counts", async () => {
      expect(await store.pairs.fact("sweep.position")).toBeNull();
      await store.pairs.setFact("sweep.position", "first");
      await store.pairs.setFact("sweep.position", "second");
      await store.close();
      store = await harness.open();
      expect(await store.pairs.fact("sweep.position")).toBe("second");
    });

    test("[ST8] the audit trail of an opportunity is read newest first, as much as asked for", async () => {
      const { opportunityId } = await saved({});
      for (const action of ["one", "two", "three"]) {
        await store.queue.wake([`opp:${opportunityId}`], 0);
        const claim = await claimOne(harness, store.queue);
        await store.queue.finish(claim, { ...nothingMore, audit: [anAuditEntry({ opportunityId, action })] });
      }
      const actions = (await store.audit.newestFirst(opportunityId, 2)).map(({ action }) => action);
      expect(actions).toEqual(["three", "two"]);
    });

    test("[ST9] redriving frees dead letters, gives them a fresh count and runs them at once", async () => {
      const dead = await saved({ deadBecause: "CS-1104", failures: 9, status: "needs-attention" });
      await saved({ failures: 3 });
      await store.queue.wake([`opp:${dead.opportunityId}`], 3_600_000);
      expect(await store.redrive({ kind: "all" })).toBe(1);
      const claim = await claimOne(harness, store.queue);
      expect(claim.pair).toEqual({ ...dead, deadBecause: null, failures: 0, revision: dead.revision + 1 });
      expect(claim.events.map(({ event }) => event.source)).toEqual(["redrive"]);
      expect((await store.queue.depth()).dead).toBe(0);
    });

    test("[ST9] redriving takes only the dead letters that were asked for", async () => {
      const one = await saved({ deadBecause: "CS-1104" });
      await saved({ deadBecause: "CS-1004" });
      await saved({ deadBecause: "CS-1004" });
      expect(await store.redrive({ kind: "opportunities", opportunityIds: [one.opportunityId.toUpperCase()] })).toBe(1);
      expect(await store.redrive({ kind: "because", code: "CS-1104" })).toBe(0);
      expect(await store.redrive({ kind: "because", code: "CS-1004" })).toBe(2);
    });

    test("[ST9] a worker with the old state cannot bring a redriven dead letter back", async () => {
      const dead = await saved({ deadBecause: "CS-1104" });
      await store.queue.wake([`opp:${dead.opportunityId}`], 0);
      const claim = await claimOne(harness, store.queue);
      await store.redrive({ kind: "all" });
      const late = store.queue.finish(claim, { ...nothingMore, pair: { ...dead, helpSent: "x" } });
      await expect(late).rejects.toMatchObject({ code: "CS-1302" });
    });

    test("[ST10] events can be stored in an open store, not in a closed one", async () => {
      expect(await store.storing()).toBe("possible");
      await store.close();
      expect(await store.storing()).toBe("impossible");
    });

    test("[ST11] texts that a database dislikes are kept in a pair", async () => {
      const name = "zero \u0000 and \ud83d\ude00";
      const pair = await saved({ fields: { "details/name": { crm: name, partnerCenter: name, decided: name } } });
      expect(await store.pairs.byOpportunity(pair.opportunityId)).toEqual(pair);
    });
  });
}

function richPair(): Pair {
  return aPair({
    referralId: uniqueId(),
    engagementId: uniqueId(),
    microsoftReferralId: uniqueId(),
    fields: { "details/dealValue": { crm: 12.5, partnerCenter: null, decided: { amount: [1, "two"] } } },
    crm: anOpportunity({ version: 'W/"123"' }),
    partnerCenter: aReferral({ updatedAt: "2026-11-20T10:11:12.1234567Z" }),
    unconfirmedCrm: { version: "1", candidates: [{ "details/name": "ü" }] },
    intent: {
      kind: "create-referral",
      requestId: uniqueId(),
      startedAtMs: 1_700_000_000_123,
      sentAtMs: null,
      payload: { name: "Contoso" },
      values: {},
      lookedUpAtMs: [1, 2],
    },
    helpSent: "CoSell",
    held: [{ field: "details/name", because: "closed" }],
    status: "retrying",
    opportunityGone: true,
    failures: 2,
    deadBecause: "CS-1401",
  });
}
