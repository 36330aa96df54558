import type { PairKey } from "../../../sync-relay/src/core/event";
import { createWakes } from "../../../sync-relay/src/adapters/store/postgres/wakes";
import { silentLog } from "./postgres-harness";
import { createTestClock } from "./test-clock";

/** Wake-ups of a window of a second, with what was woken and when it is due after the start. */
function arrange() {
  const clock = createTestClock({ running: false });
  const startMs = clock.now();
  const woken: { readonly keys: readonly PairKey[]; readonly dueMs: number }[] = [];
  const wakes = createWakes({
    jobs: {
      wake: async (keys, delayMs) => void woken.push({ keys: [...keys], dueMs: clock.now() + delayMs - startMs }),
    },
    signal: { kickIn: () => undefined },
    clock,
    log: silentLog,
    coalesceMs: 1_000,
  });
  /** Lets time pass, and all that is due then happen. */
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { wakes, woken, clock, pass };
}

test("[IN4] keys that come within a twentieth of the window are woken together, when the window of the first ends", async () => {
  const { wakes, woken, pass } = arrange();
  wakes.add(["opp:a"]);
  await pass(49);
  wakes.add(["opp:b", "opp:a"]);
  expect(woken).toEqual([]);
  await pass(1);
  expect(woken).toEqual([{ keys: ["opp:a", "opp:b"], dueMs: 1_000 }]);
});

test("[IN4] a clock that is set back while keys are gathered makes their window no longer", async () => {
  const { wakes, woken, clock } = arrange();
  wakes.add(["opp:a"]);
  clock.advance(-3_600_000);
  await wakes.idle();
  expect(woken).toEqual([{ keys: ["opp:a"], dueMs: 1_000 - 3_600_000 }]);
});

test("[IN4] a delivery that brings nothing new, at a moment of rest, keeps no later key from being woken", async () => {
  const { wakes, woken, pass } = arrange();
  wakes.add(["opp:a"]);
  await pass(50);
  wakes.add([]);
  wakes.add(["opp:b"]);
  await pass(50);
  expect(woken.map(({ keys }) => keys)).toEqual([["opp:a"], ["opp:b"]]);
});

test("[QU16] before the store is closed, what was gathered is woken at once", async () => {
  const { wakes, woken } = arrange();
  wakes.add([]);
  wakes.add(["opp:a"]);
  await wakes.idle();
  expect(woken).toEqual([{ keys: ["opp:a"], dueMs: 1_000 }]);
});
