// How fast a whole relay works a backlog off: thousands of pairs that are in step, one edit of a seller in each, read,
// merged, written to Partner Center and reported on the opportunity, with clouds that answer at once and after 50 ms. The
// limits of the clouds and the budgets towards them are lifted: they would set the pace. The simulated clouds have one processor core.

import { randomUUID } from "node:crypto";
import { must } from "../src/core/must";
import type { LoopbackClouds } from "../simulator/demo/loopback-clouds";
import { rounded, type Figure, type Suite, type SuiteOptions } from "./figure";
import { createKillableRelay, type KillableRelay } from "./processes/killable-relay";
import { createRawConnection } from "./raw-connection";
import { withClouds, withDataFolder } from "./relay-under-test";
import { changeOpportunity, makeSyncedPairs, referralHas, type SyncedPair } from "./synced-pairs";
import { untilQuiet } from "./upstream-calls";
import { waitUntil } from "./wait-until";
import { dataverseDeliveries, OPERATION_ID } from "./webhook-deliveries";

const PAIRS = 10_000;
const QUICK_PAIRS = 100;
/** So many are made at a time: each calls a webhook at once, and the relay takes no more connections than it has room for. */
const MADE_AT_ONCE = 200;
const CONNECTIONS = 16;
const LATENCIES_MS = [0, 50];
const FIRST_VALUE = 500_000;
/** The clouds share two cores with everything else, and a machine may be busy. */
const GIVE_UP_AFTER_MS = 15 * 60_000;
const NO_LIMITS = { dataverse: { requestsPerWindow: 1_000_000, concurrentRequests: 1_000 } };

export const wholeDrain: Suite = {
  prefix: "drain.",
  measure: (options) =>
    withDataFolder((dataFolder) =>
      withClouds(NO_LIMITS, async (clouds) => {
        const environment = { ...clouds.environment, COSELL_SWEEP_SECONDS: "86400" };
        const relay = createKillableRelay({ environment, dataFolder });
        await relay.start();
        try {
          clouds.callRelayAt(relay.url());
          return await measure({ clouds, relay }, options);
        } finally {
          await relay.stop();
        }
      }),
    ),
};

interface Parts {
  readonly clouds: LoopbackClouds;
  readonly relay: KillableRelay;
}

async function measure(parts: Parts, { quick, say }: SuiteOptions): Promise<readonly Figure[]> {
  const { clouds } = parts;
  const pairs: SyncedPair[] = [];
  const wanted = quick ? QUICK_PAIRS : PAIRS;
  while (pairs.length < wanted) {
    pairs.push(...(await makeSyncedPairs(clouds, Math.min(MADE_AT_ONCE, wanted - pairs.length))));
    say(`${pairs.length} pairs made`);
  }
  const figures: Figure[] = [];
  for (const [n, latencyMs] of LATENCIES_MS.entries()) {
    clouds.dataverse.settings.latencyMs = latencyMs;
    clouds.partnerCenter.settings.latencyMs = latencyMs;
    const seconds = await drain(parts, pairs, FIRST_VALUE + n);
    const value = rounded(pairs.length / seconds);
    figures.push({ name: `drain.upstream-${latencyMs}-ms`, value, unit: "pairs/s", samples: pairs.length });
    await untilQuiet(clouds);
  }
  return figures;
}

async function drain({ clouds, relay }: Parts, pairs: readonly SyncedPair[], value: number): Promise<number> {
  // The cloud would announce all edits in the same moment; here they come over a few connections.
  clouds.dataverse.faults.webhooks.enabled = false;
  for (const pair of pairs) changeOpportunity(clouds, pair, value);
  await clouds.dataverse.webhooks.idle();
  clouds.dataverse.faults.webhooks.enabled = true;
  const deliveries = await dataverseDeliveries(clouds, pairs);
  const startedMs = performance.now();
  const { hostname, port } = new URL(relay.url());
  let next = 0;
  const sender = async (): Promise<void> => {
    const connection = createRawConnection(hostname, Number(port));
    while (next < deliveries.length) {
      const delivery = must(deliveries[next], "there are deliveries");
      next += 1;
      await connection.post(delivery, delivery.body.replace(OPERATION_ID, randomUUID()));
    }
    connection.end();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sender));
  let done = 0;
  const haveArrived = (): boolean => {
    // Pairs are worked off roughly in order, so only the first that is missing is looked at.
    while (done < pairs.length && referralHas(clouds, must(pairs[done], "there are pairs"), value)) done += 1;
    return done === pairs.length;
  };
  await waitUntil("all edits have arrived", haveArrived, GIVE_UP_AFTER_MS);
  return (performance.now() - startedMs) / 1_000;
}
