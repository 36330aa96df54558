// An opportunity that gets a new version each time the relay is about to tell its seller something, and of which no event
// tells afterwards: what was saved meanwhile is known to the relay by then.

import { RelayError } from "../../sync-relay/src/core/errors";
import { createWorld, type World } from "./world";

const shown = (world: World) => world.opportunity().section.syncMessage ?? "";

/** Overtakes the next writes of the opportunity; the times of all of them. */
function overtake(world: World, times: number): readonly number[] {
  const triedMs: number[] = [];
  const update = world.crm.update.bind(world.crm);
  jest.spyOn(world.crm, "update").mockImplementation((...given) => {
    triedMs.push(world.clock.now());
    return triedMs.length > times ? update(...given) : Promise.resolve({ kind: "stale" });
  });
  return triedMs;
}

test("[RN26] an opportunity that has a new version at each try is told in a later run, though no event follows", async () => {
  const world = createWorld();
  await world.share();
  world.partnerCenter.remove(world.referral().id);
  overtake(world, 3);
  await world.save({ estimatedvalue: 60_000 });
  expect(shown(world)).not.toContain("no longer exists");
  await world.live(120_000, 5_000);
  expect(shown(world)).toContain("no longer exists");
  expect(world.opportunity().section.syncStatus).toBe("needs-attention");
});

test("[RN26, FT8] so is why a pair is given up: until its seller can read it, it is no dead letter", async () => {
  const world = createWorld();
  const refusal = new RelayError("CS-1104", { httpStatus: 400, upstreamMessage: "The deal value is too small." });
  jest.spyOn(world.partnerCenter, "create").mockRejectedValue(refusal);
  overtake(world, 3);
  await world.share();
  expect(await world.pair()).toMatchObject({ deadBecause: null, failures: 1 });
  await world.live(30_000);
  expect(shown(world)).toContain("The deal value is too small.");
  expect(await world.pair()).toMatchObject({ deadBecause: "CS-1104", failures: 0 });
  expect((await world.trail()).filter(({ action }) => action === "give-up")).toHaveLength(1);
});

test("[FT7] a message that is overtaken in run after run is a failure in a row, and is reported once it is written", async () => {
  const world = createWorld();
  await world.share();
  world.partnerCenter.remove(world.referral().id);
  // Three tries a run, so the fifth run is not overtaken any more.
  const triedMs = overtake(world, 12);
  await world.save({ estimatedvalue: 60_000 });
  await world.live(60_000, 50);
  const begunMs = [...new Set(triedMs)];
  const pauses = begunMs.slice(1).map((time, at) => time - (begunMs[at] ?? 0));
  expect(pauses).toHaveLength(4);
  for (const [at, pause] of pauses.entries()) if (at > 0) expect(pause).toBeGreaterThan(1.5 * (pauses[at - 1] ?? 0));
  expect(shown(world)).toContain("no longer exists");
  expect((await world.trail()).filter(({ action }) => action === "attention")).toHaveLength(1);
  expect(await world.pair()).toMatchObject({ failures: 0 });
});
