// Three relays on one database, one of them killed in the middle of a flood of edits: everything must be done soon, and
// nothing twice.

import { setTimeout as pause } from "node:timers/promises";
import { must } from "../../src/core/must";
import type { LoopbackClouds } from "../../simulator/demo/loopback-clouds";
import { withClouds, withDataFolder } from "../relay-under-test";
import { changeOpportunity, makeSyncedPairs, referralHas, type SyncedPair } from "../synced-pairs";
import { untilQuiet } from "../upstream-calls";
import { waitUntil } from "../wait-until";
import { rowsOf } from "./inbox-proof";
import { createSeededMoments } from "./seeded-moments";
import { startReplicas, startSharedDatabase, type Replicas, type SharedDatabase } from "./shared-database";
import { NO_BUDGETS } from "./killable-relay";

export interface ReplicaLossOptions {
  readonly pairs: number;
  readonly seed: number;
  readonly entry?: string;
}

export interface ReplicaLossResult {
  /** From the kill until every edit had arrived, milliseconds. */
  readonly doneMs: number;
  /** Pairs that were being worked on at that moment, by all three. */
  readonly held: number;
  /** Pairs whose edit was not written to Partner Center exactly once. */
  readonly notWrittenOnce: readonly string[];
  /** Pairs whose edit does not stand in the audit trail exactly once. */
  readonly notToldOnce: readonly string[];
  /** Runs of each relay, from its own measurements; of the two that are left. */
  readonly runs: readonly number[];
}

const REPLICAS = 3;
const VALUE = 777_000;

export function replicaLoss(options: ReplicaLossOptions): Promise<ReplicaLossResult> {
  return withDataFolder((folder) =>
    // Slow enough that the killed relay certainly has work in hand.
    withClouds({ latencyMs: 20 }, async (clouds) => {
      const database = await startSharedDatabase(folder);
      try {
        const environment = { ...clouds.environment, COSELL_COALESCE_MS: "60", COSELL_SWEEP_SECONDS: "86400" };
        const replicas = await startReplicas({ ...options, count: REPLICAS, database, folder, environment });
        try {
          return await lose({ clouds, database, replicas }, options);
        } finally {
          await replicas.close();
        }
      } finally {
        await database.stop();
      }
    }),
  );
}

interface Parts {
  readonly clouds: LoopbackClouds;
  readonly database: SharedDatabase;
  readonly replicas: Replicas;
}

async function lose({ clouds, database, replicas }: Parts, options: ReplicaLossOptions): Promise<ReplicaLossResult> {
  await rowsOf(database.connection, NO_BUDGETS);
  clouds.callRelayAt(replicas.url);
  const pairs = await makeSyncedPairs(clouds, options.pairs);
  await untilQuiet(clouds);
  clouds.partnerCenter.requests.reset();
  const moments = createSeededMoments(options.seed);
  pairs.forEach((pair, n) => changeOpportunity(clouds, pair, VALUE + n));
  const victim = must(replicas.relays[moments.between(0, REPLICAS - 1)], "there are three");
  await waitUntil("the relays are at work", async () => (await heldJobs(database)) >= REPLICAS);
  await pause(moments.between(0, 150));
  const killedMs = performance.now();
  process.kill(victim.pid, "SIGKILL");
  await victim.ended;
  const held = await heldJobs(database);
  await waitUntil("every edit has arrived", () => pairs.every((pair, n) => referralHas(clouds, pair, VALUE + n)));
  await waitUntil("nothing waits", async () => (await waitingEvents(database)) === 0);
  const doneMs = performance.now() - killedMs;
  await untilQuiet(clouds);
  return {
    doneMs,
    held,
    notWrittenOnce: notOnce(pairs, writesOf(clouds)),
    notToldOnce: notOnce(pairs, await toldOf(database)),
    runs: await runsOf(replicas.relays.filter((relay) => relay !== victim).map(({ url }) => url)),
  };
}

async function heldJobs(database: SharedDatabase): Promise<number> {
  const statement = "select count(*)::int as held from cosell_queue.job where name = 'sync' and state = 'active'";
  return (await rowsOf<{ held: number }>(database.connection, statement))[0]?.held ?? 0;
}

async function waitingEvents(database: SharedDatabase): Promise<number> {
  const statement = "select count(*)::int as waiting from cosell.waiting";
  return (await rowsOf<{ waiting: number }>(database.connection, statement))[0]?.waiting ?? 0;
}

function notOnce(pairs: readonly SyncedPair[], counts: ReadonlyMap<string, number>): readonly string[] {
  return pairs.map(({ referralId }) => referralId).filter((id) => counts.get(id) !== 1);
}

/** Updates that each referral took. */
function writesOf({ partnerCenter }: LoopbackClouds): ReadonlyMap<string, number> {
  const taken = partnerCenter.requests
    .all()
    .filter(({ method, status }) => method === "PATCH" && status >= 200 && status < 300);
  return countsOf(taken.map(({ url }) => /[0-9a-f-]{36}/.exec(url)?.[0] ?? ""));
}

async function toldOf(database: SharedDatabase): Promise<ReadonlyMap<string, number>> {
  const statement = `select entry ->> 'referralId' as id from cosell.audit, json_array_elements(entry -> 'changes') as change
    where (change ->> 'after')::text like '777%' and entry ->> 'result' = 'done'`;
  return countsOf((await rowsOf<{ id: string }>(database.connection, statement)).map(({ id }) => id));
}

function countsOf(ids: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

async function runsOf(urls: readonly string[]): Promise<readonly number[]> {
  const texts = await Promise.all(urls.map(async (url) => (await fetch(`${url}/metrics`)).text()));
  return texts.map((text) =>
    [...text.matchAll(/^cosell_reconcile_total\{[^}]*\} (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0),
  );
}
