// The store in memory, for tests and the deterministic simulation: same promises as on PostgreSQL, no timers of its
// own; time passes only on the injected clock. The data outlives the store, so that closing one and opening another on
// the same data is a crash and a restart, and two at a time are two replicas.

import { RelayError } from "../../core/errors";
import { opportunityKey } from "../../core/event";
import type { Pair } from "../../core/pair";
import type { Clock } from "../../ports/clock";
import { createMemoryBudget } from "./budget/memory-budget";
import { generousLimits, type BudgetLimits } from "./budget/upstream-limits";
import { redriveEvent } from "./dead-letter";
import { addEvent } from "./memory/events";
import { expireLeases, setDue, wakeLane } from "./memory/lanes";
import { createMemoryData, type MemoryData } from "./memory/memory-data";
import { createMemoryQueue } from "./memory/memory-queue";
import { pairLookUps, savePair } from "./memory/pairs";
import { notify } from "./memory/runs";
import type { RedriveFilter, Store } from "./store";

export interface MemoryStoreOptions {
  readonly clock: Clock;
  readonly coalesceMs: number;
  /** What an earlier or another store left; a new one when absent. */
  readonly data?: MemoryData;
  /** No limits when absent. */
  readonly budgets?: BudgetLimits;
  /** False when other stores work on the same data now: their claims are left alone until their heartbeat runs out. */
  readonly soleReplica?: boolean;
}

export function createMemoryStore(options: MemoryStoreOptions): Store {
  const { clock, coalesceMs, data = createMemoryData(), budgets = generousLimits(), soleReplica = true } = options;
  let open = true;
  const alive = async (): Promise<void> => {
    await Promise.resolve();
    if (!open) throw new RelayError("CS-1301");
  };
  const queue = createMemoryQueue({ data, clock, alive, isOpen: () => open });
  const budget = createMemoryBudget({ clock, limits: budgets, buckets: data.buckets });
  const ownNames = new Set<string>();
  if (soleReplica) expireLeases(data);

  return {
    inbox: {
      async put(entries) {
        await alive();
        for (const entry of entries) {
          const key = addEvent(data, entry, clock.now());
          if (key !== null) wakeLane(data, key, clock.now() + coalesceMs);
        }
        notify(data);
      },
    },
    queue: { ...queue, exclusively: (name, work) => runExclusively(queue, ownNames, { name, work }) },
    pairs: { ...pairLookUps(data), ...textsIn(data.facts, alive, (read, write) => ({ fact: read, setFact: write })) },
    budget,
    secrets: createMemorySecrets(data.secrets, alive),
    audit: {
      newestFirst: async (opportunityId, limit) => {
        await alive();
        return data.audit
          .filter((entry) => entry.opportunityId === opportunityId.toLowerCase())
          .reverse()
          .slice(0, limit);
      },
    },
    async lastReceivedMs(key) {
      await alive();
      return data.received.get(key) ?? null;
    },
    async redrive(filter) {
      await alive();
      return redrive(data, clock, filter);
    },
    storing: () => Promise.resolve(open ? "possible" : "impossible"),
    async close() {
      await Promise.resolve();
      open = false;
      budget.close();
      for (const name of ownNames) data.running.delete(name);
      notify(data);
    },
  };
}

/** Remembers what this store runs, so that its end frees the names. */
async function runExclusively(
  queue: Store["queue"],
  ownNames: Set<string>,
  { name, work }: { readonly name: string; readonly work: () => Promise<void> },
): Promise<boolean> {
  return await queue.exclusively(name, async () => {
    ownNames.add(name);
    await work().finally(() => ownNames.delete(name));
  });
}

function createMemorySecrets(secrets: Map<string, string>, alive: () => Promise<void>): Store["secrets"] {
  return {
    ...textsIn(secrets, alive, (load, save) => ({ load, save })),
    async replace(name, { from, to }) {
      await alive();
      if (secrets.get(name) !== from) return false;
      secrets.set(name, to);
      return true;
    },
    async remove(name) {
      await alive();
      secrets.delete(name);
    },
    async names() {
      await alive();
      return [...secrets.keys()].sort();
    },
  };
}

type Read = (name: string) => Promise<string | null>;
type Write = (name: string, value: string) => Promise<void>;

function textsIn<Port>(
  texts: Map<string, string>,
  alive: () => Promise<void>,
  port: (read: Read, write: Write) => Port,
): Port {
  return port(
    async (name) => {
      await alive();
      return texts.get(name) ?? null;
    },
    async (name, value) => {
      await alive();
      texts.set(name, value);
    },
  );
}

function redrive(data: MemoryData, clock: Clock, filter: RedriveFilter): number {
  const dead = [...data.pairs.values()].filter((pair) => pair.deadBecause !== null && matches(pair, filter));
  for (const pair of dead) {
    const revived = savePair(data, { ...pair, deadBecause: null, failures: 0 });
    const correlationId = `redrive-${revived.opportunityId}-${revived.revision}`;
    addEvent(data, { event: redriveEvent(revived, correlationId) }, clock.now());
    setDue(data, opportunityKey(pair.opportunityId), clock.now());
  }
  if (dead.length > 0) notify(data);
  return dead.length;
}

function matches(pair: Pair, filter: RedriveFilter): boolean {
  switch (filter.kind) {
    case "all":
      return true;
    case "opportunities":
      return filter.opportunityIds.some((id) => id.toLowerCase() === pair.opportunityId);
    case "because":
      return pair.deadBecause === filter.code;
  }
}
