import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMasterKey, masterKeyPath } from "../../../sync-relay/src/adapters/sealing/master-key";

let dataDir: string;

beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), "cosell-key-")), "new", "folder");
});

afterEach(() => rm(join(dataDir, "..", ".."), { recursive: true }));

test("[SE5] without a master key, one is made in the data folder for its owner alone, and kept", async () => {
  const key = await createMasterKey(dataDir);
  expect(key).toHaveLength(32);
  expect((await stat(masterKeyPath(dataDir))).mode & 0o777).toBe(0o600);
  expect(await createMasterKey(dataDir)).toEqual(key);
});

test("[SE5] relays that start at the same moment get the same key and leave no drafts", async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => createMasterKey(dataDir)));
  expect(new Set(keys.map((key) => Buffer.from(key).toString("hex"))).size).toBe(1);
  expect(await readdir(dataDir)).toEqual(["master.key"]);
});

test("[SE6] a key file that others may read, or that holds no key, is refused and left as it is", async () => {
  await createMasterKey(dataDir);
  await chmod(masterKeyPath(dataDir), 0o644);
  await expect(createMasterKey(dataDir)).rejects.toMatchObject({ code: "CS-1204" });
  await chmod(masterKeyPath(dataDir), 0o600);
  await writeFile(masterKeyPath(dataDir), "short");
  await expect(createMasterKey(dataDir)).rejects.toMatchObject({ code: "CS-1204" });
});
