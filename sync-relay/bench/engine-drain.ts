// How fast the engine alone works off a backlog: 10,000 pairs with an event each, claimed, saved with one line of audit
// trail and ended, without any call to a cloud. What a whole sync costs beside that is measured elsewhere (`drain.`).

import { randomUUID } from "node:crypto";
import { startEmbeddedPostgres } from "../src/adapters/embedded-postgres/embedded-postgres";
import { generousLimits } from "../src/adapters/store/budget/upstream-limits";
import { createPostgresStore } from "../src/adapters/store/postgres-store";
import type { Store } from "../src/adapters/store/store";
import { createSystemClock } from "../src/adapters/system/system-clock";
import { createSystemRandom } from "../src/adapters/system/system-random";
import type { AuditEntry } from "../src/core/audit-entry";
import { idOfKey, type RelayEvent } from "../src/core/event";
import { newPair, type Pair } from "../src/core/pair";
import { createPump } from "../src/pipeline/dispatch";
import type { Log } from "../src/ports/log";
import type { Claim } from "../src/ports/work-queue";
import { rounded, type Figure, type Suite, type SuiteOptions } from "./figure";
import { withDataFolder } from "./relay-under-test";
import { waitUntil } from "./wait-until";

const PAIRS = 10_000;
const QUICK_PAIRS = 500;
const PUT_AT_ONCE = 1_000;
/** Runs at once: as many as the relay ships with, and as many as draw the most from the store. */
const SLOTS = [16, 64];
const FIELDS = 20;

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
    await drain(store, log, { ids, slots: 64 });
    const figures: Figure[] = [];
    for (const slots of SLOTS) figures.push(await drain(store, log, { ids, slots }));
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

async function drain(store: Store, log: Log, { ids, slots }: Backlog): Promise<Figure> {
  for (let from = 0; from < ids.length; from += PUT_AT_ONCE) {
    await store.inbox.put(ids.slice(from, from + PUT_AT_ONCE).map((id) => ({ event: changed(id) })));
  }
  let done = 0;
  const run = async (claim: Claim): Promise<void> => {
    await store.queue.finish(claim, {
      pair: nextState(claim),
      audit: [told(idOfKey(claim.key))],
      next: { kind: "none" },
    });
    done += 1;
  };
  const pump = createPump({
    ...{ queue: store.queue, clock: createSystemClock(), log, parallel: slots, run },
    mayWork: () => Promise.resolve(true),
  });
  const startedMs = performance.now();
  void pump.run();
  await waitUntil("the backlog is worked off", () => done === ids.length);
  const seconds = (performance.now() - startedMs) / 1000;
  await pump.stop();
  return {
    name: `engine.drain-${slots}`,
    value: rounded(ids.length / seconds),
    unit: "pairs/s",
    samples: ids.length,
  };
}

function changed(recordId: string): RelayEvent {
  return {
    source: "dataverse",
    kind: "opportunity-updated",
    recordId,
    changedAt: new Date().toISOString(),
    ownWrite: false,
    dedupeId: randomUUID(),
    correlationId: randomUUID(),
  };
}

/** A state of the usual size with one value that is new. */
function nextState({ key, pair }: Claim): Pair {
  const before = pair ?? newPair(idOfKey(key));
  const value = before.revision + 1;
  const fields = Object.fromEntries(
    Array.from({ length: FIELDS }, (_, n) => [
      `details.field-${n}`,
      { crm: `value ${n} ${value}`, partnerCenter: `value ${n} ${value}`, decided: `value ${n} ${value}` },
    ]),
  );
  return { ...before, referralId: before.referralId ?? randomUUID(), status: "synced", fields };
}

function told(opportunityId: string): AuditEntry {
  return {
    atMs: Date.now(),
    opportunityId,
    referralId: null,
    direction: "crm-to-partner-center",
    action: "update",
    changes: [{ field: "details.dealValue", before: 1, after: 2 }],
    result: "done",
    reason: null,
    correlationId: randomUUID(),
  };
}

function quietLog(): Log {
  const quiet = (): void => undefined;
  const loud = (message: string): void => void process.stderr.write(`${message}\n`);
  return { debug: quiet, info: quiet, warn: loud, error: loud };
}
