import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Log } from "../../ports/log";

/** File system types (`statfs`, Linux) on which a database may lose data or locks. */
const NETWORK_DRIVES: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xfe534d42, "SMB"],
  [0xff534d42, "CIFS"],
  [0x01021997, "9P"],
]);

/** A database on a network drive may be damaged: it starts, but the operator is told. */
export async function warnAboutNetworkDrive(dataDir: string, log: Log): Promise<void> {
  const name = networkDriveName((await statfs(dirname(dataDir))).type);
  if (name === null || process.platform !== "linux") return;
  log.warn(
    "the data folder is on a network drive, where a database may lose data; use a local disk or COSELL_DATABASE_URL",
    {
      fileSystem: name,
    },
  );
}

export function networkDriveName(type: number): string | null {
  return NETWORK_DRIVES.get(type >>> 0) ?? null;
}
