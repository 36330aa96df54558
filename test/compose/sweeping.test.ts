import { createMemoryData } from "../../sync-relay/src/adapters/store/memory/memory-data";
import { createMemoryStore } from "../../sync-relay/src/adapters/store/memory-store";
import { createSweeping } from "../../sync-relay/src/compose/sweeping";
import { SWEEP_ENDED_AT } from "../../sync-relay/src/pipeline/sweep-positions";
import { createVirtualClock } from "../support/virtual-clock";

/** Two replicas on one store, with a look that ends when it is told. */
function arrange() {
  const clock = createVirtualClock();
  const data = createMemoryData();
  const endings: (() => void)[] = [];
  const replica = () => {
    const { queue, pairs } = createMemoryStore({ clock, data, coalesceMs: 0, soleReplica: false });
    const look = async () => {
      await new Promise<void>((ended) => endings.push(ended));
      await pairs.setFact(SWEEP_ENDED_AT, String(clock.now()));
    };
    return createSweeping({ queue, pairs, clock, look });
  };
  return { clock, one: replica(), two: replica(), endAll: () => endings.splice(0).forEach((end) => end()) };
}

test("[SW18] a sweep of another replica counts once it has ended", async () => {
  const { clock, one, two, endAll } = arrange();
  const first = one.sweepNow();
  await clock.advance(1_000);
  endAll();
  await first;
  const endedMs = clock.now();
  expect(one.lastSweepMs()).toBe(endedMs);
  const second = one.sweepNow();
  await clock.advance(1_000);
  await two.sweepNow();
  expect(two.lastSweepMs()).toBe(endedMs);
  endAll();
  await second;
});

test("[SW18] a sweep that never ends, on a replica that is gone or not, is no sweep for any replica", async () => {
  const { clock, one, two, endAll } = arrange();
  const own = two.sweepNow();
  await clock.advance(0);
  endAll();
  await own;
  const endedMs = clock.now();
  void one.sweepNow();
  for (let n = 0; n < 5; n += 1) {
    await clock.advance(300_000);
    await two.sweepNow();
  }
  expect([one.lastSweepMs(), two.lastSweepMs()]).toEqual([null, endedMs]);
});
