// Processor time of a process and all below it. On a machine with other work it says more than a rate: what one webhook or
// one run costs, and so how many a machine of its own could do. Linux only.

import { existsSync, readFileSync } from "node:fs";
import { processesBelow } from "./process-memory";

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** Milliseconds of processor time so far of processes that still run; null where the system does not tell. */
export function processorTimeOf(rootIds: readonly number[]): number | null {
  if (!existsSync("/proc/self/stat")) return null;
  const ids = new Set(rootIds.flatMap(processesBelow));
  return [...ids].reduce((sum, id) => sum + ticksOf(id) * TICK_MS, 0);
}

/** Of its own and of its children that have ended. */
function ticksOf(id: number): number {
  try {
    // The name in parentheses may hold anything.
    const fields = readFileSync(`/proc/${id}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return [11, 12, 13, 14].reduce((sum, n) => sum + Number(fields[n] ?? 0), 0);
  } catch {
    return 0;
  }
}
