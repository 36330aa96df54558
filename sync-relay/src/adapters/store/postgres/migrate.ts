import type { Database, Session } from "./database";
import { migrations } from "./migrations";

/** Any number, the same in every relay: only one of them migrates at a time. */
const MIGRATION_LOCK = 7_267_355;

const TAKE_LOCK = "select pg_advisory_lock($1)";
const GIVE_LOCK_BACK = "select pg_advisory_unlock($1)";
const MAKE_SCHEMA = "create schema if not exists cosell";
const MAKE_MIGRATION_TABLE =
  "create table if not exists cosell.migration (number integer primary key, applied_at timestamptz not null default now())";
const LAST_MIGRATION = "select coalesce(max(number), 0)::int as number from cosell.migration";
const NOTE_MIGRATION = "insert into cosell.migration (number) values ($1)";

/** Runs `work` while no other replica sets up its tables. */
export async function whileNobodyElseMigrates<T>(database: Database, work: () => Promise<T>): Promise<T> {
  return await database.withConnection(async (session) => {
    await session.query(TAKE_LOCK, [MIGRATION_LOCK]);
    try {
      return await work();
    } finally {
      await session.query(GIVE_LOCK_BACK, [MIGRATION_LOCK]);
    }
  });
}

/** Brings the tables to this version of the relay; only inside `whileNobodyElseMigrates`. Throws when a newer relay has already gone further. */
export async function migrate(database: Database): Promise<void> {
  const newest = migrations.at(-1)?.number ?? 0;
  const applied = await database.transaction(async (tx) => {
    await tx.query(MAKE_SCHEMA);
    await tx.query(MAKE_MIGRATION_TABLE);
    const [last] = await tx.query<{ number: number }>(LAST_MIGRATION);
    await applyAfter(tx, last?.number ?? 0);
    return last?.number ?? 0;
  });
  if (applied <= newest) return;
  throw new Error(
    `The database was used by a newer relay (step ${applied}; this relay knows ${newest}). Install that version again.`,
  );
}

async function applyAfter(tx: Session, applied: number): Promise<void> {
  for (const { number, sql } of migrations.filter((step) => step.number > applied)) {
    await tx.query(sql);
    await tx.query(NOTE_MIGRATION, [number]);
  }
}
