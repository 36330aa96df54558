import { spawn } from "node:child_process";
import { createSystemClock } from "../adapters/system/system-clock";
import { createSystemRandom } from "../adapters/system/system-random";
import { exitCode } from "./exit-code";
import type { World } from "./world";

/** The real process. The first signal asks the command to end at its next step; a second one ends it at once. */
export function processWorld(): World {
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(exitCode.interrupted);
      stopping.abort();
    });
  }
  return {
    argv: process.argv.slice(2),
    environment: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    clock: createSystemClock(),
    random: createSystemRandom(),
    stopping: stopping.signal,
    openBrowser,
  };
}

function openBrowser(url: string): void {
  const [program, ...words] = opener(url);
  const child = spawn(program, words, { stdio: "ignore", detached: true });
  // No browser here: the address is printed anyway.
  child.on("error", () => undefined);
  child.unref();
}

function opener(url: string): readonly [string, ...string[]] {
  switch (process.platform) {
    case "darwin":
      return ["open", url];
    case "win32":
      return ["rundll32", "url.dll,FileProtocolHandler", url];
    default:
      return ["xdg-open", url];
  }
}
