import type { PairKey } from "../../../core/event";
import { toRelayError } from "../../../core/errors";
import type { Clock } from "../../../ports/clock";
import type { Log } from "../../../ports/log";
import { AUDIT_KEPT_MS, EVENTS_KEPT_MS } from "../store-limits";
import type { WorkSignal } from "../work-signal";
import type { Database } from "./database";
import { exclusively } from "./exclusively";
import { hasJob, type JobQueue } from "./job-queue";

// What keeps the tables right without anybody asking: events whose wake-up got lost (the process ended between the
// commit and the wake-up) are woken again, and what is old is removed.

/** How often lost wake-ups are looked for, and how old an event must be to count as forgotten. */
const HEAL_EVERY_MS = 3_000;
const FORGOTTEN_AFTER_MS = 5_000;
const HEAL_AT_ONCE = 5_000;
const PRUNE_EVERY_MS = 3_600_000;
/** Rows per statement, so that no statement holds locks for long. */
const PRUNE_AT_ONCE = 5_000;

const FORGOTTEN_KEYS = `
  select distinct w.key from cosell.waiting w
  where w.received_at < to_timestamp($1::float8 / 1000) and not ${hasJob("w.key")}
  limit ${HEAL_AT_ONCE}`;
// A page at a time in the order of arrival. What a clock far ahead of its time has dated counts as old: in front of all
// others it would keep them for as long as it is young.
const PRUNE_EVENTS = `
  with oldest as (
    select i.seq, i.key, i.received_at from cosell.inbox i
    where not exists (select from cosell.waiting w where w.key = i.key and w.seq = i.seq)
    order by i.seq limit ${PRUNE_AT_ONCE}
  )
  delete from cosell.inbox where seq in (
    select seq from oldest
    where received_at not between to_timestamp($1::float8 / 1000) and to_timestamp($2::float8 / 1000))
  returning 1`;
const PRUNE_AUDIT = `
  delete from cosell.audit where id in (
    select id from cosell.audit where at < to_timestamp($1::float8 / 1000) limit ${PRUNE_AT_ONCE})
  returning 1`;

export interface Upkeep {
  stop(): Promise<void>;
}

interface UpkeepOptions {
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly signal: WorkSignal;
  readonly clock: Clock;
  readonly log: Log;
  /** True when no other relay uses the database: nobody can be about to wake what this one finds at its start. */
  readonly isAlone: boolean;
}

export async function startUpkeep(options: UpkeepOptions): Promise<Upkeep> {
  const { database, jobs, signal, clock, log } = options;
  const stopped = new AbortController();

  /** Wakes keys whose events came at least so long ago and that nobody will look at. */
  async function heal(afterMs: number): Promise<void> {
    const rows = await database.query<{ key: PairKey }>(FORGOTTEN_KEYS, [clock.now() - afterMs]);
    if (rows.length === 0) return;
    log.info("woke keys whose wake-up was lost", { keys: rows.length });
    await jobs.wake(
      rows.map(({ key }) => key),
      0,
    );
    signal.kick();
  }

  async function prune(): Promise<void> {
    const nowMs = clock.now();
    await pruneAll(PRUNE_EVENTS, [nowMs - EVENTS_KEPT_MS, nowMs + EVENTS_KEPT_MS]);
    await pruneAll(PRUNE_AUDIT, [nowMs - AUDIT_KEPT_MS]);
  }

  async function pruneAll(statement: string, values: readonly number[]): Promise<void> {
    while ((await database.query(statement, values)).length > 0 && !stopped.signal.aborted);
  }

  async function repeat(everyMs: number, work: () => Promise<unknown>): Promise<void> {
    while (!stopped.signal.aborted) {
      await work().catch((thrown: unknown) => log.warn("store upkeep failed", { code: toRelayError(thrown).code }));
      await clock.sleep(everyMs, stopped.signal);
    }
  }

  if (options.isAlone) await heal(0);
  const loops = Promise.all([
    repeat(HEAL_EVERY_MS, () => heal(FORGOTTEN_AFTER_MS)),
    repeat(PRUNE_EVERY_MS, () => exclusively(database, "store upkeep: prune", prune)),
  ]);
  return {
    stop: async () => {
      stopped.abort();
      await loops;
    },
  };
}
