import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { killRounds } from "../../sync-relay/bench/processes/kill-rounds";
import type { KillableRelay } from "../../sync-relay/bench/processes/killable-relay";
import { newSeed } from "../../sync-relay/bench/processes/seeded-moments";
import { compiledEntry } from "../end-to-end/compiled-entry";

const ROUNDS = 10;
const seed = Number(process.env["KILL_SEED"] ?? newSeed());
const log: string[] = [];

jest.setTimeout(600_000);

test("[PR1, PR2, PR3] killed ten times at random moments, relay and database lose, double and overtake nothing", async () => {
  process.stderr.write(`KILL_SEED=${seed} repeats the same moments\n`);
  let staleLock: Awaited<ReturnType<typeof restartOnStaleLock>> | null = null;
  const result = await killRounds({
    rounds: ROUNDS,
    seed,
    say: (line) => log.push(line),
    onLine: (line) => log.push(line),
    entry: compiledEntry("src/main.js"),
    afterwards: async (relay, dataFolder) => {
      staleLock = await restartOnStaleLock(relay, dataFolder);
    },
  });
  expect(result.inbox).toMatchObject({ lost: [], waiting: [], outOfOrder: [] });
  expect(result.notPaired).toEqual([]);
  // The load was one.
  expect(result.inbox.acknowledged).toBeGreaterThan(100);
  expect(result.edits.made).toBeGreaterThan(20);
  expect(Object.values(result.struck).reduce((sum, count) => sum + count)).toBe(ROUNDS);
  // A relay that was killed without its database takes it over.
  const takenOver = log.filter((line) => line.includes('"adopted":true')).length;
  expect(takenOver).toBeGreaterThanOrEqual(result.struck.relay);
  expect(staleLock).toEqual({ started: true, otherProgramLives: true });
});

/** A lock file that a crash of the whole machine left behind, whose process id now belongs to another program. */
async function restartOnStaleLock(relay: KillableRelay, dataFolder: string) {
  const other = spawn("sleep", ["600"], { stdio: "ignore" });
  try {
    const lockFile = join(dataFolder, "postgres", "postmaster.pid");
    const lock = await readFile(lockFile, "utf8");
    await relay.kill("relay");
    await relay.kill("whole-database");
    await writeFile(lockFile, lock.replace(/^\d+/, String(other.pid)));
    await relay.start();
    return { started: true, otherProgramLives: other.exitCode === null && other.signalCode === null };
  } finally {
    other.kill();
  }
}
