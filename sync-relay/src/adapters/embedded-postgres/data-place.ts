import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir, realpath, symlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Log } from "../../ports/log";
import { closedFolder, type ServerOwner } from "./server-owner";

/** Where a relay that runs as root puts what the server's user could not reach, e.g. below /root. */
export const SHARED_PLACE = "/var/lib/cosell-sync";

/**
 * The real folder of the cluster. When the server's user cannot reach the wanted folder, the cluster goes below
 * `/var/lib/cosell-sync` and the wanted folder becomes a link to it; a folder that is already there is never moved.
 */
export async function choosePlace(wanted: string, owner: ServerOwner | null, log: Log): Promise<string> {
  const path = resolve(wanted);
  const found = await lstat(path).catch(() => null);
  if (found !== null) return await existingPlace(path, owner);
  await mkdir(dirname(path), { recursive: true, mode: 0o755 });
  const parent = await realpath(dirname(path));
  const closed = await closedFolder(parent, owner);
  const place = join(parent, basename(path));
  if (closed === null || owner === null) return place;
  return await placeElsewhere(path, owner, log);
}

async function existingPlace(path: string, owner: ServerOwner | null): Promise<string> {
  const place = await realpath(path).catch(() => null);
  if (place === null) throw new Error(`The data folder ${path} is a link to a folder that does not exist any more.`);
  const closed = await closedFolder(dirname(place), owner);
  if (closed === null) return place;
  throw new Error(
    `The database cannot use the data folder ${place}: the relay runs as root, the database runs as user ` +
      `${String(owner?.uid)}, and that user may not enter ${closed}. Move the folder to a place that every user may ` +
      `enter, e.g. ${SHARED_PLACE}, or run the relay as an ordinary user.`,
  );
}

async function placeElsewhere(path: string, owner: ServerOwner, log: Log): Promise<string> {
  const place = join(SHARED_PLACE, createHash("sha256").update(path).digest("hex").slice(0, 12));
  await mkdir(place, { recursive: true });
  await chmod(SHARED_PLACE, 0o755);
  await chown(place, owner.uid, owner.gid);
  await symlink(place, path);
  log.warn("the database's user cannot reach the data folder; the database lives elsewhere and the folder is a link", {
    folder: path,
    place,
  });
  return await realpath(place);
}
