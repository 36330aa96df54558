import { Pool, type PoolClient, type PoolConfig, type QueryResultRow } from "pg";
import { RelayError, toRelayError } from "../../../core/errors";
import type { Log } from "../../../ports/log";
import { createStatementNames } from "./statement-names";

/** Something that runs statements: the pool, or one transaction. Throws RelayError CS-1301. */
export interface Session {
  query<Row extends QueryResultRow>(statement: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** The same with the driver's own errors, for the queue library, which looks at their codes. */
  raw(statement: string, values?: readonly unknown[]): Promise<{ rows: QueryResultRow[] }>;
}

export interface Database extends Session {
  /** Runs `work` in one transaction: all or nothing. What `work` throws is passed on. */
  transaction<T>(work: (tx: Session) => Promise<T>): Promise<T>;
  /** Runs `work` with a connection of its own, outside a transaction. What `work` throws is passed on. */
  withConnection<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Enough for the upstream-bound work of one replica; an embedded server takes 40 in all. */
const CONNECTIONS = 10;
/** A webhook must be answered in a few seconds, also when the database is away. */
const CONNECT_WITHIN_MS = 5_000;
/**
 * The queue is nearly empty most of the time, and so say the server's statistics. Met by a backlog, it would then read
 * and sort all that waits for each fetch of a few keys (17 ms instead of 2 at 6,000 keys), and a plan that was made for an
 * empty table is kept while the table grows. All statements that work waits for look rows up by an index and in its order,
 * so nothing is lost without the other ways. Before version 18 what has no index then seems so dear that the server would
 * compile it for each count. Sent as a statement, since a pooler before the database passes no startup options on.
 */
const PLANS = "set enable_bitmapscan = off; set enable_seqscan = off; set jit = off";
/**
 * A host that vanishes (no power, or a box on the way that forgets the connection) ends nothing: the server would hold what
 * it had locked, the name of the sweep for one, for the two hours of the usual keepalive. So both ends ask each other in
 * time. Where there is no network between them this is ignored.
 */
const KEEPALIVE = "set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3";
const KEEPALIVE_AFTER_MS = 30_000;
/**
 * Statements of one connection are sent without waiting for the answer to the one before; the server still runs them in
 * order, and after one that fails none of the same transaction. The types of the driver do not know it yet.
 */
const SENT_AT_ONCE = { pipeline: true };
/** Longer than any statement of ours; a lost connection must not hang a run for ever. */
const ANSWER_WITHIN_MS = 60_000;
/** SQLSTATE "cached plan must not change result type". */
const PLAN_OUTGROWN = "0A000";

export function openDatabase(connection: PoolConfig, name: string, log: Log): Database {
  const pool = new Pool({
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEPALIVE_AFTER_MS,
    application_name: name,
    ...SENT_AT_ONCE,
    ...connection,
  });
  // Without a listener on pool and clients a restart of the database ends the process.
  pool.on("error", (failure) => log.warn("idle database connection lost", { code: codeOf(failure) }));
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
    // On its way before anything else of this connection; it fails only with it.
    client.query(`${PLANS}; ${KEEPALIVE}`).catch(() => undefined);
  });

  const nameOf = createStatementNames();
  const runOn =
    (client: Pick<PoolClient, "query">): Run =>
    (text, values) => {
      const name = nameOf(text);
      return client.query(name === undefined ? { text, values } : { name, text, values });
    };
  const withConnection: Database["withConnection"] = (work) =>
    onOneConnection(pool, (client) => work(sessionOn(runOn(client))));

  return {
    ...sessionOn(runOn(pool)),
    transaction: (work) => withConnection((session) => inTransaction(session, work)),
    withConnection,
    close: () => pool.end(),
  };
}

/** Runs `work`; whatever the driver throws becomes CS-1301. */
export async function databaseCall<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof RelayError) throw thrown;
    if (thrown instanceof TypeError || thrown instanceof RangeError) throw toRelayError(thrown);
    throw new RelayError("CS-1301", { cause: thrown });
  }
}

/** Error code of the server (SQLSTATE) or of the system, or null. */
export function codeOf(failure: unknown): string | null {
  const { code } = (failure ?? {}) as { readonly code?: unknown };
  return typeof code === "string" ? code : null;
}

type Run = (statement: string, values: unknown[]) => Promise<{ rows: QueryResultRow[] }>;

function sessionOn(run: Run): Session {
  const raw = (statement: string, values: readonly unknown[] = []) => run(statement, [...values]);
  return {
    raw,
    query: <Row extends QueryResultRow>(statement: string, values?: readonly unknown[]) =>
      // The row type is what the statement beside its use says.
      databaseCall(async () => (await raw(statement, values)).rows as Row[]),
  };
}

async function inTransaction<T>(session: Session, work: (tx: Session) => Promise<T>): Promise<T> {
  // On its way together with the first statement. It fails only when the connection is lost, and then all that follows does.
  const [, result] = await Promise.all([session.query("begin"), work(session)]);
  await session.query("commit");
  return result;
}

async function onOneConnection<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await databaseCall(() => pool.connect());
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (failure) {
    client.release(!(await isUsableAfter(failure, client)));
    throw failure;
  }
}

/**
 * A statement that was planned for tables which another relay has changed since fails for as long as its connection lasts.
 * One that fails without a connection of its own needs no look here: the pool ends the connection on which it failed.
 */
async function isUsableAfter(failure: unknown, client: PoolClient): Promise<boolean> {
  if (failure instanceof RelayError && codeOf(failure.details.cause) === PLAN_OUTGROWN) return false;
  return await client.query("rollback").then(
    () => true,
    () => false,
  );
}
