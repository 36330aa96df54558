// One of several relays that work a backlog off, as a process of its own: "ready", then after a line from its parent it
// works until it is ended, and says how many runs that were.

import { createInterface } from "node:readline";
import type { PoolConfig } from "pg";
import { generousLimits } from "../../src/adapters/store/budget/upstream-limits";
import { createPostgresStore } from "../../src/adapters/store/postgres-store";
import { createSystemClock } from "../../src/adapters/system/system-clock";
import { createSystemRandom } from "../../src/adapters/system/system-random";
import { createTrivialPump } from "../trivial-work";
import { silentLog } from "./shared-database";

export interface DrainOrder {
  readonly connection: PoolConfig;
  readonly slots: number;
}

void main(JSON.parse(process.argv[2] ?? "{}") as DrainOrder);

async function main({ connection, slots }: DrainOrder): Promise<void> {
  const store = await createPostgresStore({
    connection,
    clock: createSystemClock(),
    random: createSystemRandom(),
    log: silentLog,
    coalesceMs: 0,
    budgets: generousLimits(),
    soleReplica: false,
  });
  let done = 0;
  const pump = createTrivialPump(store, { slots, log: silentLog, ended: () => (done += 1) });
  const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  process.stdout.write("ready\n");
  await input.next();
  void pump.run();
  await input.next();
  await pump.stop();
  await store.close();
  process.stdout.write(`${done}\n`, () => process.exit(0));
}
