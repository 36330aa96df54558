import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

// PostgreSQL's own lock file in the data folder. It names the process that serves the folder, and survives a kill -9;
// the process id may then belong to something else, so it is never trusted, let alone killed, without a look at the process.

const run = promisify(execFile);

/** What the lock file says. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** Folder of the Unix socket; null when the server listens on TCP only. */
  readonly socketDir: string | null;
}

/** State of the data folder: served, not served, or named by a lock file whose process is gone or is another program. */
export type PostmasterState =
  | { readonly kind: "none" }
  | { readonly kind: "stale"; readonly file: PostmasterFile }
  | { readonly kind: "live"; readonly file: PostmasterFile };

export async function postmasterState(dataDir: string): Promise<PostmasterState> {
  const text = await readFile(join(dataDir, "postmaster.pid"), "utf8").catch(() => null);
  const file = text === null ? null : parsePostmasterFile(text);
  if (file === null) return { kind: "none" };
  return { kind: (await servesFolder(file.pid, dataDir)) ? "live" : "stale", file };
}

export async function isRunning(dataDir: string): Promise<boolean> {
  return (await postmasterState(dataDir)).kind === "live";
}

/** Null when the file is not complete yet. */
export function parsePostmasterFile(text: string): PostmasterFile | null {
  const [pid = "", , , port = "", socketDir = ""] = text.split("\n");
  if (!/^\d+$/.test(pid.trim())) return null;
  return {
    pid: Number(pid),
    port: Number.parseInt(port, 10) || 0,
    socketDir: socketDir.trim() === "" ? null : socketDir.trim(),
  };
}

async function servesFolder(pid: number, dataDir: string): Promise<boolean> {
  if (!exists(pid)) return false;
  return process.platform === "linux" ? await servesFolderLinux(pid, dataDir) : await looksLikePostgres(pid);
}

/** A server works inside its data folder; of another user's process only the words can be read, of a zombie nothing. */
async function servesFolderLinux(pid: number, dataDir: string): Promise<boolean> {
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  const words = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return /postgres/.test(words) && (cwd === null || cwd === dataDir);
}

async function looksLikePostgres(pid: number): Promise<boolean> {
  if (process.platform === "win32") return true;
  const { stdout } = await run("ps", ["-p", String(pid), "-o", "command="]).catch(() => ({ stdout: "" }));
  return /postgres/.test(stdout);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === "EPERM";
  }
}
