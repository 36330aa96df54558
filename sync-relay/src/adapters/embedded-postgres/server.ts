import { spawn, type ChildProcess } from "node:child_process";
import { chown, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { program } from "./binaries";
import { answers } from "./server-answer";
import type { ServerContext } from "./server-context";
import { endpointAt, newEndpoint, removeSocketDir, type Endpoint } from "./server-endpoint";
import { postmasterState, type PostmasterState } from "./postmaster-file";
import { runProgram, spawnOptions } from "./program-run";
import { serverSettings } from "./server-settings";

/** A server that answers. */
export interface ServerUp {
  readonly endpoint: Endpoint;
  readonly adopted: boolean;
  /** Null when it was adopted. */
  readonly child: ChildProcess | null;
}

/** Recovery after a crash replays the log; a large one takes its time. */
const UP_WITHIN_MS = 120_000;
/** Between two looks at a server that starts. */
const LOOK_EVERY_MS = 25;
/** A process that was just killed may hold its lock for a moment (zombie, or children that still end). */
const LOCKED_FOR_MS = 15_000;
const RETRY_EVERY_MS = 200;
const STOP_WITHIN_S = 30;

/** Adopts the server of the data folder, or starts one, at `wanted` when given. Throws when it does not come up. */
export async function bringUp(context: ServerContext, wanted: Endpoint | null): Promise<ServerUp> {
  const startedAt = Date.now();
  for (;;) {
    const state = await postmasterState(context.dataDir);
    const up = state.kind === "live" ? await adopt(context, state) : await startOver(context, state, wanted);
    if (typeof up !== "string") return up;
    const limit = state.kind === "live" ? UP_WITHIN_MS : LOCKED_FOR_MS;
    if (Date.now() - startedAt > limit) throw new Error(`The embedded PostgreSQL did not start: ${up}`);
    await pause(RETRY_EVERY_MS);
  }
}

/** Stops whatever serves the data folder; open transactions are rolled back. */
export async function stopServer(context: ServerContext): Promise<void> {
  if ((await postmasterState(context.dataDir)).kind !== "live") return;
  await runProgram(context, {
    name: "pg_ctl",
    args: ["-D", context.dataDir, "-m", "fast", "-w", "-t", String(STOP_WITHIN_S), "stop"],
    withinMs: (STOP_WITHIN_S + 5) * 1_000,
  });
}

async function adopt(
  context: ServerContext,
  { file }: Extract<PostmasterState, { kind: "live" }>,
): Promise<ServerUp | string> {
  if (file.port === 0) return "it is just starting";
  const endpoint = await endpointAt(context, file);
  const words = await answers(endpoint.connection);
  return words === null ? { endpoint, adopted: true, child: null } : words;
}

async function startOver(
  context: ServerContext,
  state: PostmasterState,
  wanted: Endpoint | null,
): Promise<ServerUp | string> {
  if (state.kind === "stale") await forget(context, state, wanted);
  const endpoint = wanted ?? (await newEndpoint(context));
  const child = await launch(context, endpoint);
  const words = await untilUp(context, endpoint, child);
  if (words === null) return { endpoint, adopted: false, child };
  if (wanted === null) await removeSocketDir(endpoint);
  if (/lock file|shared memory block/.test(words)) return words;
  throw new Error(`The embedded PostgreSQL did not start: ${words}`);
}

/** The server itself refuses to start when the id in a stale file was given to another process of the same user. */
async function forget(
  { dataDir }: ServerContext,
  { file }: Extract<PostmasterState, { kind: "stale" }>,
  wanted: Endpoint | null,
): Promise<void> {
  await rm(join(dataDir, "postmaster.pid"), { force: true });
  if (file.socketDir === null || file.socketDir === wanted?.socketDir) return;
  await rm(join(file.socketDir, `.s.PGSQL.${file.port}`), { force: true });
  await rm(join(file.socketDir, `.s.PGSQL.${file.port}.lock`), { force: true });
  await removeSocketDir(file);
}

async function launch(context: ServerContext, endpoint: Endpoint): Promise<ChildProcess> {
  const { dataDir, binaries, owner } = context;
  // A file, not a pipe: the server must outlive this process without losing its output.
  const log = await open(logFile(dataDir), "w", 0o600);
  if (owner !== null) await chown(logFile(dataDir), owner.uid, owner.gid);
  const settings = serverSettings(endpoint, binaries.major).flatMap((setting) => ["-c", setting]);
  // Detached: Ctrl-C in a terminal must reach the relay only, which then stops the server in order.
  const child = spawn(program(binaries.binDir, "postgres"), ["-D", dataDir, ...settings], {
    ...spawnOptions(context),
    detached: true,
    stdio: ["ignore", "ignore", log.fd],
  });
  child.on("error", () => undefined);
  child.unref();
  await log.close();
  return child;
}

/** Null once the server answers; its last words when it ended instead. */
async function untilUp(context: ServerContext, endpoint: Endpoint, child: ChildProcess): Promise<string | null> {
  let ended = false;
  child.once("exit", () => (ended = true));
  child.once("error", () => (ended = true));
  const startedAt = Date.now();
  for (;;) {
    if ((await answers(endpoint.connection)) === null) return null;
    if (ended) return await lastWords(context.dataDir);
    if (Date.now() - startedAt > UP_WITHIN_MS) throw new Error("The embedded PostgreSQL takes too long to start.");
    await pause(LOOK_EVERY_MS);
  }
}

function logFile(dataDir: string): string {
  return join(dataDir, "server.log");
}

async function lastWords(dataDir: string): Promise<string> {
  const text = await readFile(logFile(dataDir), "utf8").catch(() => "");
  return text.trim().slice(-500) || "it ended without a word";
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
