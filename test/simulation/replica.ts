// One process of the relay: the real pipeline on the memory store, behind ports that fail and a life that may end at
// any call. What it leaves behind is in the data, which the next process goes on with.

import type { MemoryData } from "../../sync-relay/src/adapters/store/memory/memory-data";
import { createMemoryStore } from "../../sync-relay/src/adapters/store/memory-store";
import type { Store } from "../../sync-relay/src/adapters/store/store";
import { RELAY_NAMESPACE, uuidVersion5 } from "../../sync-relay/src/adapters/system/system-random";
import type { FieldMap } from "../../sync-relay/src/core/mapping/field-map";
import { runClaim } from "../../sync-relay/src/pipeline/run-claim";
import { sweep } from "../../sync-relay/src/pipeline/sweep";
import type { SyncParts, SyncRules } from "../../sync-relay/src/pipeline/sync-parts";
import type { Agenda } from "./agenda";
import type { Clouds } from "./clouds";
import { createFaultyPorts, type FaultyPorts } from "./faulty-ports";
import type { FaultProfile } from "./fault-profile";
import type { Ledger } from "./ledger";
import type { People } from "./people";
import type { SeededRandom } from "./seeded-random";

const COALESCE_MS = 500;
/** Pairs that one process works on at once. */
const PARALLEL = 4;

/** What every process of one history shares. */
export interface Setting {
  readonly agenda: Agenda;
  readonly random: SeededRandom;
  readonly profile: FaultProfile;
  readonly ledger: Ledger;
  readonly map: FieldMap;
  readonly clouds: Clouds;
  readonly people: People;
  /** Requests that will take effect when nobody waits for them any more. */
  readonly zombies: { count: number };
  readonly faulty: () => boolean;
  readonly newId: () => string;
}

export interface Replica {
  readonly store: Store;
  readonly isAlive: () => boolean;
  readonly kill: () => void;
  /** Starts what is due. */
  readonly begin: () => void;
  readonly sweep: () => void;
  /** Resolves when everything that was begun has ended, or the process has. */
  readonly done: () => Promise<void>;
}

export function createReplica(setting: Setting, data: MemoryData): Replica {
  const { agenda, random, profile, ledger } = setting;
  const store = createMemoryStore({ clock: { now: agenda.now, sleep: never }, coalesceMs: COALESCE_MS, data });
  const running = new Set<Promise<void>>();
  let living = true;
  let tellDeath = (): void => undefined;
  const death = new Promise<void>((resolve) => (tellDeath = resolve));
  const kill = (): void => {
    living = false;
    tellDeath();
  };
  const ports = createFaultyPorts({
    ...setting,
    isAlive: () => living,
    die() {
      ledger.crashes += 1;
      ledger.trace?.push(`${agenda.now()} CRASH`);
      kill();
    },
    meanwhile() {
      if (!setting.faulty()) return;
      // Without faults no two changes share an instant: only a sweep could tell them apart.
      if (profile.calm) agenda.pass(1);
      if (random.chance(profile.nudge)) setting.people.change();
      if (random.chance(profile.overlap)) begin();
    },
  });
  const parts = partsOf(setting, store, ports);
  const start = (work: () => Promise<unknown>): void => {
    const run: Promise<void> = work().then(
      () => void running.delete(run),
      () => void running.delete(run),
    );
    running.add(run);
  };
  const begin = (): void =>
    start(() =>
      ports.alive(async () => {
        const claims = await store.queue.claim(PARALLEL);
        await Promise.all(claims.map((claim) => runClaim(parts, claim)));
      }),
    );
  return {
    store,
    isAlive: () => living,
    kill,
    begin,
    sweep: () => start(() => sweep({ ...parts, inbox: store.inbox })),
    async done() {
      while (living && running.size > 0) await Promise.race([Promise.all(running), death]);
    },
  };
}

export function opportunityIdFor(referralId: string): string {
  return uuidVersion5(RELAY_NAMESPACE, `opportunity:${referralId}`);
}

function partsOf(setting: Setting, store: Store, ports: FaultyPorts): SyncParts {
  const { agenda, random, profile, ledger, map } = setting;
  const log = (message: string, fields: object = {}): void =>
    void ledger.trace?.push(`${agenda.now()} LOG ${message} ${JSON.stringify(fields)}`);
  const nothing = (): void => undefined;
  return {
    crm: ports.crm,
    partnerCenter: ports.partnerCenter,
    queue: {
      ...store.queue,
      checkpoint: (claim, pair) => ports.alive(() => store.queue.checkpoint(claim, pair)),
      finish: (claim, result) => ports.alive(() => store.queue.finish(claim, result)),
    },
    pairs: store.pairs,
    clock: { now: agenda.now, sleep: never },
    random: { next: random.next, uuid: setting.newId, uuidFor: (name) => uuidVersion5(RELAY_NAMESPACE, name) },
    log: { debug: log, info: log, warn: log, error: log },
    metrics: { count: nothing, observe: nothing, set: nothing },
    map,
    rules: rulesOf(profile),
    verifyStored: () => Promise.resolve({ kind: "verified", events: [] }),
  };
}

function rulesOf({ maxAttempts }: FaultProfile): SyncRules {
  return {
    language: "en",
    linkTemplate: "https://partner.example/{referralId}",
    coSellPosts: "two",
    syncLeads: false,
    quarantineMs: 120_000,
    maxAttempts,
  };
}

/** Nothing in a run sleeps. */
function never(): Promise<void> {
  return new Promise(() => undefined);
}
