// How fast the engine alone works off a backlog: 10,000 pairs with an event each, claimed, saved with one line of audit
// trail and ended, without any call to a cloud. What a whole sync costs beside that is measured elsewhere (`drain.`).

import { randomUUID } from "node:crypto";
import { startEmbeddedPostgres } from "../src/adapters/embedded-postgres/embedded-postgres";
import { generousLimits } from "../src/adapters/store/budget/upstream-limits";
import { createPostgresStore } from "../src/adapters/store/postgres-store";
import type { Store } from "../src/adapters/store/store";
import { createSystemClock } from "../src/adapters/system/system-clock";
import { createSystemRandom } from "../src/adapters/system/system-random";
import type { Log } from "../src/ports/log";
import { processorTime, rounded, type Figure, type Suite, type SuiteOptions } from "./figure";
import { processorTimeOf } from "./process-time";
import { withDataFolder } from "./relay-under-test";
import { createTrivialPump, putBacklog } from "./trivial-work";
import { waitUntil } from "./wait-until";

const PAIRS = 10_000;
const QUICK_PAIRS = 500;
/** Runs at once: as many as the relay ships with, and as many as draw the most from the store. */
const SLOTS = [16, 64];

export const engineDrain: Suite = {
  prefix: "engine.",
  measure: (options) => withDataFolder((folder) => measure(folder, options)),
};

async function measure(folder: string, { quick }: SuiteOptions): Promise<readonly Figure[]> {
  const log = quietLog();
  const server = await startEmbeddedPostgres({ dataDir: `${folder}/postgres`, log });
  const store = await createPostgresStore({
    connection: server.connection,
    clock: createSystemClock(),
    random: createSystemRandom(),
    log,
    coalesceMs: 0,
    budgets: generousLimits(),
    soleReplica: true,
  });
  try {
    const ids = Array.from({ length: quick ? QUICK_PAIRS : PAIRS }, () => randomUUID());
    // The first time makes the pairs.
    await drain(store, log, { ids, slots: 64 });
    const figures: Figure[] = [];
    for (const slots of SLOTS) figures.push(...(await drain(store, log, { ids, slots })));
    return figures;
  } finally {
    await store.close();
    await server.stop();
  }
}

interface Backlog {
  readonly ids: readonly string[];
  readonly slots: number;
}

async function drain(store: Store, log: Log, { ids, slots }: Backlog): Promise<readonly Figure[]> {
  await putBacklog(store, ids);
  let done = 0;
  const pump = createTrivialPump(store, { slots, log, ended: () => (done += 1) });
  const [name, count] = [`engine.drain-${slots}`, ids.length];
  // Database and pump are both below this process.
  const beforeMs = processorTimeOf([process.pid]);
  const startedMs = performance.now();
  void pump.run();
  await waitUntil("the backlog is worked off", () => done === count);
  const seconds = (performance.now() - startedMs) / 1000;
  const afterMs = processorTimeOf([process.pid]);
  await pump.stop();
  return [
    { name, value: rounded(count / seconds), unit: "pairs/s", samples: count },
    ...processorTime(name, { beforeMs, afterMs, count }),
  ];
}

function quietLog(): Log {
  const quiet = (): void => undefined;
  const loud = (message: string): void => void process.stderr.write(`${message}\n`);
  return { debug: quiet, info: quiet, warn: loud, error: loud };
}
