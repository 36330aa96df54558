import type { PairKey } from "../../sync-relay/src/core/event";
import type { Claim } from "../../sync-relay/src/ports/work-queue";
import type { Store } from "../../sync-relay/src/adapters/store/store";
import {
  anAuditEntry,
  anEvent,
  aPair,
  claimOne,
  claimSoon,
  deliveries,
  nothingMore,
  savedPair,
  uniqueId,
  type MakeHarness,
  type StoreHarness,
} from "./store-harness";

const HEARTBEAT_MS = 10_000;

const entry = anAuditEntry();

export function describeWorkQueueContract(name: string, make: MakeHarness): void {
  describe(`work queue: ${name}`, () => {
    let harness: StoreHarness;
    beforeEach(async () => (harness = await make()));
    afterEach(() => harness.dispose());

    const put = (store: Store, recordId: string, dedupeId = uniqueId()): Promise<void> =>
      store.inbox.put([{ event: anEvent({ recordId, dedupeId }) }]);
    const putReferral = (store: Store, recordId: string): Promise<void> =>
      store.inbox.put([{ event: anEvent({ source: "partner-center", kind: "referral-updated", recordId }) }]);

    test("[QU1] two replicas never hold the same key, and every event is dealt with once", async () => {
      const stores = [await harness.open(), await harness.open({ soleReplica: false })];
      const running = new Set<PairKey>();
      const dealtWith: string[] = [];
      let overlaps = 0;
      const work = async (store: Store, claim: Claim): Promise<void> => {
        if (running.has(claim.key)) overlaps++;
        running.add(claim.key);
        await harness.settle();
        dealtWith.push(...deliveries(claim));
        running.delete(claim.key);
        await store.queue.finish(claim, nothingMore);
      };
      const sent: string[] = [];
      const feed = async (store: Store): Promise<void> => {
        for (let n = 0; n < 40; n++) {
          const dedupeId = uniqueId();
          sent.push(dedupeId);
          await put(store, `0${n % 5}`, dedupeId);
        }
      };
      const drain = async (store: Store): Promise<void> => {
        while (dealtWith.length < 80) {
          await Promise.all((await store.queue.claim(3)).map((claim) => work(store, claim)));
          await harness.settle();
        }
      };
      await Promise.all([...stores.map(feed), ...stores.map(drain)]);
      expect(overlaps).toBe(0);
      expect([...dealtWith].sort()).toEqual([...sent].sort());
    });

    test("[QU1] a key that is held is not handed out, other keys are", async () => {
      const store = await harness.open();
      await put(store, "01");
      await claimOne(harness, store.queue);
      await put(store, "01");
      await put(store, "02");
      expect((await claimOne(harness, store.queue)).key).toBe("opp:02");
    });

    test("[QU2] events come in order of arrival", async () => {
      const store = await harness.open({ coalesceMs: 5_000 });
      const ids = Array.from({ length: 30 }, (_, n) => `delivery-${n}`);
      for (const id of ids.slice(0, 10)) await put(store, "01", id);
      await Promise.all(ids.slice(10).map((id) => put(store, "01", id)));
      await harness.settle();
      await harness.pass(5_000);
      const claim = await claimOne(harness, store.queue);
      expect(deliveries(claim)).toEqual(ids);
      expect(claim.events.every(({ receivedAtMs }) => Math.abs(receivedAtMs - harness.now()) < 60_000)).toBe(true);
    });

    test("[QU3] events that come during a run are handed out after it, and only they", async () => {
      const store = await harness.open();
      await put(store, "01", "first");
      const first = await claimOne(harness, store.queue);
      await put(store, "01", "second");
      await store.queue.finish(first, nothingMore);
      expect(deliveries(await claimOne(harness, store.queue))).toEqual(["second"]);
    });

    test("[QU4] a finished key is not handed out again", async () => {
      const store = await harness.open();
      await put(store, "01");
      await store.queue.finish(await claimOne(harness, store.queue), nothingMore);
      await harness.settle();
      await harness.pass(3_600_000);
      expect(await store.queue.claim(10)).toEqual([]);
    });

    test("[QU5] a later run comes at its time, with the events that were kept", async () => {
      const store = await harness.open();
      await put(store, "01", "kept");
      const claim = await claimOne(harness, store.queue);
      const next = { kind: "later", atMs: harness.now() + 120_000, keepEvents: true } as const;
      await store.queue.finish(claim, { pair: null, audit: [], next });
      await harness.pass(110_000);
      expect(await store.queue.claim(10)).toEqual([]);
      await harness.pass(10_000);
      expect(deliveries(await claimOne(harness, store.queue))).toEqual(["kept"]);
    });

    test("[QU5] a later run comes without events when they were not kept", async () => {
      const store = await harness.open();
      await put(store, "01");
      const next = { kind: "later", atMs: harness.now() + 120_000, keepEvents: false } as const;
      await store.queue.finish(await claimOne(harness, store.queue), { pair: null, audit: [], next });
      await harness.pass(120_000);
      expect((await claimOne(harness, store.queue)).events).toEqual([]);
    });

    test("[QU6] new events join a later run and do not pull it forward", async () => {
      const store = await harness.open();
      await put(store, "01", "before");
      const claim = await claimOne(harness, store.queue);
      await put(store, "01", "during");
      await harness.settle();
      const next = { kind: "later", atMs: harness.now() + 120_000, keepEvents: true } as const;
      await store.queue.finish(claim, { pair: null, audit: [], next });
      await put(store, "01", "after");
      await harness.settle();
      await harness.pass(60_000);
      expect(await store.queue.claim(10)).toEqual([]);
      await harness.pass(60_000);
      expect(deliveries(await claimOne(harness, store.queue))).toEqual(["before", "during", "after"]);
    });

    test("[QU7] moved events belong to the other key, which is woken at once", async () => {
      const store = await harness.open();
      await putReferral(store, "0a");
      const claim = await claimOne(harness, store.queue);
      await store.queue.finish(claim, { pair: null, audit: [], next: { kind: "moved", to: "opp:01" } });
      const moved = await claimOne(harness, store.queue);
      expect([moved.key, deliveries(moved)]).toEqual(["opp:01", deliveries(claim)]);
    });

    test("[QU8] events of a referral that a pair names go to the pair without a claim", async () => {
      const store = await harness.open();
      const own = await savedPair(harness, store, { referralId: "0a", microsoftReferralId: "0b" });
      await putReferral(store, "0a");
      await putReferral(store, "0B");
      await harness.settle();
      const claims: Claim[] = [];
      while (claims.flatMap(({ events }) => events).length < 2) {
        const claim = await claimOne(harness, store.queue);
        claims.push(claim);
        await store.queue.finish(claim, nothingMore);
      }
      expect(new Set(claims.map(({ key }) => key))).toEqual(new Set([`opp:${own.opportunityId}`]));
      expect(claims[0]?.pair).toEqual(own);
    });

    test("[QU8] a referral's key that is woken without any event leads to the pair that names it, at its time", async () => {
      const store = await harness.open();
      const pair = await savedPair(harness, store, { referralId: uniqueId() });
      await store.queue.wake([`ref:${pair.referralId ?? ""}`], 60_000);
      await harness.settle();
      expect(await store.queue.claim(10)).toEqual([]);
      await harness.pass(60_000);
      expect(await claimOne(harness, store.queue)).toMatchObject({ key: `opp:${pair.opportunityId}`, events: [] });
    });

    test("[QU9] each save grows the revision; a save on an old revision is refused with CS-1302", async () => {
      const store = await harness.open();
      await put(store, "01");
      const claim = await claimOne(harness, store.queue);
      const first = await store.queue.checkpoint(claim, aPair({ opportunityId: "01" }));
      const second = await store.queue.checkpoint(claim, { ...first, helpSent: "CS" });
      expect([first.revision, second.revision]).toEqual([1, 2]);
      await expect(store.queue.checkpoint(claim, first)).rejects.toMatchObject({ code: "CS-1302" });
      await expect(store.queue.checkpoint(claim, aPair({ opportunityId: "01" }))).rejects.toMatchObject({
        code: "CS-1302",
      });
      expect(await store.pairs.byOpportunity("01")).toEqual(second);
    });

    test("[QU9] the end of a run on an old revision changes nothing", async () => {
      const store = await harness.open();
      await put(store, "01", "delivery");
      const claim = await claimOne(harness, store.queue);
      const saved = await store.queue.checkpoint(claim, aPair({ opportunityId: "01" }));
      const old = { ...saved, revision: 0, helpSent: "lost" };
      const refused = store.queue.finish(claim, { pair: old, audit: [entry], next: { kind: "none" } });
      await expect(refused).rejects.toMatchObject({ code: "CS-1302" });
      expect(await store.pairs.byOpportunity("01")).toEqual(saved);
      expect(await store.audit.newestFirst("01", 10)).toEqual([]);
      expect((await store.queue.depth()).events).toBe(1);
      await store.queue.finish(claim, nothingMore);
      expect((await store.queue.depth()).events).toBe(0);
    });

    test("[QU10] the end of a run stores pair and audit trail, and the next claim sees them", async () => {
      const store = await harness.open();
      await put(store, "01");
      const pair = aPair({ opportunityId: "01", status: "synced" });
      const claim = await claimOne(harness, store.queue);
      await store.queue.finish(claim, { pair, audit: [entry], next: { kind: "none" } });
      await store.queue.wake(["opp:01"], 0);
      expect((await claimOne(harness, store.queue)).pair).toEqual({ ...pair, revision: 1 });
      expect(await store.audit.newestFirst("01", 10)).toEqual([entry]);
    });

    test("[QU11] the claim of a dead worker goes to another one, and the dead one can save nothing any more", async () => {
      const [dead, alive] = [await harness.open(), await harness.open({ soleReplica: false })];
      await put(dead, "01", "delivery");
      const lost = await claimOne(harness, dead.queue);
      await harness.pass(HEARTBEAT_MS + 1_000);
      const found = await claimOne(harness, alive.queue);
      expect([found.key, deliveries(found)]).toEqual(["opp:01", ["delivery"]]);
      const pair = aPair({ opportunityId: "01" });
      await expect(dead.queue.checkpoint(lost, pair)).rejects.toMatchObject({ code: "CS-1302" });
      await expect(dead.queue.finish(lost, nothingMore)).rejects.toMatchObject({ code: "CS-1302" });
      await alive.queue.finish(found, nothingMore);
      expect((await alive.queue.depth()).events).toBe(0);
    });

    test("[QU11] a worker that reports keeps its claim", async () => {
      const [one, two] = [await harness.open(), await harness.open({ soleReplica: false })];
      await put(one, "01");
      const claim = await claimOne(harness, one.queue);
      await harness.pass(HEARTBEAT_MS - 500);
      await one.queue.touch([claim]);
      await harness.pass(1_000);
      await harness.lookedForDeadWorkers();
      expect(await two.queue.claim(10)).toEqual([]);
      await one.queue.finish(claim, nothingMore);
    });

    test("[QU12] a relay that is alone takes up what it left behind at once", async () => {
      const before = await harness.open();
      await put(before, "01", "delivery");
      await claimOne(harness, before.queue);
      await before.close();
      const after = await harness.open({ soleReplica: true });
      expect((await after.queue.claim(10)).map(deliveries)).toEqual([["delivery"]]);
    });

    test("[QU13] a key that already waits keeps its time", async () => {
      const { queue } = await harness.open();
      await queue.wake(["opp:01"], 60_000);
      await queue.wake(["opp:01"], 0);
      await queue.wake(["opp:01"], 600_000);
      expect(await queue.claim(10)).toEqual([]);
      await harness.pass(60_000);
      expect((await claimOne(harness, queue)).key).toBe("opp:01");
    });

    test("[QU14] one name runs once at a time over all replicas, other names beside it", async () => {
      const [one, two] = [await harness.open(), await harness.open({ soleReplica: false })];
      const ran: string[] = [];
      const outer = await one.queue.exclusively("sweep", async () => {
        expect(await two.queue.exclusively("sweep", async () => void ran.push("second"))).toBe(false);
        expect(await one.queue.exclusively("sweep", async () => void ran.push("third"))).toBe(false);
        expect(await two.queue.exclusively("prune", async () => void ran.push("other"))).toBe(true);
      });
      expect([outer, ran]).toEqual([true, ["other"]]);
      expect(await two.queue.exclusively("sweep", async () => void ran.push("afterwards"))).toBe(true);
    });

    test("[QU14] what fails exclusively fails with its own reason, and frees the name", async () => {
      const { queue } = await harness.open();
      const reason = new Error("own reason");
      await expect(queue.exclusively("sweep", () => Promise.reject(reason))).rejects.toBe(reason);
      expect(await queue.exclusively("sweep", () => Promise.resolve())).toBe(true);
    });

    test("[QU15] depth tells how much waits, how old the oldest is, and how many pairs are dead", async () => {
      const store = await harness.open({ coalesceMs: 3_600_000 });
      await savedPair(harness, store, { deadBecause: "CS-1004" });
      expect(await store.queue.depth()).toEqual({ events: 0, oldestAgeMs: 0, dead: 1 });
      await put(store, "01");
      await harness.pass(60_000);
      await put(store, "02");
      const { events, oldestAgeMs } = await store.queue.depth();
      expect(events).toBe(2);
      expect(oldestAgeMs).toBeGreaterThanOrEqual(60_000);
      expect(oldestAgeMs).toBeLessThan(120_000);
    });

    test("[QU16] waiting for work ends when an event's window ends, when a run ends, and when the time is up", async () => {
      const store = await harness.open({ coalesceMs: 30_000 });
      const woken: string[] = [];
      const wait = (why: string): Promise<void> => store.queue.waitForWork(3_600_000).then(() => void woken.push(why));
      await store.queue.waitForWork(0);
      await put(store, "01");
      await harness.settle();
      const window = wait("window");
      await harness.settle();
      expect(woken).toEqual([]);
      await harness.pass(31_000);
      await window;
      const claim = await claimOne(harness, store.queue);
      const run = wait("run");
      await store.queue.finish(claim, nothingMore);
      await run;
      const time = wait("time");
      await harness.pass(3_600_001);
      await time;
      expect(woken).toEqual(["window", "run", "time"]);
    });

    test("[QU17] work that ends its worker twelve times in a row makes the pair a dead letter", async () => {
      let store = await harness.open();
      await put(store, "01");
      await claimOne(harness, store.queue);
      for (let death = 1; death < 12; death++) {
        await store.close();
        store = await harness.open({ soleReplica: true });
        await claimOne(harness, store.queue);
      }
      await store.close();
      store = await harness.open({ soleReplica: true });
      expect(await store.queue.claim(10)).toEqual([]);
      expect(await store.pairs.byOpportunity("01")).toMatchObject({
        deadBecause: "CS-1501",
        status: "needs-attention",
      });
      expect(await store.audit.newestFirst("01", 1)).toMatchObject([{ result: "failed", reason: "CS-1501" }]);
      expect(await store.queue.depth()).toMatchObject({ events: 0, dead: 1 });
    });

    test("[QU18] a flood on one key is handed out in parts, in order", async () => {
      const store = await harness.open({ coalesceMs: 1_000 });
      await store.inbox.put(Array.from({ length: 1_500 }, () => ({ event: anEvent({ recordId: "01" }) })));
      await harness.settle();
      await harness.pass(1_000);
      const first = await claimOne(harness, store.queue);
      await store.queue.finish(first, nothingMore);
      const second = await claimOne(harness, store.queue);
      const seqs = [...first.events, ...second.events].map(({ seq }) => Number(seq));
      expect([first.events.length, second.events.length]).toEqual([1_000, 500]);
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    });

    test("[QU19] no more claims are handed out than asked for", async () => {
      const store = await harness.open();
      for (const id of ["01", "02", "03"]) await put(store, id);
      await harness.settle();
      expect(await store.queue.claim(0)).toEqual([]);
      const two = await claimSoon(harness, store.queue, 2);
      const rest = await claimSoon(harness, store.queue, 2);
      expect([...two, ...rest].map(({ key }) => key).sort()).toEqual(["opp:01", "opp:02", "opp:03"]);
    });
  });
}
