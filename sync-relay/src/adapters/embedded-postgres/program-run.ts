import { execFile } from "node:child_process";
import { program } from "./binaries";
import type { ServerContext } from "./server-context";

interface ProgramRun {
  readonly name: "initdb" | "pg_ctl";
  readonly args: readonly string[];
  readonly withinMs: number;
}

/** Runs a program of PostgreSQL to its end, as the server's user. Throws with its own words when it fails. */
export function runProgram(context: ServerContext, { name, args, withinMs }: ProgramRun): Promise<void> {
  const options = { ...spawnOptions(context), timeout: withinMs };
  return new Promise((resolve, reject) => {
    execFile(program(context.binaries.binDir, name), [...args], options, (failed, _out, words) => {
      if (failed === null) resolve();
      else reject(new Error(`${name} failed: ${words.trim().slice(-500) || failed.message}`));
    });
  });
}

/** User, folder and environment of the server's programs. The folder must be one that the server's user can enter. */
export function spawnOptions({ binaries, owner }: ServerContext): {
  cwd: string | undefined;
  env: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
} {
  return {
    cwd: process.platform === "win32" ? undefined : "/",
    env: { ...process.env, LC_ALL: "C", ...binaries.env },
    ...(owner === null ? {} : { uid: owner.uid, gid: owner.gid }),
  };
}
