import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

const OWNER_ONLY_FOLDER = 0o700;

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
  const draft = `${path}.${randomBytes(6).toString("hex")}.draft`;
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
