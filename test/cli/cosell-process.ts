// The compiled command line as a process, as an admin runs it: words, environment, folder and standard input in, exit
// code and both outputs out.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { compiledEntry } from "../end-to-end/compiled-entry";

export interface CosellOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What is typed into standard input; it is closed afterwards. */
  readonly input?: string;
}

export interface CosellEnded {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCosell {
  readonly child: ChildProcess;
  /** Everything that was said so far. */
  said(): string;
  readonly ended: Promise<CosellEnded>;
}

/** Starts `cosell` with these words. Settings of this process do not reach it, and it speaks English. */
export function startCosell(words: readonly string[], options: CosellOptions): RunningCosell {
  const foreign = Object.entries(process.env).filter(([name]) => !name.startsWith("COSELL_") && name !== "NO_COLOR");
  const child = spawn(process.execPath, [compiledEntry("src/cli/main.js"), ...words], {
    cwd: options.cwd,
    env: { ...Object.fromEntries(foreign), LC_ALL: "C", ...options.environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const out = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (out.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (out.stderr += chunk.toString()));
  // A command that ends without reading leaves a broken pipe behind.
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  return {
    child,
    said: () => out.stdout + out.stderr,
    ended: once(child, "close").then(([code]) => ({ code: code as number | null, ...out })),
  };
}

/** Runs `cosell` to its end. */
export function cosell(words: readonly string[], options: CosellOptions): Promise<CosellEnded> {
  return startCosell(words, options).ended;
}
