import { performance } from "node:perf_hooks";
import type { FaultProfile } from "../fault-profile";
import type { Options } from "../options";
import type { Print } from "../report";
import { startThread } from "../threads";
import type { Mutant } from "./mutant";
import { mutants } from "./mutants";

/** Histories of one look. */
const BATCH = 100;

interface Hunt {
  /** Histories until it was noticed; null: it survived its budget. */
  readonly noticedAfter: number | null;
  readonly violation: string | null;
}

/** Runs histories on an engine with a mistake until a check notices it, and not the engine without it. */
async function hunt(
  mutant: Mutant,
  { seed, budget }: { readonly seed: number; readonly budget: number },
): Promise<Hunt> {
  const thread = startThread(mutant);
  const profile = mutant.aim ?? {};
  try {
    for (let from = seed; from < seed + budget; from += BATCH) {
      const count = Math.min(BATCH, seed + budget - from);
      const { failures } = await thread.run({ kind: "batch", from, count, profile });
      const first = [...failures].sort((a, b) => a.seed - b.seed)[0];
      if (first !== undefined && (await holdsWithout(first.seed, profile))) {
        return { noticedAfter: first.seed - seed + 1, violation: first.violations[0] ?? null };
      }
    }
    return { noticedAfter: null, violation: null };
  } finally {
    await thread.end();
  }
}

async function holdsWithout(seed: number, profile: Partial<FaultProfile>): Promise<boolean> {
  const sound = startThread();
  try {
    const { failures } = await sound.run({ kind: "batch", from: seed, count: 1, profile });
    if (failures.length > 0) throw new Error(`seed ${seed} fails without any mistake: the engine itself has one`);
    return true;
  } finally {
    await sound.end();
  }
}

/** Hunts every mutant, or the one that is named. True when none survived. */
export async function allMutants({ only, seed, jobs, histories }: Options, print: Print): Promise<boolean> {
  const hunted = mutants.filter(({ name }) => only === null || name === only);
  if (hunted.length === 0) {
    print.line(`There is no mutant "${only ?? ""}"; there are ${mutants.map(({ name }) => name).join(", ")}`);
    return false;
  }
  const startedMs = performance.now();
  const left = [...hunted];
  const survivors: string[] = [];
  const work = async (): Promise<void> => {
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
      print.progress(`${hunted.length - left.length} of ${hunted.length} mutants: ${mutant.name}`);
      const budget = Math.min(mutant.budget, histories);
      const { noticedAfter, violation } = await hunt(mutant, { seed, budget });
      if (noticedAfter === null) survivors.push(mutant.name);
      print.line(`${mutant.name.padEnd(34)} ${outcomeOf(noticedAfter, budget)}`);
      print.line(`  ${mutant.mistake}`);
      if (violation !== null) print.line(`  ${violation}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, hunted.length) }, work));
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  print.line(`${hunted.length} mutants in ${seconds} s, ${survivors.length} survived ${survivors.join(", ")}`.trim());
  return survivors.length === 0;
}

function outcomeOf(noticedAfter: number | null, budget: number): string {
  return noticedAfter === null ? `SURVIVED ${budget} histories` : `noticed after ${noticedAfter} histories`;
}
