// The queue library, reduced to what the work queue needs: one wake-up per key. Policy `stately` keeps at most one
// waiting and one running wake-up of a key, and a wake-up whose worker fell silent is given to another one. The jobs hold
// nothing but the key: what is to be done is in our own tables.
// Never throw out of a run to get a retry, and never wake inside the transaction that stores the events: see the
// comments below.

import { PgBoss } from "pg-boss";
import type { PairKey } from "../../../core/event";
import type { Log } from "../../../ports/log";
import { HEARTBEAT_MS } from "../store-limits";
import { codeOf, databaseCall, type Database, type Session } from "./database";

/** A wake-up that this replica holds. */
export interface Job {
  readonly id: string;
  /** Names the attempt: a worker that lost the job to another cannot finish it. */
  readonly retryCount: number;
  readonly key: PairKey;
}

export interface JobQueue {
  /**
   * Makes keys due after a delay; a key that already waits keeps its time. Call it after the events are committed: a
   * wake-up that is part of their transaction can meet a waiting one that is taken before the events are visible.
   */
  wake(keys: readonly PairKey[], delayMs: number): Promise<void>;
  /** Makes keys due now, also those that wait for a later time. */
  wakeNow(keys: readonly PairKey[]): Promise<void>;
  fetch(atMost: number): Promise<readonly Job[]>;
  /** Tells that a worker is alive; false when the job was given to another. In a transaction it also holds the job. */
  touch(jobs: readonly Job[], session?: Session): Promise<boolean>;
  /** Ends jobs; false when one of them was given to another worker meanwhile: the transaction must not go on then. */
  complete(jobs: readonly Job[], tx: Session): Promise<boolean>;
  /** Sets the time of the key's next wake-up, whatever it was, in the transaction that completes the present one. */
  later(key: PairKey, delayMs: number, tx: Session): Promise<void>;
  /** Makes jobs available again at once that nobody began to work on: that is no death of a worker. */
  giveBack(jobs: readonly Job[]): Promise<void>;
  /** Makes all jobs available again that anybody holds: their workers are gone. Only for a relay that is alone with its database. */
  giveBackAll(): Promise<void>;
  stop(): Promise<void>;
}

/** Schema of the queue library's own tables. */
export const QUEUE_SCHEMA = "cosell_queue";
const QUEUE = "sync";
/**
 * How often silent workers are looked for: with the heartbeat of 10 s, the work of a dead replica goes on within 13 s. The
 * library's default is a minute.
 */
const SUPERVISE_EVERY_S = 2;
/** How often ended jobs are swept out, and how long they stay. Nobody reads them. */
const MAINTAIN_EVERY_S = 300;
const ENDED_JOBS_KEPT_S = 60;
/** A run that waits out a long pause of an upstream is alive as long as its heartbeat; this is only a last resort. */
const RUN_AT_MOST_S = 6 * 3_600;
/** Jobs are only retried when their worker died, and the pair must not be forgotten then. */
const RETRIES = 1_000_000;
/** Keys per statement. */
const WAKE_AT_ONCE = 1_000;

const HELD_JOBS = `select id from ${QUEUE_SCHEMA}.job where name = '${QUEUE}' and state = 'active'`;
/** The library counts an attempt when it gives out a job that was started before. */
const NOT_BEGUN = `update ${QUEUE_SCHEMA}.job set started_on = null
  where name = '${QUEUE}' and id = any($1::uuid[]) and state = 'retry'`;
const NEXT_RUN = `select extract(epoch from start_after)::float8 * 1000 as due_ms from ${QUEUE_SCHEMA}.job
  where name = '${QUEUE}' and singleton_key = $1 and state < 'active' order by start_after limit 1`;
const PULL_FORWARD = `update ${QUEUE_SCHEMA}.job set start_after = ${QUEUE_SCHEMA}.job_now()
  where name = '${QUEUE}' and singleton_key = any($1::text[]) and state < 'active'`;

/** For statements of ours that ask whether a key has a wake-up, waiting or running; `key` is a column. */
export function hasJob(key: string): string {
  return `exists (select from ${QUEUE_SCHEMA}.job j where j.name = '${QUEUE}' and j.singleton_key = ${key} and j.state <= 'active')`;
}

/** When the waiting wake-up of a key is due, milliseconds since the epoch; null when none waits. */
export async function nextRunOf(session: Session, key: PairKey): Promise<number | null> {
  const [row] = await session.query<{ due_ms: number }>(NEXT_RUN, [key]);
  return row?.due_ms ?? null;
}

/** Starts the library; only inside `whileNobodyElseMigrates`, since it sets up its own tables. */
export async function startJobQueue(database: Database, instanceName: string, log: Log): Promise<JobQueue> {
  const boss = new PgBoss({
    db: executorOf(database),
    schema: QUEUE_SCHEMA,
    schedule: false,
    superviseIntervalSeconds: SUPERVISE_EVERY_S,
    monitorIntervalSeconds: SUPERVISE_EVERY_S,
    maintenanceIntervalSeconds: MAINTAIN_EVERY_S,
    instanceName,
    openTelemetry: { enabled: false },
  });
  boss.on("error", (failure) => log.warn("queue upkeep failed", { code: codeOf(failure) }));
  boss.on("warning", ({ message }) => log.debug("queue warning", { reason: message }));
  try {
    await databaseCall(() => setUp(boss));
  } catch (failure) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw failure;
  }
  return jobQueueOn(boss, database);
}

async function setUp(boss: PgBoss): Promise<void> {
  await boss.start();
  await boss.createQueue(QUEUE, {
    policy: "stately",
    heartbeatSeconds: HEARTBEAT_MS / 1_000,
    expireInSeconds: RUN_AT_MOST_S,
    deleteAfterSeconds: ENDED_JOBS_KEPT_S,
    retryLimit: RETRIES,
    retryDelay: 0,
  });
}

function jobQueueOn(boss: PgBoss, database: Database): JobQueue {
  const wake: JobQueue["wake"] = (keys, delayMs) =>
    inChunks(keys, async (chunk) => {
      const startAfter = interval(delayMs);
      await boss.insert(
        QUEUE,
        chunk.map((key) => ({ data: { key }, singletonKey: key, startAfter })),
      );
    });
  const makeAvailable = async (ids: readonly string[], session: Session): Promise<void> => {
    if (ids.length === 0) return;
    await databaseCall(() => boss.fail(QUEUE, [...ids], { message: "worker gone" }, { db: executorOf(session) }));
  };
  return {
    wake,
    async giveBack(jobs) {
      const ids = jobs.map(({ id }) => id);
      await database.transaction(async (tx) => {
        await makeAvailable(ids, tx);
        await tx.query(NOT_BEGUN, [ids]);
      });
    },
    async giveBackAll() {
      const held = await database.query<{ id: string }>(HELD_JOBS);
      await makeAvailable(
        held.map(({ id }) => id),
        database,
      );
    },
    async wakeNow(keys) {
      await inChunks(keys, (chunk) => database.query(PULL_FORWARD, [chunk]));
      await wake(keys, 0);
    },
    fetch: (atMost) =>
      databaseCall(async () => {
        const jobs = await boss.fetch<{ key: PairKey }>(QUEUE, { batchSize: atMost });
        return jobs.map(({ id, retryCount, data }) => ({ id, retryCount, key: data.key }));
      }),
    async touch(jobs, session = database) {
      if (jobs.length === 0) return true;
      const touched = await databaseCall(() => boss.touch(QUEUE, attempts(jobs), { db: executorOf(session) }));
      return affectedBy(touched) === jobs.length;
    },
    complete: (jobs, tx) =>
      databaseCall(async () => {
        const ended = await boss.complete(QUEUE, attempts(jobs), null, { db: executorOf(tx) });
        return affectedBy(ended) === jobs.length;
      }),
    // Not a failed job: the next event would make a second one, which runs at once. An event after this finds the
    // waiting job and joins it.
    later: (key, delayMs, tx) =>
      databaseCall(async () => {
        const options = { singletonKey: key, startAfter: interval(delayMs), match: "all", db: executorOf(tx) } as const;
        await boss.upsert(QUEUE, { key }, options);
      }),
    stop: () => databaseCall(() => boss.stop({ graceful: false })),
  };
}

async function inChunks(keys: readonly PairKey[], work: (chunk: PairKey[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < keys.length; from += WAKE_AT_ONCE) {
    await databaseCall(() => work(keys.slice(from, from + WAKE_AT_ONCE)));
  }
}

function executorOf(session: Session): { executeSql: Session["raw"] } {
  return { executeSql: (statement, values) => session.raw(statement, values) };
}

function attempts(jobs: readonly Job[]): { id: string; retryCount: number }[] {
  return jobs.map(({ id, retryCount }) => ({ id, retryCount }));
}

/** As the library takes a delay: added to the database's time. */
function interval(delayMs: number): string {
  return `${Math.max(0, Math.round(delayMs))} milliseconds`;
}

/** Number of jobs that a command changed. The library answers it, but does not declare it. */
function affectedBy(answer: object): number {
  return (answer as { readonly affected?: number }).affected ?? 0;
}
