import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { resolve } from "node:path";

// Runs a TypeScript file of the tests in a process of its own, which can be killed or belong to another user.

const PROJECT = resolve(__dirname, "../../..");

/** Makes Node load TypeScript the way the tests do. */
const LOADER = `
const { transformSync } = require("@swc/core");
const { readFileSync } = require("node:fs");
require.extensions[".ts"] = (module, filename) => {
  const jsc = { parser: { syntax: "typescript" }, target: "es2022" };
  const options = { filename, jsc, module: { type: "commonjs" }, swcrc: false };
  module._compile(transformSync(readFileSync(filename, "utf8"), options).code, filename);
};
require(process.argv[1]);`;

export interface SpawnedScript {
  readonly child: ChildProcess;
  /** The next line it prints, as JSON. */
  line(): Promise<Record<string, unknown>>;
  /** Ends it without giving it a chance. */
  kill(): Promise<void>;
}

export function spawnTypeScript(script: string, args: readonly string[], uid?: number): SpawnedScript {
  const child = spawn(process.execPath, ["-e", LOADER, resolve(__dirname, script), ...args], {
    cwd: PROJECT,
    stdio: ["ignore", "pipe", "inherit"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async line() {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${script} ended without an answer`);
      return JSON.parse(String(value)) as Record<string, unknown>;
    },
    kill: () =>
      new Promise((ended) => {
        if (child.exitCode !== null || child.signalCode !== null) return ended();
        child.once("exit", () => ended());
        child.kill("SIGKILL");
      }),
  };
}
