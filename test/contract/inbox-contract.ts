import { pairKeyOf } from "../../sync-relay/src/core/event";
import { anEvent, claimOne, deliveries, nothingMore, type MakeHarness, type StoreHarness } from "./store-harness";

const DAY_MS = 24 * 3_600_000;

export function describeInboxContract(name: string, make: MakeHarness): void {
  describe(`inbox: ${name}`, () => {
    let harness: StoreHarness;
    beforeEach(async () => (harness = await make()));
    afterEach(() => harness.dispose());

    test("[IN1] putting the same delivery twice stores it once", async () => {
      const { inbox, queue } = await harness.open();
      const event = anEvent();
      await inbox.put([{ event }, { event }]);
      await inbox.put([{ event: { ...event, correlationId: "another" } }]);
      expect((await claimOne(harness, queue)).events).toHaveLength(1);
    });

    test("[IN1] the same delivery at the same time on two replicas is stored once", async () => {
      const [one, two] = [await harness.open(), await harness.open({ soleReplica: false })];
      const events = Array.from({ length: 20 }, () => anEvent({ recordId: "0a" }));
      const entries = events.map((event) => ({ event }));
      await Promise.all([one.inbox.put(entries), two.inbox.put([...entries].reverse())]);
      expect((await one.queue.depth()).events).toBe(20);
    });

    test("[IN10] the arrival of a key's newest event is remembered, worked off or not", async () => {
      const store = await harness.open();
      const event = anEvent({ recordId: "0b" });
      expect(await store.lastReceivedMs(pairKeyOf(event))).toBeNull();
      await store.inbox.put([{ event }]);
      const at = (await store.lastReceivedMs(pairKeyOf(event))) ?? 0;
      expect(Math.abs(at - harness.now())).toBeLessThan(5_000);
    });

    test("[IN1] the same id from another source is another delivery", async () => {
      const { inbox, queue } = await harness.open();
      await inbox.put([{ event: anEvent({ dedupeId: "7" }) }]);
      await inbox.put([{ event: anEvent({ dedupeId: "7", source: "sweep" }) }]);
      expect((await queue.depth()).events).toBe(2);
    });

    test("[IN2] an event is still there after the store was closed and opened again", async () => {
      const event = anEvent({ changedAt: "2026-11-20T10:00:00Z", ownWrite: true });
      const before = await harness.open();
      await before.inbox.put([{ event }]);
      await before.close();
      const after = await harness.open();
      expect((await claimOne(harness, after.queue)).events[0]?.event).toEqual(event);
    });

    test("[IN3] an unverified event comes back with the request, byte for byte", async () => {
      const { inbox, queue } = await harness.open();
      const rawBody = new Uint8Array([0, 255, 10, 123, 128]);
      const unverified = { path: "/webhooks/partner-center", headers: { authorization: "Signature x" }, rawBody };
      await inbox.put([{ event: anEvent(), unverified }]);
      expect((await claimOne(harness, queue)).events[0]?.unverified).toEqual(unverified);
    });

    test("[IN4] a burst within the coalescing window is one run, after the window", async () => {
      const { inbox, queue } = await harness.open({ coalesceMs: 60_000 });
      const events = ["a", "b", "c"].map((dedupeId) => anEvent({ recordId: "01", dedupeId }));
      for (const event of events) await inbox.put([{ event }]);
      await harness.settle();
      expect(await queue.claim(10)).toEqual([]);
      await harness.pass(60_000);
      expect(deliveries(await claimOne(harness, queue))).toEqual(["a", "b", "c"]);
    });

    test("[IN4] later events of a burst do not put the run off", async () => {
      const { inbox, queue } = await harness.open({ coalesceMs: 60_000 });
      await inbox.put([{ event: anEvent({ recordId: "01" }) }]);
      await harness.settle();
      await harness.pass(40_000);
      await inbox.put([{ event: anEvent({ recordId: "01" }) }]);
      await harness.settle();
      await harness.pass(20_000);
      expect((await claimOne(harness, queue)).events).toHaveLength(2);
    });

    test("[IN5] a closed store refuses events with CS-1301", async () => {
      const store = await harness.open();
      await store.close();
      await expect(store.inbox.put([{ event: anEvent() }])).rejects.toMatchObject({ code: "CS-1301" });
    });

    test("[IN6] texts that a database dislikes are stored, and do not keep others from being stored", async () => {
      const { inbox, queue } = await harness.open();
      const odd = ["zero \u0000 character", "half a pair \ud83d", `long ${"x".repeat(20_000)}`];
      const events = odd.map((text) => anEvent({ recordId: "0b", dedupeId: text, correlationId: text }));
      await Promise.all([...events, anEvent({ recordId: "0b" })].map((event) => inbox.put([{ event }])));
      await inbox.put(events.map((event) => ({ event })));
      const stored = (await claimOne(harness, queue)).events.map(({ event }) => event);
      expect(stored).toHaveLength(4);
      expect(stored.map(({ correlationId }) => correlationId)).toEqual(expect.arrayContaining([odd[0], odd[2]]));
    });

    test("[IN7] a delivery that was dealt with is still recognised six days later", async () => {
      const { inbox, queue } = await harness.open();
      const event = anEvent();
      await inbox.put([{ event }]);
      await queue.finish(await claimOne(harness, queue), nothingMore);
      await harness.pass(6 * DAY_MS);
      await inbox.put([{ event }]);
      expect((await queue.depth()).events).toBe(0);
    });

    test("[IN8] nothing at all is put without a fuss", async () => {
      const { inbox, queue } = await harness.open();
      await inbox.put([]);
      expect((await queue.depth()).events).toBe(0);
    });
  });
}
