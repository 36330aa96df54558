// The store on PostgreSQL, embedded or not: own tables for what must not be lost (schema `cosell`), a queue library for
// who works on what (schema `cosell_queue`). What holds:
// 1. An event is acknowledged by the commit of its row, and nothing else.
// 2. At most one worker has a key; a worker that lost it can save nothing any more (attempt and revision are checked).
// 3. State, audit trail, events done and the next wake-up change in one transaction.
// 4. A wake-up may get lost or come twice; events that wait without one are found and woken.

import type { PoolConfig } from "pg";
import type { Clock, Random } from "../../ports/clock";
import type { Log } from "../../ports/log";
import type { BudgetLimits } from "./budget/upstream-limits";
import type { OperatorStore } from "../../ports/operator-store";
import { createAuditTrail } from "./postgres/audit-table";
import { openDatabase, type Database } from "./postgres/database";
import { lastReceivedMs } from "./postgres/event-table";
import { createInbox } from "./postgres/inbox";
import { startJobQueue, type JobQueue } from "./postgres/job-queue";
import { migrate, whileNobodyElseMigrates } from "./postgres/migrate";
import { COMMAND_CONNECTION, createOperatorStore } from "./postgres/operator-store";
import { noOtherRelay, RELAY_CONNECTION } from "./postgres/other-relays";
import { createPairStore } from "./postgres/pair-store";
import { createRedrive } from "./postgres/redrive";
import { createSecretStore } from "./postgres/secret-store";
import { createStoringWatch } from "./postgres/storing-watch";
import { startUpkeep } from "./postgres/upkeep";
import { createUpstreamBudget } from "./postgres/upstream-budget";
import { createWorkQueue } from "./postgres/work-queue";
import type { Store } from "./store";
import { createWorkSignal } from "./work-signal";

export interface PostgresStoreOptions {
  readonly connection: PoolConfig;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** A pair is worked on this long after its first new event, so that a burst of changes is one run. */
  readonly coalesceMs: number;
  /** Name of this replica in the database's lists. */
  readonly replicaId?: string;
  /** Id of the key that this program seals with, for whoever wants to replace the key. */
  readonly sealsWith?: string;
  readonly budgets: BudgetLimits;
  /**
   * True when no other relay should use the database: work that a dead relay left behind is taken up at once, unless one
   * is there all the same.
   */
  readonly soleReplica: boolean;
  /** True for a command beside the relay: it is not counted among the relays that run. */
  readonly isCommand?: boolean;
}

/** The store with what only a database can tell. */
export interface PostgresStore extends Store {
  readonly operator: OperatorStore;
}

/** Opens the store and brings its tables up to date. Throws CS-1301 when the database cannot be reached. */
export async function createPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const program = options.isCommand === true ? COMMAND_CONNECTION : RELAY_CONNECTION;
  const name = [program, options.replicaId, options.sealsWith].filter((one) => one !== undefined).join(" ");
  const database = openDatabase(options.connection, name, options.log);
  let jobs: JobQueue | null = null;
  try {
    jobs = await whileNobodyElseMigrates(database, async () => {
      await migrate(database);
      return await startJobQueue(database, name, options.log);
    });
    const isAlone = options.soleReplica && (await noOtherRelay(database, 1, options.clock));
    if (isAlone) await jobs.giveBackAll();
    return await storeOn({ database, jobs, isAlone }, options);
  } catch (failure) {
    await jobs?.stop().catch(() => undefined);
    await database.close();
    throw failure;
  }
}

/** Whether no relay is connected to a database on which no store is open any more. Throws CS-1301 when it cannot be asked. */
export async function isWithoutRelay(
  connection: PoolConfig,
  { clock, log }: Pick<PostgresStoreOptions, "clock" | "log">,
): Promise<boolean> {
  const database = openDatabase(connection, COMMAND_CONNECTION, log);
  try {
    return await noOtherRelay(database, 0, clock);
  } finally {
    await database.close();
  }
}

interface OpenedDatabase {
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly isAlone: boolean;
}

async function storeOn(
  { database, jobs, isAlone }: OpenedDatabase,
  options: PostgresStoreOptions,
): Promise<PostgresStore> {
  const { clock, random, log, coalesceMs, budgets } = options;
  const budget = await createUpstreamBudget({ session: database, clock, limits: budgets });
  const signal = createWorkSignal(clock);
  const storing = createStoringWatch(database);
  const inbox = createInbox({ database, jobs, signal, clock, log, coalesceMs, storing });
  const upkeep = await startUpkeep({ database, jobs, signal, clock, log, isAlone }).catch((failure: unknown) => {
    budget.close();
    throw failure;
  });
  return {
    inbox: { put: (entries) => inbox.put(entries) },
    queue: createWorkQueue({ database, jobs, signal, clock }),
    pairs: createPairStore(database),
    budget,
    secrets: createSecretStore(database),
    audit: createAuditTrail(database),
    operator: createOperatorStore(database),
    lastReceivedMs: (key) => lastReceivedMs(database, key),
    redrive: createRedrive({ database, jobs, signal, clock, random }),
    storing: () => storing.now(),
    async close() {
      signal.end();
      budget.close();
      await upkeep.stop();
      await inbox.idle();
      await jobs.stop().catch(() => undefined);
      await database.close();
    },
  };
}
