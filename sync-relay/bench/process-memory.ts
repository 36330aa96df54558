// Memory of a process and its descendants. Pages that several processes share count once in all: on Linux as the
// proportional set size, elsewhere as resident memory, which counts them once for each process and so says too much.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const KIBIBYTE = 1024;
const MEGABYTE = 1_000_000;

/** Memory of the process and all below it, megabytes (10^6 bytes). */
export function memoryOfTree(rootId: number): number {
  const rows = processTable();
  const ids = treeBelow(rootId, rows);
  const kib = rows.filter(({ id }) => ids.has(id)).map((row) => proportionalKib(row.id) ?? row.residentKib);
  return (kib.reduce((sum, one) => sum + one, 0) * KIBIBYTE) / MEGABYTE;
}

/** Ids of the process and of all below it. */
export function processesBelow(rootId: number): readonly number[] {
  return [...treeBelow(rootId, processTable())];
}

interface ProcessRow {
  readonly id: number;
  readonly parentId: number;
  readonly residentKib: number;
}

function processTable(): readonly ProcessRow[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" });
  return table.split("\n").flatMap((line) => {
    const [id, parentId, residentKib] = line.trim().split(/\s+/).map(Number);
    return id === undefined || parentId === undefined || residentKib === undefined
      ? []
      : [{ id, parentId, residentKib }];
  });
}

function treeBelow(rootId: number, rows: readonly ProcessRow[]): ReadonlySet<number> {
  const ids = new Set([rootId]);
  let known = 0;
  while (known < ids.size) {
    known = ids.size;
    for (const { id, parentId } of rows) if (ids.has(parentId)) ids.add(id);
  }
  return ids;
}

/** Null where the system does not tell, or when the process has just ended. */
function proportionalKib(id: number): number | null {
  const file = `/proc/${id}/smaps_rollup`;
  if (!existsSync(file)) return null;
  const kib = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(file, "utf8"))?.[1];
  return kib === undefined ? null : Number(kib);
}
