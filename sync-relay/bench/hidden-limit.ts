// How much of a limit that Partner Center keeps to itself is used, and how many requests it refuses: with more edits than
// the limit lets through, the relay has to find it. In the tests the same is done for ten limits, in simulated hours.

import { setTimeout as pause } from "node:timers/promises";
import { must } from "../src/core/must";
import type { LoopbackClouds } from "../simulator/demo/loopback-clouds";
import { rounded, type Figure, type Suite, type SuiteOptions } from "./figure";
import { withRelay } from "./relay-under-test";
import { changeOpportunity, makeSyncedPairs } from "./synced-pairs";

const LIMIT = { capacity: 20, refillPerSecond: 4 };
const PAIRS = 60;
/** Every pair is changed again before its turn comes. */
const EDIT_EVERY_MS = 100;
const WARM_UP_S = 90;
const MEASURE_S = 240;
const QUICK_S = 10;
const FIRST_VALUE = 100_001;
const REFUSED = 429;

export const hiddenLimit: Suite = {
  prefix: "limit.",
  measure: (options) => withRelay({ latencyMs: 50 }, ({ clouds }) => measure(clouds, options)),
};

async function measure(clouds: LoopbackClouds, { quick }: SuiteOptions): Promise<readonly Figure[]> {
  const pairs = await makeSyncedPairs(clouds, PAIRS);
  const { settings, requests } = clouds.partnerCenter;
  settings.rateLimit = LIMIT;
  let edits = 0;
  const editing = setInterval(() => {
    changeOpportunity(clouds, must(pairs[edits % PAIRS], "there are pairs"), FIRST_VALUE + edits);
    edits += 1;
  }, EDIT_EVERY_MS);
  try {
    await pause((quick ? QUICK_S : WARM_UP_S) * 1_000);
    requests.reset();
    const startedMs = performance.now();
    await pause((quick ? QUICK_S : MEASURE_S) * 1_000);
    const allowed = ((performance.now() - startedMs) / 1_000) * LIMIT.refillPerSecond;
    const statuses = requests.all().map(({ status }) => status);
    const refused = statuses.filter((status) => status === REFUSED).length;
    const samples = statuses.length;
    return [
      { name: "limit.used", value: rounded(((samples - refused) / allowed) * 100), unit: "%", samples },
      { name: "limit.refused", value: rounded((refused / samples) * 100), unit: "%", samples },
    ];
  } finally {
    clearInterval(editing);
  }
}
