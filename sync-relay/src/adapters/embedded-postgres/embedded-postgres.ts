// A real PostgreSQL server of our own in a data folder, so that the relay needs no other installation and the laptop
// runs the same SQL as the cluster. The server is a child process without a terminal; it outlives a killed relay on
// purpose, and the next start adopts it. States: no cluster → (initdb) → stopped → (spawn, or adopt) → running → (pg_ctl) → stopped.
// A running server that dies is started again, in the same socket folder, so that pools reconnect by themselves.

import type { PoolConfig } from "pg";
import type { Log } from "../../ports/log";
import { findBinaries } from "./binaries";
import { makeCluster, requireSameMajor } from "./cluster";
import { choosePlace } from "./data-place";
import { serverOwner } from "./server-owner";
import { removeSocketDir, restoreSocketDir } from "./server-endpoint";
import { bringUp, stopServer } from "./server";
import type { ServerContext } from "./server-context";
import { isRunning } from "./postmaster-file";
import { warnAboutNetworkDrive } from "./network-drive";

/** How often a server that is not our child is looked at. */
const WATCH_EVERY_MS = 500;
/** Starts are so far apart at least: a server that ends again at once, or cannot start, must not keep the machine busy. */
const RESTART_EVERY_MS = 2_000;

export interface EmbeddedPostgresOptions {
  /** Folder of the database cluster; made when absent. Must be on a local disk. */
  readonly dataDir: string;
  readonly log: Log;
  /** Folder with `initdb`, `pg_ctl` and `postgres`, instead of those of the optional npm package. */
  readonly binDir?: string;
}

export interface EmbeddedPostgres {
  /** How to connect; stays valid when the server is restarted. */
  readonly connection: PoolConfig;
  /** True when a server that an earlier relay left behind was taken over. */
  readonly adopted: boolean;
  /** Stops the server; open transactions are rolled back. */
  stop(): Promise<void>;
}

/** Starts the server, or takes over the one that already runs on the data folder. Throws with what to do when it cannot. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log } = options;
  const owner = serverOwner();
  const dataDir = await choosePlace(options.dataDir, owner, log);
  const binaries = await findBinaries({ binDir: options.binDir, dataDir, owner, log });
  await warnAboutNetworkDrive(dataDir, log);
  const context: ServerContext = { dataDir, binaries, owner, log };
  await makeCluster(context);
  await requireSameMajor(context);
  const up = await bringUp(context, null);
  log.info("embedded PostgreSQL is up", { version: binaries.version, adopted: up.adopted });
  const watch = keepRunning(context, up);
  return {
    connection: up.endpoint.connection,
    adopted: up.adopted,
    stop: async () => {
      await watch.end();
      await stopServer(context);
      await removeSocketDir(up.endpoint);
    },
  };
}

type Up = Awaited<ReturnType<typeof bringUp>>;

function keepRunning(context: ServerContext, first: Up): { end(): Promise<void> } {
  let ended = false;
  let restart: Promise<void> | null = null;
  let startedAt = 0;
  const look = (): void => {
    if (ended || restart !== null || Date.now() - startedAt < RESTART_EVERY_MS) return;
    restart = restartIfGone(context, first, () => (startedAt = Date.now())).finally(() => (restart = null));
  };
  first.child?.once("exit", look);
  const timer = setInterval(look, WATCH_EVERY_MS);
  timer.unref();
  return {
    end: async () => {
      ended = true;
      clearInterval(timer);
      await restart;
    },
  };
}

async function restartIfGone(context: ServerContext, first: Up, starting: () => void): Promise<void> {
  try {
    if (await isRunning(context.dataDir)) return;
    context.log.error("embedded PostgreSQL is gone; starting it again");
    starting();
    await restoreSocketDir(context, first.endpoint);
    await bringUp(context, first.endpoint);
    context.log.info("embedded PostgreSQL is up again");
  } catch (thrown) {
    context.log.error("embedded PostgreSQL could not be started again", { reason: String(thrown).slice(0, 300) });
  }
}
