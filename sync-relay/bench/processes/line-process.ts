import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A compiled script in a process of its own that talks in lines. */
export interface LineProcess {
  say(line: string): void;
  /** Its next line. */
  hear(): Promise<string>;
  /** Nothing more is said; resolves when it has ended. */
  end(): Promise<void>;
}

/** Starts a script of this folder, or the one at `path`, with an order; resolves when it is ready. */
export async function startLineProcess(script: string, order: object, path?: string): Promise<LineProcess> {
  const child = spawn(process.execPath, [path ?? join(__dirname, script), JSON.stringify(order)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const hear = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${script} ended too early`);
    return String(value);
  };
  await hear();
  return {
    say: (line) => void child.stdin.write(`${line}\n`),
    hear,
    async end() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}
