// The relay as a process of its own, started as an admin would: by environment variables alone.

import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export interface RelayProcess {
  readonly url: string;
  readonly pid: number;
  /** Ends it with SIGTERM and resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Resolves when the process ends, with its exit code. */
  readonly ended: Promise<number | null>;
}

export interface RelayProcessOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Preferred port; another free one is taken when it is in use. 0: any. */
  readonly port: number;
  /** Called with each log line. */
  readonly onLine?: (line: string) => void;
  /** Path of the compiled entry; the one beside the compiled simulator unless given. */
  readonly entry?: string;
}

/** The compiled entry, beside the compiled simulator. */
const ENTRY = join(__dirname, "..", "..", "src", "main.js");
/**
 * On a large machine V8 lets short-lived objects fill 128 MB before it looks at them; 16 MB (two halves of 8) cost no
 * speed and keep relay and database below 200 MB (docs/performance.md).
 */
const NODE_OPTIONS = ["--max-semi-space-size=4"];
/** The first start makes a database cluster, which takes a second or two on a slow disk. */
const STARTS_WITHIN_MS = 60_000;
const PROBE_EVERY_MS = 50;

/** Starts the relay and waits until it answers. Rejects with what it said when it cannot start. */
export async function startRelayProcess(options: RelayProcessOptions): Promise<RelayProcess> {
  const port = await freePort(options.port);
  const child = spawn(process.execPath, [...NODE_OPTIONS, options.entry ?? ENTRY], {
    env: { ...inherited(), ...options.environment, COSELL_PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = listen(child, options.onLine);
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const url = `http://127.0.0.1:${port}`;
  await untilAlive(url, child, said);
  return {
    url,
    pid: child.pid ?? 0,
    ended,
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/** What the relay takes over from the surroundings; settings of another relay must not leak in. */
function inherited(): NodeJS.ProcessEnv {
  const kept = ["COSELL_DATA_DIR", "COSELL_DATABASE_URL", "COSELL_LANGUAGE", "COSELL_LOG_LEVEL", "COSELL_PG_BIN"];
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("COSELL_") || kept.includes(name)),
  );
}

function listen(child: ChildProcess, onLine: ((line: string) => void) | undefined): string[] {
  const said: string[] = [];
  let rest = "";
  const take = (chunk: Buffer): void => {
    const lines = `${rest}${chunk.toString()}`.split("\n");
    rest = lines.pop() ?? "";
    said.push(...lines);
    said.splice(0, Math.max(0, said.length - 50));
    if (onLine !== undefined) lines.forEach(onLine);
  };
  child.stdout?.on("data", take);
  child.stderr?.on("data", take);
  return said;
}

async function untilAlive(url: string, child: ChildProcess, said: readonly string[]): Promise<void> {
  const giveUpAt = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < giveUpAt) {
    if (child.exitCode !== null) throw new Error(`the relay did not start:\n${said.join("\n")}`);
    if (await answers(url)) return;
    await pause(PROBE_EVERY_MS);
  }
  child.kill("SIGKILL");
  throw new Error(`the relay did not answer in time:\n${said.join("\n")}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/livez`)).ok;
  } catch {
    return false;
  }
}

/** The preferred port if nobody has it, else any free one. */
export async function freePort(preferred: number): Promise<number> {
  return (await tryPort(preferred)) ?? (await tryPort(0)) ?? 0;
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : null));
    });
  });
}
