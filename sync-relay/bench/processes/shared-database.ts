// One database and several relays on it, as they are run in production: each a process of its own, found through a
// balancer that asks the next one when one does not answer.

import { randomBytes } from "node:crypto";
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { PoolConfig } from "pg";
import { startEmbeddedPostgres } from "../../src/adapters/embedded-postgres/embedded-postgres";
import type { Log } from "../../src/ports/log";
import { startRelayProcess, type RelayProcess } from "../../simulator/demo/relay-process";

export interface SharedDatabase {
  readonly connection: PoolConfig;
  /** As a relay is told by COSELL_DATABASE_URL. */
  readonly url: string;
  stop(): Promise<void>;
}

export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

export async function startSharedDatabase(folder: string): Promise<SharedDatabase> {
  const server = await startEmbeddedPostgres({ dataDir: join(folder, "postgres"), log: silentLog });
  const { host = "", port = 0, user = "" } = server.connection;
  return {
    connection: server.connection,
    url: `postgresql:///postgres?host=${encodeURIComponent(host)}&port=${port}&user=${user}`,
    stop: () => server.stop(),
  };
}

export interface Replicas {
  readonly relays: readonly RelayProcess[];
  /** Address of the balancer. */
  readonly url: string;
  close(): Promise<void>;
}

export interface ReplicaOptions {
  readonly count: number;
  readonly database: SharedDatabase;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly entry?: string;
}

export async function startReplicas(options: ReplicaOptions): Promise<Replicas> {
  const environment = {
    ...options.environment,
    COSELL_DATABASE_URL: options.database.url,
    // They are all stopped at once in the end.
    COSELL_DRAIN_SECONDS: "0",
    COSELL_DATA_DIR: options.folder,
    COSELL_MASTER_KEY: randomBytes(32).toString("base64"),
  };
  const entry = options.entry === undefined ? {} : { entry: options.entry };
  const relays = await Promise.all(
    Array.from({ length: options.count }, () => startRelayProcess({ environment, port: 0, ...entry })),
  );
  const balancer = await startBalancer(relays.map(({ url }) => url));
  return {
    relays,
    url: balancer.url,
    async close() {
      await Promise.all(relays.map((relay) => relay.stop()));
      balancer.close();
    },
  };
}

/** Sends each request to the next relay; to another one when that cannot be reached; 502 when none can. */
async function startBalancer(urls: readonly string[]): Promise<{ url: string; close: () => void }> {
  let turn = 0;
  const server = createServer((incoming, answer) => {
    turn += 1;
    const order = urls.map((_, n) => urls[(turn + n) % urls.length] ?? "");
    void forward(incoming, answer, order);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function forward(incoming: IncomingMessage, answer: ServerResponse, urls: readonly string[]): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  for (const url of urls) {
    const status = await ask(url, incoming, body).catch(() => null);
    if (status === null) continue;
    answer.writeHead(status).end();
    return;
  }
  answer.writeHead(502).end();
}

async function ask(url: string, incoming: IncomingMessage, body: Buffer): Promise<number> {
  const { method = "POST", headers } = incoming;
  const sent = request(`${url}${incoming.url ?? "/"}`, { method, headers: { ...headers, connection: "close" } });
  sent.end(body);
  const [received] = (await once(sent, "response")) as [IncomingMessage];
  received.resume();
  await once(received, "end");
  return received.statusCode ?? 502;
}

function nothing(): void {
  return undefined;
}
