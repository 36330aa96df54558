import type { Database } from "./database";

const TAKE = "select pg_try_advisory_lock(hashtextextended('cosell:' || $1, 0)) as taken";
const GIVE_BACK = "select pg_advisory_unlock(hashtextextended('cosell:' || $1, 0))";

/** Runs `work` unless anybody else runs that name now. The lock lives as long as its connection: a dead replica frees it. */
export async function exclusively(database: Database, name: string, work: () => Promise<void>): Promise<boolean> {
  return await database.withConnection(async (session) => {
    const [row] = await session.query<{ taken: boolean }>(TAKE, [name]);
    if (row?.taken !== true) return false;
    try {
      await work();
    } finally {
      // A connection that was lost meanwhile has already freed the name.
      await session.query(GIVE_BACK, [name]).catch(() => undefined);
    }
    return true;
  });
}
