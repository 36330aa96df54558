import { randomUUID } from "node:crypto";
import { mkdtemp, rm, chmod } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, Pool, type PoolConfig } from "pg";
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from "../../../sync-relay/src/adapters/embedded-postgres/embedded-postgres";
import { generousLimits } from "../../../sync-relay/src/adapters/store/budget/upstream-limits";
import { createPostgresStore, type PostgresStore } from "../../../sync-relay/src/adapters/store/postgres-store";
import type { Store } from "../../../sync-relay/src/adapters/store/store";
import type { Random } from "../../../sync-relay/src/ports/clock";
import type { Log } from "../../../sync-relay/src/ports/log";
import type { ReplicaOptions, StoreHarness } from "../../contract/store-harness";
import { createTestClock, type TestClock } from "./test-clock";

/** A harness on PostgreSQL, with a connection to look at the tables. */
export interface PostgresHarness extends StoreHarness {
  readonly clock: TestClock;
  readonly connection: PoolConfig;
  sql(statement: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

/** A server for one test file; every harness is a database of its own, copied from one that is set up. */
export interface TestServer {
  readonly server: EmbeddedPostgres;
  readonly dataDir: string;
  harness(): Promise<PostgresHarness>;
  stop(): Promise<void>;
}

/** Starting and stopping a server with a database for each test writes much to disk, which a busy machine may take long for. */
export const SERVER_WITHIN_MS = 120_000;

export const silentLog: Log = { debug: none, info: none, warn: none, error: none };

export const testRandom: Random = { next: () => 0.5, uuid: () => randomUUID(), uuidFor: (name) => name };

const TEMPLATE = "cosell_template";
const SETTLE_EVERY_MS = 20;
const LOOKS_AT_ONCE = 4;

const PASS_TIME = `
  update cosell_queue.job set start_after = start_after - $1::float8 * interval '1 ms',
    heartbeat_on = heartbeat_on - $1::float8 * interval '1 ms' where state < 'completed'`;
const PASS_TIME_OF_BUDGETS = `
  update cosell.upstream set refilled_at = refilled_at - $1::float8 * interval '1 ms',
    blocked_until = blocked_until - $1::float8 * interval '1 ms'`;
const WITHOUT_WAKE_UP = `
  select 1 from cosell.waiting w where not exists (
    select from cosell_queue.job j where j.singleton_key = w.key and j.state <= 'active') limit 1`;
const SUPERVISED_AT =
  "select coalesce(extract(epoch from monitor_claim_on), 0)::float8 as at from cosell_queue.queue where name = 'sync'";

export async function startTestServer(): Promise<TestServer> {
  const base = await mkdtemp(join(tmpdir(), "cosell-test-"));
  await chmod(base, 0o755);
  const dataDir = join(base, "data");
  const server = await startEmbeddedPostgres({ dataDir, log: silentLog });
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(base, { recursive: true, force: true });
  };
  const admin = await connected(server.connection);
  try {
    await admin.query(`create database ${TEMPLATE}`);
    const store = await openStore({ ...server.connection, database: TEMPLATE }, createTestClock({ running: true }));
    await store.close();
  } catch (failure) {
    await admin.end();
    await stop();
    throw failure;
  }
  let made = 0;
  return {
    server,
    dataDir,
    async harness() {
      const database = `cosell_test_${++made}`;
      await admin.query(`create database ${database} template ${TEMPLATE}`);
      const harness = postgresHarness({ ...server.connection, database });
      return {
        ...harness,
        async dispose() {
          await harness.dispose();
          // A server that ends writes all databases to disk: better none than one for each test.
          await admin.query(`drop database ${database} with (force)`);
        },
      };
    },
    async stop() {
      await admin.end();
      await stop();
    },
  };
}

function postgresHarness(connection: PoolConfig): PostgresHarness {
  const clock = createTestClock({ running: true });
  // A pool: several workers of one test look at the tables at once, which one connection cannot.
  const pool = new Pool({ ...connection, max: LOOKS_AT_ONCE });
  pool.on("error", () => undefined);
  const stores: Store[] = [];
  const sql = async (statement: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
    (await pool.query<Record<string, unknown>>(statement, values)).rows;
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, SETTLE_EVERY_MS));
  return {
    clock,
    connection,
    sql,
    open: async (options) => {
      const store = await openStore(connection, clock, options);
      stores.push(store);
      return store;
    },
    now: () => clock.now(),
    async pass(ms) {
      await sql(PASS_TIME, [ms]);
      await sql(PASS_TIME_OF_BUDGETS, [ms]);
      clock.advance(ms);
    },
    async settle() {
      do await pause();
      while ((await sql(WITHOUT_WAKE_UP)).length > 0);
    },
    async lookedForDeadWorkers() {
      const at = async (): Promise<unknown> => (await sql(SUPERVISED_AT))[0]?.["at"];
      const before = await at();
      while ((await at()) === before) await pause();
      await pause();
    },
    async dispose() {
      await Promise.all(stores.map((store) => store.close().catch(() => undefined)));
      await pool.end();
    },
  };
}

export async function openStore(
  connection: PoolConfig,
  clock: TestClock,
  options: ReplicaOptions = {},
): Promise<PostgresStore> {
  const { coalesceMs = 0, budgets = generousLimits(), soleReplica = true } = options;
  return await createPostgresStore({
    connection,
    clock,
    random: testRandom,
    log: silentLog,
    coalesceMs,
    replicaId: randomUUID(),
    budgets,
    soleReplica,
  });
}

async function connected(connection: PoolConfig): Promise<Client> {
  const client = new Client(connection);
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

function none(): void {
  return undefined;
}
