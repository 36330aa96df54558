import { join } from "node:path";
import { createKillableRelay } from "../../sync-relay/bench/processes/killable-relay";
import { proveInbox } from "../../sync-relay/bench/processes/inbox-proof";
import { createOrderedSenders } from "../../sync-relay/bench/processes/ordered-senders";
import { makeSyncedPairs } from "../../sync-relay/bench/synced-pairs";
import { startLoopbackClouds } from "../../sync-relay/simulator/demo/loopback-clouds";
import { compiledEntry } from "../end-to-end/compiled-entry";
import { untilHolds } from "../end-to-end/until-holds";
import { makeSmallDisk } from "./small-disk";

const disk = makeSmallDisk();
/** A container may keep even root from mounting. */
const testAsRoot = disk === null ? test.skip : test;

jest.setTimeout(400_000);
afterAll(() => disk?.remove());

const NO_ROOM = "The database has no room left on its disk (CS-1301).";

testAsRoot(
  "[PR5] on a full disk webhooks are answered 503 and the relay is not ready; once there is room it is, they are taken again, and nothing was lost",
  async () => {
    if (disk === null) return;
    const clouds = await startLoopbackClouds();
    const environment = { ...clouds.environment, COSELL_COALESCE_MS: "60", COSELL_SWEEP_SECONDS: "86400" };
    const dataFolder = join(disk.folder, "data");
    const relay = createKillableRelay({ environment, dataFolder, entry: compiledEntry("src/main.js") });
    await relay.start();
    try {
      clouds.callRelayAt(relay.url());
      const senders = await createOrderedSenders(clouds, await makeSyncedPairs(clouds, 8));
      senders.start({ url: relay.url });
      await untilHolds(() => expect(senders.acknowledged.length).toBeGreaterThan(20));
      disk.fill();
      await untilHolds(() => expect(senders.failed.length).toBeGreaterThan(20), 120_000);
      expect(new Set(senders.failed)).toEqual(new Set(["answered 503"]));
      await senders.stop();
      expect(await storeCheck(relay.url())).toEqual({ status: 503, store: { ok: false, problem: NO_ROOM } });
      const before = senders.acknowledged.length;
      disk.free();
      expect(await storeCheck(relay.url())).toEqual({ status: 200, store: { ok: true } });
      senders.start({ url: relay.url });
      await untilHolds(() => expect(senders.acknowledged.length).toBeGreaterThan(before + 20), 120_000);
      await senders.stop();
      const proof = await proveInbox(await relay.connection(), senders.acknowledged);
      expect(proof).toMatchObject({ lost: [], waiting: [], outOfOrder: [] });
    } finally {
      await relay.stop();
      await clouds.close();
    }
  },
);

interface StoreCheck {
  readonly status: number;
  readonly store: unknown;
}

async function storeCheck(url: string): Promise<StoreCheck> {
  const answer = await fetch(`${url}/readyz`);
  const { checks } = (await answer.json()) as { readonly checks: { readonly store: unknown } };
  return { status: answer.status, store: checks.store };
}
