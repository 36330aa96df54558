import { keysToReplay } from "../../sync-relay/src/operate/ask";
import { relayStatus, type StatusParts } from "../../sync-relay/src/operate/status";
import type { PairKey } from "../../sync-relay/src/core/event";
import { createWorld } from "../pipeline/world";

const HOUR_MS = 3_600_000;
const quiet: Pick<StatusParts, "queue" | "operator"> = {
  queue: { depth: () => Promise.resolve({ events: 0, oldestAgeMs: 0, dead: 0 }) },
  operator: { runningRelays: () => Promise.resolve(1), deadLetters: () => Promise.resolve([]) },
};

test("[OP4] the last sweep is when one ended, not when a deal last changed; one that failed is none", async () => {
  const world = createWorld();
  const lastSweepMs = async () => (await relayStatus({ ...quiet, pairs: world.store.pairs })).lastSweepMs;
  expect(await lastSweepMs()).toBeNull();
  await world.sweep();
  const first = world.clock.now();
  expect(await lastSweepMs()).toBe(first);
  await world.clock.advance(HOUR_MS);
  world.partnerCenter.fail({ on: "list", kind: "before-effect" });
  await expect(world.sweep()).rejects.toThrow();
  expect(await lastSweepMs()).toBe(first);
  await world.sweep();
  expect(await lastSweepMs()).toBe(first + HOUR_MS);
});

test("[OP6] however many deals are looked at again, their pairs are looked up some at a time", async () => {
  const world = createWorld();
  const keys = Array.from({ length: 1_700 }, (_, n): PairKey => `ref:deal-${n}`);
  let [underWay, most] = [0, 0];
  const byReferral = async (): Promise<null> => {
    most = Math.max(most, (underWay += 1));
    await new Promise(setImmediate);
    underWay -= 1;
    return null;
  };
  const found = await keysToReplay(
    {
      operator: { keysSince: () => Promise.resolve(keys), waitingOf: () => Promise.resolve(0) },
      random: world.parts.random,
      opportunities: { changedSince: () => Promise.resolve([]) },
      pairs: { byReferral },
      partnerCenter: { listChangedSince: () => Promise.resolve([]) },
    },
    0,
  );
  expect(found).toEqual(keys);
  expect(most).toBe(500);
});
