import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const OWNER_ONLY_FOLDER = 0o700;
/** What follows the name of the file in the name of its draft; the number is the process that writes it. */
const DRAFT_OF = /^\.(\d+)\.[0-9a-f]+\.draft$/;

/** Who may read a file that a command writes. */
export const fileMode = { secret: 0o600, plain: 0o644 } as const;

/**
 * Writes a file whole or not at all: a draft beside it is moved into place, so that whoever reads or interrupts finds
 * the old text or the new one. Folders that are made on the way are the owner's alone.
 */
export async function writeWhole(
  path: string,
  text: string,
  mode: (typeof fileMode)[keyof typeof fileMode],
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
  await removeDeadDrafts(path);
  const draft = `${path}.${process.pid}.${randomBytes(6).toString("hex")}.draft`;
  const file = await open(draft, "wx", mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await rename(draft, path);
  } catch (failure) {
    await rm(draft, { force: true });
    throw failure;
  }
}

/** A command that was killed leaves its draft behind, which may hold a secret; one that still writes keeps its own. */
async function removeDeadDrafts(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(path)}.`)) continue;
    const [, pid] = DRAFT_OF.exec(name.slice(basename(path).length)) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === "EPERM";
  }
}
