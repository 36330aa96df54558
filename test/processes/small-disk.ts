// A disk that can be filled to the last byte without harm to anything else: a small one of its own, in memory.

import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SmallDisk {
  readonly folder: string;
  /** Leaves no room for anything more. */
  fill(): void;
  free(): void;
  remove(): void;
}

/** Room for a new database and some work. */
const SIZE = "200m";
const CHUNK = Buffer.alloc(64 * 1024, 1);

/** Null where the system does not let this user make one. */
export function makeSmallDisk(): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), "cosell-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE},mode=755`, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
  const ballast = join(folder, "ballast");
  return {
    folder,
    fill: () => writeUntilFull(ballast),
    free: () => rmSync(ballast),
    remove() {
      execFileSync("umount", ["-l", folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

function writeUntilFull(path: string): void {
  const file = openSync(path, "w");
  try {
    for (let size = CHUNK.length; size >= 1; size = size === CHUNK.length ? 1 : 0) {
      while (fits(file, size));
    }
  } finally {
    closeSync(file);
  }
}

function fits(file: number, size: number): boolean {
  try {
    return writeSync(file, CHUNK, 0, size) === size;
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === "ENOSPC") return false;
    throw failure;
  }
}
