import { randomBytes } from "node:crypto";
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runProgram } from "./program-run";
import type { ServerContext } from "./server-context";

/** Database user of the relay. */
export const DATABASE_USER = "cosell";

/** initdb takes about a second; a loaded machine may need much longer. */
const INITDB_WITHIN_MS = 120_000;

/**
 * Makes the cluster when there is none. It is made beside and renamed, so a crash in the middle leaves nothing that
 * looks like a cluster.
 */
export async function makeCluster(context: ServerContext): Promise<void> {
  const { dataDir, owner } = context;
  if ((await majorOf(dataDir)) !== null) return;
  const leftovers = await readdir(dataDir).catch(() => []);
  if (leftovers.length > 0) {
    throw new Error(`The data folder ${dataDir} holds other files. Empty it, or choose another data folder.`);
  }
  const half = `${dataDir}.tmp`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true, mode: 0o700 });
  if (owner !== null) await chown(half, owner.uid, owner.gid);
  const args = [...initdbArgs(half), ...(await authentication(dataDir))];
  await runProgram(context, { name: "initdb", args, withinMs: INITDB_WITHIN_MS }).catch(explainNamelessUser);
  await rm(dataDir, { recursive: true, force: true });
  await rename(half, dataDir);
  context.log.info("made a new database cluster", { major: context.binaries.major });
}

/** Throws when the cluster was made by another major version of PostgreSQL, which cannot open it. */
export async function requireSameMajor({ dataDir, binaries }: ServerContext): Promise<void> {
  const major = await majorOf(dataDir);
  if (major === binaries.major) return;
  throw new Error(
    `The database in ${dataDir} was made by PostgreSQL ${String(major)}, and these programs are PostgreSQL ` +
      `${binaries.version}. Use the programs of version ${String(major)} (COSELL_PG_BIN), or move the data with ` +
      `pg_dump to a database of your own and set COSELL_DATABASE_URL.`,
  );
}

async function majorOf(dataDir: string): Promise<number | null> {
  const text = await readFile(join(dataDir, "PG_VERSION"), "utf8").catch(() => null);
  return text === null ? null : Number.parseInt(text, 10);
}

/** Containers may run under a user id that no user has; the programs refuse that. */
function explainNamelessUser(failure: Error): never {
  if (!/could not look up effective user/.test(failure.message)) throw failure;
  const reason = "The embedded PostgreSQL cannot run as a user id that has no name on this machine.";
  throw new Error(`${reason} Run the relay as a user of /etc/passwd, or set COSELL_DATABASE_URL.`, { cause: failure });
}

function initdbArgs(folder: string): readonly string[] {
  return ["-D", folder, "-U", DATABASE_USER, "-E", "UTF8", "--locale=C", "--no-instructions"];
}

/** File that keeps the password where the server cannot be reached by a socket in a closed folder. */
export function passwordFile(dataDir: string): string {
  return `${dataDir}.password`;
}

async function authentication(dataDir: string): Promise<readonly string[]> {
  // The socket's folder lets in nobody but the server's owner and root.
  if (process.platform !== "win32") return ["-A", "trust"];
  const file = passwordFile(dataDir);
  await writeFile(file, randomBytes(24).toString("hex"), { mode: 0o600 });
  return ["-A", "scram-sha-256", `--pwfile=${file}`];
}
