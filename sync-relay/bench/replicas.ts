// Several relays on one database: how fast they work a backlog off together, how long until the work of a killed one is
// done, and how much of a common budget they use.

import { randomUUID } from "node:crypto";
import { generousLimits } from "../src/adapters/store/budget/upstream-limits";
import { createPostgresStore } from "../src/adapters/store/postgres-store";
import { createSystemClock } from "../src/adapters/system/system-clock";
import { createSystemRandom } from "../src/adapters/system/system-random";
import { rounded, type Figure, type Suite, type SuiteOptions } from "./figure";
import type { DrainOrder } from "./processes/drain-worker";
import { startLineProcess } from "./processes/line-process";
import { rowsOf } from "./processes/inbox-proof";
import { replicaLoss } from "./processes/replica-loss";
import { sharedBudget } from "./processes/shared-budget";
import { silentLog, startSharedDatabase, type SharedDatabase } from "./processes/shared-database";
import { withDataFolder } from "./relay-under-test";
import { putBacklog } from "./trivial-work";
import { waitUntil } from "./wait-until";

const PAIRS = 10_000;
const QUICK_PAIRS = 500;
const SLOTS = 64;
const LOSS_PAIRS = 120;
const BUDGET_SECONDS = 20;
const WAITING = "select count(*)::int as waiting from cosell.waiting";

export const replicas: Suite = { prefix: "replicas.", measure };

async function measure(options: SuiteOptions): Promise<readonly Figure[]> {
  const { quick, seed } = options;
  const drains = await withDataFolder((folder) => drainAll(folder, options));
  const loss = await replicaLoss({ pairs: quick ? 30 : LOSS_PAIRS, seed });
  const { taken, allowed } = await sharedBudget({ seconds: quick ? 3 : BUDGET_SECONDS });
  const all = taken.reduce((sum, one) => sum + one, 0);
  const twice = loss.notWrittenOnce.length + loss.notToldOnce.length;
  return [
    ...drains,
    { name: "replicas.one-killed", value: rounded(loss.doneMs), unit: "ms", samples: 1 },
    { name: "replicas.one-killed.not-once", value: twice, unit: "pairs", samples: quick ? 30 : LOSS_PAIRS },
    { name: "replicas.budget-used", value: rounded((all / allowed) * 100), unit: "%", samples: all },
  ];
}

async function drainAll(folder: string, { quick }: SuiteOptions): Promise<readonly Figure[]> {
  const database = await startSharedDatabase(folder);
  const store = await createPostgresStore({
    connection: database.connection,
    clock: createSystemClock(),
    random: createSystemRandom(),
    log: silentLog,
    coalesceMs: 0,
    budgets: generousLimits(),
    soleReplica: true,
  });
  try {
    const ids = Array.from({ length: quick ? QUICK_PAIRS : PAIRS }, () => randomUUID());
    const figures: Figure[] = [];
    for (const count of [1, 2, 3]) {
      await putBacklog(store, ids);
      const seconds = await drainBy(database, count);
      const value = rounded(ids.length / seconds);
      figures.push({ name: `replicas.drain-${count}`, value, unit: "pairs/s", samples: ids.length });
    }
    return figures;
  } finally {
    await store.close();
    await database.stop();
  }
}

async function drainBy(database: SharedDatabase, count: number): Promise<number> {
  const order: DrainOrder = { connection: database.connection, slots: SLOTS };
  const workers = await Promise.all(Array.from({ length: count }, () => startLineProcess("drain-worker.js", order)));
  const startedMs = performance.now();
  for (const worker of workers) worker.say("go");
  await waitUntil("the backlog is worked off", async () => {
    const [row] = await rowsOf<{ waiting: number }>(database.connection, WAITING);
    return row?.waiting === 0;
  });
  const seconds = (performance.now() - startedMs) / 1_000;
  for (const worker of workers) worker.say("end");
  await Promise.all(workers.map((worker) => worker.end()));
  return seconds;
}
