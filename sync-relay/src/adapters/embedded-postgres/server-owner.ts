import { lstat } from "node:fs/promises";
import { dirname } from "node:path";

// PostgreSQL refuses to run as root. A relay that runs as root gives its server the user id that every system
// reserves for "nobody", so that no user has to be made; any other user runs the server as himself.

/** User and group that the server runs as; null when it runs as the relay's own user. */
export interface ServerOwner {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY: ServerOwner = { uid: 65534, gid: 65534 };

export function serverOwner(): ServerOwner | null {
  return process.getuid?.() === 0 ? NOBODY : null;
}

/** The nearest folder above `path` (or `path` itself, when it is a folder) that the owner may not enter; null when it may enter all. */
export async function closedFolder(path: string, owner: ServerOwner | null): Promise<string | null> {
  if (owner === null) return null;
  for (let folder = path; ; folder = dirname(folder)) {
    if (!(await mayEnter(folder, owner))) return folder;
    if (folder === dirname(folder)) return null;
  }
}

async function mayEnter(folder: string, owner: ServerOwner): Promise<boolean> {
  const found = await lstat(folder).catch(() => null);
  if (found === null || !found.isDirectory()) return true;
  if (found.uid === owner.uid) return (found.mode & 0o100) !== 0;
  if (found.gid === owner.gid) return (found.mode & 0o010) !== 0;
  return (found.mode & 0o001) !== 0;
}
