// The master key is replaced beside a running relay: what the relay still seals with the old key, or renews meanwhile,
// must not be lost, and a command that is killed half-way goes on the next time.

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { masterKeyPath } from "../../sync-relay/src/adapters/sealing/master-key";
import { createSealing } from "../../sync-relay/src/adapters/sealing/sealing";
import { cosell, startCosell, type RunningCosell } from "./cosell-process";
import { dataDir, startStand, type Stand } from "./stand";
import { stopEverywhere } from "./stop-everywhere";
import { storedSecrets, type StoredSecrets } from "./stored-secrets";

const LIMIT_MS = 120_000;
jest.setTimeout(LIMIT_MS);
/** Names that the relay does not know, in the order in which secrets are sealed anew. */
const NAMES = ["first-secret", "second-secret"] as const;
let stand: Stand;
let stored: StoredSecrets;

beforeAll(async () => {
  stand = await startStand();
  await stand.init();
  await stand.startRelay();
  const input = stand.clouds.authority.issueRefreshToken(stand.clouds.environment["COSELL_CLIENT_ID"] ?? "");
  expect((await stand.run(["login", "partner-center", "--refresh-token-stdin"], { input })).code).toBe(0);
  stored = await storedSecrets(stand);
  for (const name of NAMES) await stored.save(name, sealingNow(await keysNow()).seal(name, `text of ${name}`));
});
afterAll(async () => {
  await stored.close();
  await stand.close();
});

const keyPath = () => join(stand.folder, "cosell-secrets", "master-key");
const keyFile = () => readFile(keyPath(), "utf8");
const keysIn = (file: string): readonly Buffer[] =>
  file
    .trim()
    .split(",")
    .map((one) => Buffer.from(one, "base64"));
const keysNow = async () => keysIn(await keyFile());
const draftsLeft = async () =>
  (await readdir(join(stand.folder, "cosell-secrets"))).filter((name) => name.endsWith(".draft"));
const sealingKey = (file: string) => keysIn(file)[0];
const sealingNow = (keys: readonly Buffer[]) => createSealing({ keys });
const optionsOfStand = () => ({ cwd: stand.folder, environment: stand.environment });
const finishing = (): RunningCosell => startCosell(["keys", "rotate", "--finish"], optionsOfStand());

/** A new relay process, which reads the keys anew; the database is another process then, too. */
async function restartRelay(): Promise<void> {
  await stored.close();
  await stand.stopRelay();
  await stand.startRelay();
  stored = await storedSecrets(stand);
}

test("[KY3] the old key stays as long as a running relay seals with it", async () => {
  const [old] = await keysNow();
  expect((await stand.run(["keys", "rotate", "--yes"])).code).toBe(0);
  const begun = await keyFile();
  const before = await stored.all();
  const tooEarly = await stand.run(["keys", "rotate", "--finish"]);
  expect(tooEarly.code).toBe(1);
  expect(tooEarly.stderr).toContain("Restart every relay");
  expect(await keyFile()).toBe(begun);
  expect(await stored.all()).toEqual(before);
  expect((await keysNow())[1]).toEqual(old);
});

test("[KY4] a secret that is renewed while it is sealed anew keeps its renewed value", async () => {
  if ((await keysNow()).length === 1) await stand.run(["keys", "rotate", "--yes"]);
  await restartRelay();
  const [name] = NAMES;
  const renewed = "renewed by the relay in between";
  const held = await stored.hold(name, sealingNow(await keysNow()).seal(name, renewed));
  const running = finishing();
  await held.awaited();
  await held.letGo();
  expect((await running.ended).code).toBe(0);
  expect(sealingNow(await keysNow()).open(name, (await stored.all()).get(name) ?? "")).toBe(renewed);
});

test("[KY5] killed or interrupted at any of its steps, the first one leaves one new key before the old one", async () => {
  const before = await keyFile();
  const steps = await stopEverywhere({
    words: ["keys", "rotate", "--yes"],
    options: optionsOfStand,
    reset: () => writeFile(keyPath(), before),
    async goOn() {
      const left = await keysNow();
      const again = await stand.run(["keys", "rotate", "--yes"]);
      const keys = await keysNow();
      expect(keys).toHaveLength(2);
      expect(keys[1]).toEqual(sealingKey(before));
      // A rotation that was begun is not begun anew: the relay may know that key already.
      expect(again.code).toBe(left.length === 1 ? 0 : 1);
      if (left.length === 2) expect(keys).toEqual(left);
      // What a killed command was writing does not stay beside the files that may hold a secret.
      else expect(await draftsLeft()).toEqual([]);
    },
  });
  expect(steps.length).toBeGreaterThan(1);
});

test("[KY5] a key of the data folder moves out of it, however often that is interrupted", async () => {
  const cwd = join(stand.folder, "without-key-file");
  const environment = { ...stand.environment, COSELL_DATA_DIR: dataDir(stand.folder) };
  const config = await readFile(join(stand.folder, "cosell.yaml"), "utf8");
  const secrets = config.replaceAll("cosell-secrets", join(stand.folder, "cosell-secrets"));
  const withoutKey = secrets.replace(/^master-key-file: .*\n/m, "");
  const steps = await stopEverywhere({
    words: ["keys", "rotate", "--yes"],
    options: () => ({ cwd, environment }),
    async reset() {
      await rm(cwd, { recursive: true, force: true });
      await mkdir(cwd);
      await writeFile(join(cwd, "cosell.yaml"), withoutKey);
    },
    async goOn() {
      await cosell(["keys", "rotate", "--yes"], { cwd, environment });
      const [, old] = keysIn(await readFile(join(cwd, "cosell-secrets", "master-key"), "utf8"));
      expect(old).toEqual(keysIn(await readFile(masterKeyPath(dataDir(stand.folder)), "utf8"))[0]);
      expect(await readFile(join(cwd, "cosell.yaml"), "utf8")).toMatch(/^master-key-file: /m);
      expect(await readdir(join(cwd, "cosell-secrets"))).toEqual(["master-key"]);
    },
  });
  expect(steps.filter((step) => step.startsWith("after the file"))).toHaveLength(2);
});

test("[KY5] killed or interrupted at any of its steps, the second one is done by the next run", async () => {
  await restartRelay();
  const begun = await keyFile();
  const before = await stored.all();
  const steps = await stopEverywhere({
    words: ["keys", "rotate", "--finish"],
    options: optionsOfStand,
    reset: () => writeFile(keyPath(), begun),
    goOn: async () => finishedByNextRun(before),
  });
  expect(steps.length).toBeGreaterThan(1);
  await writeFile(keyPath(), begun);
});

test("[KY5] killed between two secrets, the second one is done by the next run", async () => {
  const [first, second] = NAMES;
  const before = await stored.all();
  const held = await stored.hold(second, before.get(second) ?? "");
  const running = finishing();
  await held.awaited();
  const half = await stored.all();
  expect(half.get(first)).not.toBe(before.get(first));
  expect(half.get(second)).toBe(before.get(second));
  running.child.kill("SIGKILL");
  await running.ended;
  await held.letGo();
  expect(await keysNow()).toHaveLength(2);
  await finishedByNextRun(before);
});

test("[KY4] a secret that is forgotten while it is sealed anew stays forgotten", async () => {
  expect((await stand.run(["keys", "rotate", "--yes"])).code).toBe(0);
  await restartRelay();
  const [, second] = NAMES;
  const held = await stored.hold(second, null);
  const running = finishing();
  await held.awaited();
  await held.letGo();
  expect((await running.ended).code).toBe(0);
  expect([...(await stored.all()).keys()]).not.toContain(second);
});

/** Runs the second step to its end: every secret of before opens with the new key alone. */
async function finishedByNextRun(before: ReadonlyMap<string, string>): Promise<void> {
  const keys = await keysNow();
  const again = await stand.run(["keys", "rotate", "--finish"]);
  // With one key left it was done already.
  expect([again.code, again.stderr]).toEqual(
    keys.length === 1 ? [1, expect.stringContaining("There is only one key") as string] : [0, ""],
  );
  const [only, ...more] = await keysNow();
  expect([only, more]).toEqual([keys[0], []]);
  const opened = sealingNow(await keysNow());
  const now = await stored.all();
  expect([...now.keys()]).toEqual([...before.keys()]);
  for (const [name, sealed] of now) expect(opened.open(name, sealed)).not.toBe("");
}
