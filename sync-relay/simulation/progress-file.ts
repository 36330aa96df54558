// Where a long run is, so that it can go on after an interruption: which batches are done and what they added up to.

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { emptyTotals, type Totals } from "./totals";

export interface Progress {
  readonly histories: number;
  readonly seed: number;
  /** First seeds of the batches that are done. */
  readonly done: readonly number[];
  readonly totals: Totals;
  /** How long it has run, interruptions left out. */
  readonly seconds: number;
}

export interface ProgressFile {
  readonly path: string;
  /** What an earlier run of the same histories left, or null. */
  readonly load: () => Progress | null;
  readonly save: (progress: Progress) => void;
  readonly remove: () => void;
}

export function createProgressFile(folder: string, run: Pick<Progress, "histories" | "seed">): ProgressFile {
  const path = join(folder, `simulation-${run.seed}-${run.histories}.json`);
  return {
    path,
    load() {
      const text = read(path);
      if (text === null) return null;
      const progress = parsed(text);
      const fits = progress?.histories === run.histories && progress.seed === run.seed;
      return fits ? { ...progress, totals: { ...emptyTotals(), ...progress.totals } } : null;
    },
    save(progress) {
      mkdirSync(dirname(path), { recursive: true });
      // Written beside and put in place at once: an interruption leaves the old one.
      writeFileSync(`${path}.new`, JSON.stringify(progress));
      renameSync(`${path}.new`, path);
    },
    remove: () => rmSync(path, { force: true }),
  };
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function parsed(text: string): Progress | null {
  try {
    return JSON.parse(text) as Progress;
  } catch {
    return null;
  }
}
