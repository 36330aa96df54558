import { chown, mkdir, mkdtemp, readFile, rmdir } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PoolConfig } from "pg";
import { DATABASE_USER, passwordFile } from "./cluster";
import type { PostmasterFile } from "./postmaster-file";
import type { ServerContext } from "./server-context";

/** Part of the socket's name; no port is opened. */
const SOCKET_NUMBER = 5432;
/** The path of a Unix socket may have about 104 bytes, so the socket lives in a short folder, not in the data folder. */
const SOCKET_FOLDER = "cosell-pg-";

/** Where the server listens. */
export interface Endpoint {
  /** Null on Windows: 127.0.0.1 and a password. */
  readonly socketDir: string | null;
  readonly port: number;
  readonly connection: PoolConfig;
}

/** A new place to listen on. */
export async function newEndpoint(context: ServerContext): Promise<Endpoint> {
  if (process.platform === "win32") return await endpointAt(context, { socketDir: null, port: await freePort() });
  // The server's user can always enter /tmp; the TMPDIR of root may be closed to it.
  const base = context.owner === null ? tmpdir() : "/tmp";
  const socketDir = await mkdtemp(join(base, SOCKET_FOLDER));
  if (context.owner !== null) await chown(socketDir, context.owner.uid, context.owner.gid);
  return await endpointAt(context, { socketDir, port: SOCKET_NUMBER });
}

/** The place where a running server listens. */
export async function endpointAt(
  context: ServerContext,
  { socketDir, port }: Pick<PostmasterFile, "socketDir" | "port">,
): Promise<Endpoint> {
  const base = { user: DATABASE_USER, database: "postgres", port };
  if (socketDir !== null) return { socketDir, port, connection: { ...base, host: socketDir } };
  const password = (await readFile(passwordFile(context.dataDir), "utf8")).trim();
  return { socketDir, port, connection: { ...base, host: "127.0.0.1", password } };
}

/**
 * Makes the folder of a server's socket again when it got lost, for the server's user. One that is there is left as it is:
 * anybody may have put it into a folder that all may write.
 */
export async function restoreSocketDir(
  { owner }: ServerContext,
  { socketDir }: Pick<Endpoint, "socketDir">,
): Promise<void> {
  if (socketDir === null) return;
  const made = await mkdir(socketDir, { recursive: true, mode: 0o700 });
  if (made !== undefined && owner !== null) await chown(socketDir, owner.uid, owner.gid);
}

export async function removeSocketDir({ socketDir }: Pick<Endpoint, "socketDir">): Promise<void> {
  if (socketDir === null || !socketDir.includes(SOCKET_FOLDER)) return;
  await rmdir(socketDir).catch(() => undefined);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
