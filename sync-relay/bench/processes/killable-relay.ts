// A relay with its embedded database that can be killed in parts and started again, at the same address and on the same
// data.

import { join } from "node:path";
import type { PoolConfig } from "pg";
import { postmasterState } from "../../src/adapters/embedded-postgres/postmaster-file";
import { DATABASE_USER } from "../../src/adapters/embedded-postgres/cluster";
import { startRelayProcess, type RelayProcess } from "../../simulator/demo/relay-process";
import { processesBelow } from "../process-memory";
import { waitUntil } from "../wait-until";
import { rowsOf, WATCH_THE_WAITING } from "./inbox-proof";

/** What can be struck. `database`: only the first process of the server; the others must notice by themselves. */
export type Victim = "relay" | "database" | "whole-database" | "relay-and-database" | "database-restart";

export interface KillableRelay {
  readonly url: () => string;
  /** Starts it; resolves when it takes webhooks. */
  start(): Promise<void>;
  /** Kills without warning; `database-restart` is the orderly stop of a database under its relay. */
  kill(victim: Victim): Promise<void>;
  /** Resolves when webhooks are taken again, started anew if need be. */
  recovered(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  connection(): Promise<PoolConfig>;
}

export interface KillableRelayOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly dataFolder: string;
  /** The compiled relay; the one beside the compiled benchmark unless given. */
  readonly entry?: string;
  readonly onLine?: (line: string) => void;
}

/** The simulated clouds have no limits, and what is proved here is not the relay's patience with them. */
export const NO_BUDGETS = `
  update cosell.upstream set per_second = 10000, burst = 10000, tokens = 10000, execution_per_second = null,
    execution_burst = null, highest = 10000, lowest = 10000`;

export function createKillableRelay(options: KillableRelayOptions): KillableRelay {
  const database = databaseIn(join(options.dataFolder, "postgres"));
  let relay: RelayProcess | null = null;
  let port = 0;
  const url = (): string => `http://127.0.0.1:${port}`;

  async function start(): Promise<void> {
    const environment = { ...options.environment, COSELL_DATA_DIR: options.dataFolder };
    relay = await startRelayProcess({ ...options, environment, port });
    port = Number(new URL(relay.url).port);
    await takesEvents(url());
    await rowsOf(await database.connection(), NO_BUDGETS);
    await rowsOf(await database.connection(), WATCH_THE_WAITING);
  }

  async function end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
    const ending = relay;
    relay = null;
    if (ending === null) return null;
    process.kill(ending.pid, signal);
    return await ending.ended;
  }

  return {
    url,
    start,
    async kill(victim) {
      if (victim !== "relay") await database.strike(victim);
      if (victim === "relay" || victim === "relay-and-database") await end("SIGKILL");
    },
    recovered: () => (relay === null ? start() : takesEvents(url())),
    stop: () => end("SIGTERM"),
    connection: database.connection,
  };
}

/** Resolves when the relay at that address can store webhooks. */
export async function takesEvents(url: string): Promise<void> {
  await waitUntil("the database takes events", async () => {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    const found = (await answer?.json().catch(() => null)) as { checks?: { store?: { ok?: boolean } } } | null;
    return found?.checks?.store?.ok === true;
  });
}

function databaseIn(cluster: string) {
  const postmaster = async () => {
    const state = await postmasterState(cluster);
    return state.kind === "live" ? state.file : null;
  };
  return {
    connection: async (): Promise<PoolConfig> => {
      const { socketDir = null, port = 0 } = (await postmaster()) ?? {};
      if (socketDir === null) throw new Error("no database serves the data folder");
      return { host: socketDir, port, user: DATABASE_USER, database: "postgres" };
    },
    async strike(victim: Victim): Promise<void> {
      const pid = (await postmaster())?.pid;
      if (pid === undefined) return;
      if (victim === "database-restart") return strike(pid, "SIGINT");
      const struck = victim === "database" ? [pid] : processesBelow(pid);
      for (const one of struck) strike(one, "SIGKILL");
    },
  };
}

function strike(pid: number, signal: "SIGKILL" | "SIGINT"): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended by itself.
  }
}
