import { spawn } from "node:child_process";
import { once } from "node:events";

/** How a program ended, and everything it said. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a compiled program to its end. Settings of this process do not reach it. */
export async function runToEnd(
  entry: string,
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Ended> {
  const foreign = Object.entries(process.env).filter(([name]) => !name.startsWith("COSELL_"));
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...Object.fromEntries(foreign), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output };
}
