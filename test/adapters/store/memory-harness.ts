import { createMemoryStore } from "../../../sync-relay/src/adapters/store/memory-store";
import { createMemoryData } from "../../../sync-relay/src/adapters/store/memory/memory-data";
import type { Store } from "../../../sync-relay/src/adapters/store/store";
import type { StoreHarness } from "../../contract/store-harness";
import { createTestClock } from "./test-clock";

export async function memoryHarness(): Promise<StoreHarness> {
  const clock = createTestClock({ running: false });
  const data = createMemoryData();
  const stores: Store[] = [];
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    open: async ({ coalesceMs = 0, ...options } = {}) => {
      const store = createMemoryStore({ clock, data, coalesceMs, ...options });
      stores.push(store);
      return store;
    },
    now: () => clock.now(),
    async pass(ms) {
      clock.advance(ms);
      await settle();
    },
    settle,
    lookedForDeadWorkers: settle,
    async dispose() {
      await Promise.all(stores.map((store) => store.close()));
    },
  };
}
