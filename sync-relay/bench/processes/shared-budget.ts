// Three processes that take as much of one budget as they can get: together they must get what it allows, no more and
// hardly less. The database's clock counts, which is the one that fills the budget.

import { generousLimits, type BudgetLimits } from "../../src/adapters/store/budget/upstream-limits";
import { createPostgresStore } from "../../src/adapters/store/postgres-store";
import { createSystemClock } from "../../src/adapters/system/system-clock";
import { createSystemRandom } from "../../src/adapters/system/system-random";
import { must } from "../../src/core/must";
import { withDataFolder } from "../relay-under-test";
import type { BudgetOrder } from "./budget-worker";
import { rowsOf } from "./inbox-proof";
import { startLineProcess } from "./line-process";
import { silentLog, startSharedDatabase, type SharedDatabase } from "./shared-database";

export interface SharedBudgetOptions {
  readonly seconds: number;
  /** The compiled worker; the one beside this file unless given. */
  readonly worker?: string;
}

export interface SharedBudgetResult {
  /** What each process got. */
  readonly taken: readonly number[];
  /** What the budget allowed in the time, what was left at the end not counted. */
  readonly allowed: number;
}

const REPLICAS = 3;
const PER_SECOND = 200;
/** A busy machine may keep all three from asking for a while; what comes in meanwhile must not run over. */
const BURST = 5 * PER_SECOND;
const BUDGETS: BudgetLimits = {
  ...generousLimits(),
  dataverse: { ...generousLimits().dataverse, perSecond: PER_SECOND, burst: BURST },
};
const EMPTY = `update cosell.upstream set tokens = 0, refilled_at = clock_timestamp() where name like 'dataverse:%'
  returning extract(epoch from refilled_at)::float8 as at_s`;
const LEFT = `select tokens, extract(epoch from refilled_at)::float8 as at_s from cosell.upstream
  where name like 'dataverse:%'`;

export function sharedBudget(options: SharedBudgetOptions): Promise<SharedBudgetResult> {
  return withDataFolder(async (folder) => {
    const database = await startSharedDatabase(folder);
    try {
      return await measure(database, options);
    } finally {
      await database.stop();
    }
  });
}

async function measure(database: SharedDatabase, options: SharedBudgetOptions): Promise<SharedBudgetResult> {
  await makeTables(database);
  const order: BudgetOrder = { connection: database.connection, budgets: BUDGETS, seconds: options.seconds };
  const workers = await Promise.all(Array.from({ length: REPLICAS }, () => startWorker(order, options.worker)));
  const [start] = await rowsOf<{ at_s: number }>(database.connection, EMPTY);
  const taken = await Promise.all(workers.map((work) => work()));
  const [end] = await rowsOf<{ tokens: number; at_s: number }>(database.connection, LEFT);
  const elapsedS = must(end, "a budget").at_s - must(start, "a budget").at_s;
  return { taken, allowed: elapsedS * PER_SECOND - must(end, "a budget").tokens };
}

/** Once, so that the processes need not wait for each other. */
async function makeTables({ connection }: SharedDatabase): Promise<void> {
  const store = await createPostgresStore({
    connection,
    clock: createSystemClock(),
    random: createSystemRandom(),
    log: silentLog,
    coalesceMs: 0,
    budgets: BUDGETS,
    soleReplica: false,
  });
  await store.close();
}

/** Resolves when the process is ready, with what makes it work and resolves with what it got. */
async function startWorker(order: BudgetOrder, path?: string): Promise<() => Promise<number>> {
  const worker = await startLineProcess("budget-worker.js", order, path);
  return async () => {
    worker.say("go");
    const taken = Number(await worker.hear());
    await worker.end();
    return taken;
  };
}
