import { chmod, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dealsOf, HELP, COLUMN, statusValue } from "./deals";
import { untilHolds } from "./until-holds";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "./whole-relay";

jest.setTimeout(60_000);

let relay: WholeRelay;
/** Where programs put what they need for a moment. */
let passing: string;
/** Where the database listens. */
let socketFolder: string;

beforeAll(async () => {
  passing = await mkdtemp(join(tmpdir(), "cosell-passing-"));
  await chmod(passing, 0o1777);
  const environment = { TMPDIR: passing, HOME: passing, COSELL_LOG_LEVEL: "debug", COSELL_COALESCE_MS: "60" };
  relay = await startWholeRelay({ environment });
}, START_WITHIN_MS);

afterAll(async () => {
  await relay.close();
  await rm(passing, { recursive: true, force: true });
}, START_WITHIN_MS);

/** Files below a folder that others than the owner could open, for which every folder on the way must be open too. */
async function openToOthers(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const others = (await stat(path)).mode & 0o077;
    if (entry.isDirectory()) found.push(...(others === 0 ? [] : await openToOthers(path)));
    else if (others !== 0) found.push(path);
  }
  return found;
}

test("[OB12] at work the relay writes to standard output and into its data folder, which only its owner can read", async () => {
  const deals = dealsOf(relay.clouds);
  const id = deals.share({ [COLUMN.help]: HELP });
  await untilHolds(() => expect(deals.row(id)[COLUMN.status]).toBe(statusValue("synced")));
  await relay.atRest();
  expect(relay.log.filter((line) => line.startsWith("{")).length).toBeGreaterThan(5);

  expect((await readdir(relay.dataDir)).sort()).toEqual(["master.key", "postgres"]);
  expect(await openToOthers(relay.dataDir)).toEqual([]);
  const below = await readdir(relay.dataDir, { recursive: true });
  expect(below.filter((path) => /\.(log|txt|trace|out|err)$/.test(path))).toEqual(["postgres/server.log"]);
  socketFolder = (await readFile(join(relay.dataDir, "postgres", "postmaster.pid"), "utf8")).split("\n")[4] ?? "";
  expect((await stat(socketFolder)).mode & 0o077).toBe(0);
  const log = join(relay.dataDir, "postgres", "server.log");
  expect((await stat(log)).mode & 0o777).toBe(0o600);
  expect(await readFile(log, "utf8")).toContain("database system is ready");
});

test("[OB12] once it has ended, nothing is left of it elsewhere", async () => {
  expect(await relay.stop()).toBe(0);
  expect(await readdir(passing)).toEqual([]);
  await expect(stat(socketFolder)).rejects.toThrow("ENOENT");
});
