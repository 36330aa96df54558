import { randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { RelayError } from "../../core/errors";

// The key file is the second best place for the master key: whoever copies the data folder has key and secrets
// together. It lets a first start succeed without a vault; COSELL_MASTER_KEY keeps the two apart.

const KEY_BYTES = 32;
const FILE_NAME = "master.key";
const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
const OTHERS_MASK = 0o077;

/** Where the key file of a data folder is. */
export function masterKeyPath(dataDir: string): string {
  return join(dataDir, FILE_NAME);
}

/**
 * The key in the data folder; made on first use, readable by its owner only. Two relays that start at once get the
 * same key. Throws RelayError CS-1204 when the file is not a key or others may read it.
 */
export async function createMasterKey(dataDir: string): Promise<Uint8Array> {
  await mkdir(dataDir, { recursive: true, mode: OWNER_ONLY_FOLDER });
  const path = masterKeyPath(dataDir);
  return (await readKey(path)) ?? (await writeKey(path));
}

async function readKey(path: string): Promise<Uint8Array | null> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  });
  if (text === null) return null;
  const key = Buffer.from(text.trim(), "base64");
  if (key.length !== KEY_BYTES) throw new RelayError("CS-1204", { cause: new Error(`${path} does not hold a key`) });
  // Windows has no such modes; access lists of the folder apply there.
  if (process.platform !== "win32" && ((await stat(path)).mode & OTHERS_MASK) !== 0) {
    throw new RelayError("CS-1204", { cause: new Error(`${path} may be read by others; run chmod 600 on it`) });
  }
  return new Uint8Array(key);
}

/** Writes a complete file beside it and links it into place: a crash leaves no half key, and the first one wins. */
async function writeKey(path: string): Promise<Uint8Array> {
  const draft = `${path}.${randomBytes(8).toString("hex")}`;
  const file = await open(draft, "wx", OWNER_ONLY_FILE);
  try {
    await file.writeFile(`${randomBytes(KEY_BYTES).toString("base64")}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await link(draft, path).catch((error: unknown) => {
    if (!isCode(error, "EEXIST")) throw error;
  });
  await unlink(draft);
  const key = await readKey(path);
  if (key === null) throw new Error(`bug: ${path} vanished while it was made`);
  return key;
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
