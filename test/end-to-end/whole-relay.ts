// The compiled relay as a process with its embedded PostgreSQL in a folder of its own, between both clouds on loopback.
// Everything goes over real HTTP and is signed and signed in as in real life.

import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import {
  startLoopbackClouds,
  type LoopbackCloudOptions,
  type LoopbackClouds,
} from "../../sync-relay/simulator/demo/loopback-clouds";
import { startRelayProcess, type RelayProcess } from "../../sync-relay/simulator/demo/relay-process";
import { compiledEntry } from "./compiled-entry";

/** First start on a busy machine: making a database cluster takes seconds. */
export const START_WITHIN_MS = 120_000;
/** Between two looks at the queue. */
const LOOK_EVERY_MS = 30;
const RESTS_WITHIN_MS = 25_000;

export type Environment = Readonly<Record<string, string>>;

export interface WholeRelayOptions {
  /** Settings beside those that the clouds need. */
  readonly environment?: Environment;
  readonly clouds?: LoopbackCloudOptions;
}

export interface WholeRelay {
  readonly clouds: LoopbackClouds;
  /** Folder of the relay's database and key. */
  readonly dataDir: string;
  /** Every line that the relay has written, over all its starts. */
  readonly log: readonly string[];
  /** Address of the relay; stays the same over restarts. */
  url(): string;
  /** Starts it again on the same data folder and address, with further settings. */
  start(changes?: Environment): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: no warning, and the database stays behind without a parent. */
  kill(): Promise<void>;
  /** Process id of the database server that serves the data folder; null when there is none. */
  databasePid(): Promise<number | null>;
  sql<Row = Record<string, unknown>>(statement: string): Promise<readonly Row[]>;
  /** Makes all work due that waits for a later time, as if the time had passed. */
  passTime(): Promise<void>;
  /** Resolves when every webhook has arrived and all work is done. */
  atRest(): Promise<void>;
  /** Body of an operator's page. */
  get(path: string): Promise<{ readonly status: number; readonly text: string }>;
  close(): Promise<void>;
}

export async function startWholeRelay(options: WholeRelayOptions = {}): Promise<WholeRelay> {
  const entry = compiledEntry("src/main.js");
  const base = await mkdtemp(join(tmpdir(), "cosell-e2e-"));
  await chmod(base, 0o755);
  const dataDir = join(base, "data");
  const clouds = await startLoopbackClouds(options.clouds);
  const log: string[] = [];
  const databasePid = () => pidIn(join(dataDir, "postgres"));
  const sql = async <Row>(statement: string) => query<Row>(join(dataDir, "postgres"), statement);
  let environment: Environment = { ...clouds.environment, ...options.environment, COSELL_DATA_DIR: dataDir };
  let port = 0;
  let relay: RelayProcess | null = null;

  const running = (): RelayProcess => {
    if (relay === null) throw new Error("the relay is not running");
    return relay;
  };
  const start = async (changes: Environment = {}): Promise<void> => {
    environment = { ...environment, ...changes };
    relay = await startRelayProcess({ environment, port, entry, onLine: (line) => log.push(line) });
    port = Number(new URL(relay.url).port);
    await sql(GENEROUS_BUDGET);
  };
  const end = async (signal: "SIGTERM" | "SIGKILL"): Promise<number | null> => {
    const ending = running();
    relay = null;
    process.kill(ending.pid, signal);
    return ending.ended;
  };

  await start();
  clouds.callRelayAt(running().url);
  return {
    clouds,
    dataDir,
    log,
    url: () => `http://127.0.0.1:${port}`,
    start,
    stop: () => end("SIGTERM"),
    async kill() {
      await end("SIGKILL");
    },
    databasePid,
    sql,
    async passTime() {
      await sql(PASS_TIME);
    },
    atRest: () => atRest(clouds, () => sql<{ waiting: number }>(WAITING).then(([row]) => row?.waiting ?? 0)),
    async get(path) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      return { status: answer.status, text: await answer.text() };
    },
    async close() {
      if (relay !== null) await end("SIGTERM");
      const left = await databasePid();
      if (left !== null) await endDatabase(left);
      await clouds.close();
      await rm(base, { recursive: true, force: true });
    },
  };
}

/** The relay feels its way to Partner Center's unknown limit, which costs seconds; the simulator has none. */
const GENEROUS_BUDGET =
  "update cosell.upstream set per_second = 1000, highest = 1000, burst = 1000 where climb is not null";
const PASS_TIME = "update cosell_queue.job set start_after = cosell_queue.job_now() where state < 'active'";
const WAITING = "select count(*)::int as waiting from cosell.waiting";

/** A run's writes call webhooks before the run's own events count as done, so nothing slips between two quiet looks. */
async function atRest(clouds: LoopbackClouds, waiting: () => Promise<number>): Promise<void> {
  const giveUpAt = Date.now() + RESTS_WITHIN_MS;
  let quiet = 0;
  while (quiet < 2) {
    if (Date.now() > giveUpAt) throw new Error("the relay does not come to rest");
    await clouds.dataverse.webhooks.idle();
    await clouds.partnerCenter.settled();
    quiet = (await waiting()) === 0 ? quiet + 1 : 0;
    await pause(LOOK_EVERY_MS);
  }
}

async function postmasterLines(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, "postmaster.pid"), "utf8").catch(() => "");
  return text.split("\n");
}

async function pidIn(folder: string): Promise<number | null> {
  const pid = Number((await postmasterLines(folder))[0]);
  return Number.isInteger(pid) && pid > 1 && isAlive(pid) ? pid : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Fast shutdown of a database that a killed relay left behind. */
async function endDatabase(pid: number): Promise<void> {
  process.kill(pid, "SIGINT");
  while (isAlive(pid)) await pause(LOOK_EVERY_MS);
}

async function query<Row>(folder: string, statement: string): Promise<readonly Row[]> {
  const lines = await postmasterLines(folder);
  const client = new Client({ host: lines[4] ?? "", port: Number(lines[3]), user: "cosell", database: "postgres" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows as Row[];
  } finally {
    await client.end();
  }
}
