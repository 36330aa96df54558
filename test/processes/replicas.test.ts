import { newSeed } from "../../sync-relay/bench/processes/seeded-moments";
import { replicaLoss } from "../../sync-relay/bench/processes/replica-loss";
import { sharedBudget } from "../../sync-relay/bench/processes/shared-budget";
import { compiledEntry } from "../end-to-end/compiled-entry";

const PAIRS = 30;
const seed = Number(process.env["LOSS_SEED"] ?? newSeed());

jest.setTimeout(400_000);

test("[PR4] with one of three replicas killed at work, the others do everything, and nothing is done twice", async () => {
  process.stderr.write(`LOSS_SEED=${seed} repeats the same moments\n`);
  const result = await replicaLoss({ pairs: PAIRS, seed, entry: compiledEntry("src/main.js") });
  expect(result.notWrittenOnce).toEqual([]);
  expect(result.notToldOnce).toEqual([]);
  // The killed one died at work, and the two others shared the rest.
  expect(result.held).toBeGreaterThan(0);
  expect(result.runs.every((runs) => runs > 0)).toBe(true);
});

test("[PR7] three processes get from a shared budget what it allows, within 2 %", async () => {
  const { taken, allowed } = await sharedBudget({
    seconds: 3,
    worker: compiledEntry("bench/processes/budget-worker.js"),
  });
  const all = taken.reduce((sum, one) => sum + one, 0);
  expect(all / allowed).toBeGreaterThan(0.98);
  expect(all / allowed).toBeLessThan(1.02);
  expect(taken.every((one) => one > 0)).toBe(true);
});
