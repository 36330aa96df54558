// A relay's share in a budget, as a process of its own: takes as much as it gets until its time is over, and says how
// much that was. Talks to its parent in lines: "ready", then after a line from it the count.

import { createInterface } from "node:readline";
import type { PoolConfig } from "pg";
import type { BudgetLimits } from "../../src/adapters/store/budget/upstream-limits";
import { createPostgresStore } from "../../src/adapters/store/postgres-store";
import { createSystemClock } from "../../src/adapters/system/system-clock";
import { createSystemRandom } from "../../src/adapters/system/system-random";
import { silentLog } from "./shared-database";

export interface BudgetOrder {
  readonly connection: PoolConfig;
  readonly budgets: BudgetLimits;
  readonly seconds: number;
}

/** Requests that ask at the same time. */
const CALLERS = 8;

void main(JSON.parse(process.argv[2] ?? "{}") as BudgetOrder);

async function main({ connection, budgets, seconds }: BudgetOrder): Promise<void> {
  const store = await createPostgresStore({
    connection,
    clock: createSystemClock(),
    random: createSystemRandom(),
    log: silentLog,
    coalesceMs: 0,
    budgets,
    soleReplica: false,
  });
  const input = createInterface({ input: process.stdin });
  process.stdout.write("ready\n");
  await new Promise((resolve) => input.once("line", resolve));
  input.close();
  const untilMs = performance.now() + seconds * 1_000;
  let taken = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < untilMs) {
      const ended = await store.budget.enter("dataverse");
      taken += 1;
      ended(0);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  await store.close();
  process.stdout.write(`${taken}\n`);
}
