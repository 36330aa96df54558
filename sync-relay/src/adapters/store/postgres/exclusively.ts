import type { Database } from "./database";

const TAKE = "select pg_try_advisory_lock(hashtextextended('cosell:' || $1, 0)) as taken";
const GIVE_BACK = "select pg_advisory_unlock(hashtextextended('cosell:' || $1, 0))";

/** Runs `work` unless anybody else runs that name now. The lock lives as long as its connection: a dead replica frees it. */
export async function exclusively(database: Database, name: string, work: () => Promise<void>): Promise<boolean> {
  // What `work` throws is its own failure and not the database's.
  let outcome: () => boolean = () => false;
  await database.withConnection(async (session) => {
    const [row] = await session.query<{ taken: boolean }>(TAKE, [name]);
    if (row?.taken !== true) return;
    outcome = await work().then(
      () => () => true,
      (thrown: unknown) => () => {
        throw thrown;
      },
    );
    await session.query(GIVE_BACK, [name]);
  });
  return outcome();
}
