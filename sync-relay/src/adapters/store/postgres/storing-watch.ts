import type { Storing } from "../store";
import type { Database } from "./database";
import { sqlStateOf } from "./sql-state";

/**
 * Whether events can be stored now. That the database answers says little of it: on a full disk it reads on and refuses
 * every row. So the last attempt to store counts, and once one failed, events that are written for trial and taken back:
 * whoever asks for readiness may send nothing more until it is there again.
 */
export interface StoringWatch {
  /** Notes whether it could be stored; passes on what `store` gives or throws. */
  noted<T>(store: () => Promise<T>): Promise<T>;
  now(): Promise<Storing>;
}

/** SQLSTATE "could not extend file". */
const DISK_FULL = "53100";

const WRITABLE = "select not pg_is_in_recovery() as writable";

/** Rows that need new space, whatever is left of the table's last page, and are too small to be stored elsewhere. */
const ROWS_ON_TRIAL = `
  insert into cosell.inbox (delivery, key, event, received_at)
  select gen_random_uuid(), 'trial', to_json(repeat('x', 1800)), now() from generate_series(1, 16) n`;

export function createStoringWatch(database: Database): StoringWatch {
  let failed = false;
  let trial: Promise<Storing> | null = null;

  async function tryToStore(): Promise<Storing> {
    try {
      await database.withConnection(async (session) => {
        await session.query("begin");
        await session.query(ROWS_ON_TRIAL);
        await session.query("rollback");
      });
    } catch (failure) {
      return sqlStateOf(failure) === DISK_FULL ? "no-room" : "impossible";
    }
    failed = false;
    return "possible";
  }

  return {
    async noted(store) {
      try {
        const stored = await store();
        failed = false;
        return stored;
      } catch (failure) {
        failed = true;
        throw failure;
      }
    },
    async now() {
      if (!(await isWritable(database))) return "impossible";
      if (!failed) return "possible";
      // However many ask, one trial is under way.
      trial ??= tryToStore().finally(() => (trial = null));
      return await trial;
    },
  };
}

async function isWritable(database: Database): Promise<boolean> {
  return await database.query<{ writable: boolean }>(WRITABLE).then(
    ([row]) => row?.writable === true,
    () => false,
  );
}
