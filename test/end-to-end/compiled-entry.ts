import { existsSync } from "node:fs";
import { join } from "node:path";

const DIST = join(__dirname, "..", "..", "dist", "sync-relay");

/** Programs that tests run. */
type Program =
  "src/main.js" | "src/cli/main.js" | "simulator/main.js" | "simulation/main.js" | "bench/processes/budget-worker.js";

/** Path of a compiled program. What is tested here is what is shipped, so nothing is compiled on the fly. */
export function compiledEntry(program: Program): string {
  const path = join(DIST, program);
  if (!existsSync(path)) throw new Error(`${path} does not exist. Run "npm run build" before these tests.`);
  return path;
}
