import { must } from "../../sync-relay/src/core/must";
import { runHistory } from "../../sync-relay/simulation/history";
import { createMaps } from "../../sync-relay/simulation/maps";
import { mutants } from "../../sync-relay/simulation/mutants/mutants";
import { seedsThatFailed } from "./seeds-that-failed";

const maps = createMaps();

test.each(seedsThatFailed)("[SIM14] seed $seed, which showed the mistake $mistake, holds", async (failed) => {
  const mutant = must(
    mutants.find(({ name }) => name === failed.mistake),
    "the mistake has a name",
  );
  const circumstances = failed.aimed === true ? { profile: mutant.aim ?? {} } : {};
  expect((await runHistory(failed.seed, { maps, ...circumstances })).violations).toEqual([]);
});
