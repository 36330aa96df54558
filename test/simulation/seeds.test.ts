import { must } from "../../sync-relay/src/core/must";
import type { FaultProfile } from "../../sync-relay/simulation/fault-profile";
import { runHistory } from "../../sync-relay/simulation/history";
import { createMaps } from "../../sync-relay/simulation/maps";
import { withoutLaterFaults } from "../../sync-relay/simulation/mutants/circumstances";
import { mutants } from "../../sync-relay/simulation/mutants/mutants";
import { seedsThatFailed } from "./seeds-that-failed";

const maps = createMaps();

test.each(seedsThatFailed)("[SIM14] seed $seed, which showed the mistake $mistake, holds", async (failed) => {
  const drawn = failed.withLaterFaults === true ? {} : withoutLaterFaults;
  const profile = failed.aimed === true ? aimAt(failed.mistake) : drawn;
  expect((await runHistory(failed.seed, { maps, profile })).violations).toEqual([]);
});

function aimAt(mistake: string): Partial<FaultProfile> {
  const mutant = must(
    mutants.find(({ name }) => name === mistake),
    "the mistake has a name",
  );
  return must(mutant.aim, "the mistake is aimed at");
}
