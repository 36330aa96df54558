import { must } from "../../sync-relay/src/core/must";
import type { FaultProfile } from "../../sync-relay/simulation/fault-profile";
import { runHistory } from "../../sync-relay/simulation/history";
import { createMaps } from "../../sync-relay/simulation/maps";
import { mutants } from "../../sync-relay/simulation/mutants/mutants";
import { seedsThatFailed } from "./seeds-that-failed";

const maps = createMaps();

test.each(seedsThatFailed)("[SIM14] seed $seed, which showed the mistake $mistake, holds", async (failed) => {
  const profile = failed.aimed === true ? aimAt(failed.mistake) : failed.without;
  expect((await runHistory(failed.seed, { maps, ...(profile === undefined ? {} : { profile }) })).violations).toEqual(
    [],
  );
});

function aimAt(mistake: string): Partial<FaultProfile> {
  const mutant = must(
    mutants.find(({ name }) => name === mistake),
    "the mistake has a name",
  );
  return must(mutant.aim, "the mistake is aimed at");
}
