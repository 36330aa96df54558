import { createMemoryStore } from "../../sync-relay/src/adapters/store/memory-store";
import { RelayError } from "../../sync-relay/src/core/errors";
import { createDispatcher } from "../../sync-relay/src/pipeline/dispatch";
import { createPeriodic } from "../../sync-relay/src/pipeline/periodic";
import type { SyncParts } from "../../sync-relay/src/pipeline/sync-parts";
import type { CrmRead } from "../../sync-relay/src/ports/crm";
import type { WorkQueue } from "../../sync-relay/src/ports/work-queue";
import { anEvent } from "../support/builders";
import { createWorld } from "./world";

const opportunityId = (n: number): string => `0a000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

/** A dispatcher on a world whose CRM answers a read only when told. */
function createOffice(options: { parallel: number; queue?: Partial<WorkQueue> }) {
  const world = createWorld();
  const store = createMemoryStore({ clock: world.clock, coalesceMs: 0 });
  const waiting: (() => void)[] = [];
  let most = 0;
  let now = 0;
  const read = async (): Promise<CrmRead> => {
    most = Math.max(most, (now += 1));
    await new Promise<void>((resolve) => waiting.push(resolve));
    now -= 1;
    return { kind: "missing" };
  };
  const parts: SyncParts = {
    ...world.parts,
    crm: { ...world.crm, read },
    queue: { ...store.queue, ...options.queue },
    pairs: store.pairs,
  };
  const dispatcher = createDispatcher(parts, { parallel: options.parallel });
  return {
    world,
    store,
    dispatcher,
    mostAtOnce: () => most,
    begun: () => waiting.length,
    answerAll: () => waiting.splice(0).forEach((answer) => answer()),
    put: (count: number) =>
      store.inbox.put(
        Array.from({ length: count }, (_, n) => ({
          event: anEvent({ recordId: opportunityId(n), dedupeId: `delivery-${n}` }),
        })),
      ),
  };
}

test("[DI1] no more pairs are worked on at once than allowed, and every one gets its turn", async () => {
  const office = createOffice({ parallel: 3 });
  await office.put(8);
  void office.dispatcher.run();
  for (let n = 0; n < 10; n += 1) {
    await office.world.clock.advance(100);
    office.answerAll();
  }
  await office.world.clock.advance(100);
  expect(office.mostAtOnce()).toBe(3);
  expect(await office.store.queue.depth()).toMatchObject({ events: 0 });
});

test("[DI2] stopping takes no more work and waits for what runs", async () => {
  const office = createOffice({ parallel: 2 });
  await office.put(4);
  void office.dispatcher.run();
  await office.world.clock.advance(100);
  let stopped = false;
  const stop = office.dispatcher.stop().then(() => (stopped = true));
  await office.world.clock.advance(5_000);
  expect(stopped).toBe(false);
  expect(office.dispatcher.active()).toBe(2);
  office.answerAll();
  await office.world.clock.advance(5_000);
  await stop;
  expect(office.begun()).toBe(0);
  expect(office.dispatcher.active()).toBe(0);
  expect(await office.store.queue.depth()).toMatchObject({ events: 2 });
});

test("[DI3] a queue that cannot be reached is asked again, and work goes on when it is back", async () => {
  let away = 3;
  const office = createOffice({
    parallel: 2,
    queue: {
      claim: (free) => {
        away -= 1;
        return away >= 0 ? Promise.reject(new RelayError("CS-1301")) : office.store.queue.claim(free);
      },
    },
  });
  await office.put(1);
  void office.dispatcher.run();
  for (let n = 0; n < 10; n += 1) {
    await office.world.clock.advance(500);
    office.answerAll();
  }
  expect(await office.store.queue.depth()).toMatchObject({ events: 0 });
  expect(office.world.logged.map(({ message }) => message)).toContain("the queue cannot be reached");
});

test("[DI4] work that takes long is confirmed again and again, also when a confirmation fails", async () => {
  const confirmed: number[] = [];
  const office = createOffice({
    parallel: 2,
    queue: {
      touch: async (claims) => {
        confirmed.push(claims.length);
        if (confirmed.length === 2) throw new RelayError("CS-1301");
        await office.store.queue.touch(claims);
      },
    },
  });
  await office.put(1);
  void office.dispatcher.run();
  for (let n = 0; n < 30; n += 1) await office.world.clock.advance(1_000);
  expect(confirmed.length).toBeGreaterThanOrEqual(9);
  expect(new Set(confirmed)).toEqual(new Set([1]));
  // Longer than a heartbeat, and still nobody else was given the pair.
  expect(await office.store.queue.claim(5)).toEqual([]);
});

test("[DI6] the end of a run that the store cannot take for minutes is stored later, and is no death of a worker", async () => {
  const tried = { times: 0 };
  let hasRoom = false;
  const office = createOffice({
    parallel: 1,
    queue: {
      finish: (claim, result) => {
        tried.times += 1;
        return hasRoom ? office.store.queue.finish(claim, result) : Promise.reject(new RelayError("CS-1301"));
      },
    },
  });
  await office.put(1);
  void office.dispatcher.run();
  for (let n = 0; n < 300; n += 1) {
    await office.world.clock.advance(1_000);
    office.answerAll();
  }
  expect(tried.times).toBeGreaterThan(100);
  hasRoom = true;
  await office.world.clock.advance(2_000);
  expect(await office.store.queue.depth()).toMatchObject({ events: 0, dead: 0 });
  const told = office.world.logged.filter(({ message }) => message === "a run could not be ended");
  expect(told).toHaveLength(1);
});

test("[DI6] the end of a run that the store would never take is not tried again", async () => {
  const tried = { times: 0 };
  const office = createOffice({
    parallel: 1,
    queue: {
      finish: () => {
        tried.times += 1;
        return Promise.reject(new RelayError("CS-1901"));
      },
    },
  });
  await office.put(1);
  void office.dispatcher.run();
  for (let n = 0; n < 5; n += 1) {
    await office.world.clock.advance(1_000);
    office.answerAll();
  }
  expect(tried.times).toBe(1);
  expect(office.dispatcher.active()).toBe(0);
});

test("[DI5] periodic work begins at once, is done again after each pause, outlives its failures and stops", async () => {
  const { clock, parts } = createWorld();
  const done: number[] = [];
  const startedMs = clock.now();
  const stopping = new AbortController();
  const loop = createPeriodic({
    name: "sweep",
    everyMs: 60_000,
    clock,
    log: parts.log,
    work: async () => {
      done.push(clock.now() - startedMs);
      await Promise.resolve();
      if (done.length === 2) throw new RelayError("CS-1101");
    },
  });
  const running = loop.run(stopping.signal);
  await clock.advance(0);
  await clock.advance(130_000);
  expect(done).toEqual([0, 60_000, 120_000]);
  stopping.abort();
  await running;
  await clock.advance(130_000);
  expect(done).toHaveLength(3);
});
