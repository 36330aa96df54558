// A sign-in that is refused, and a right that is missing for one deal: the work waits for somebody who mends it.

import { RelayError } from "../../sync-relay/src/core/errors";
import { createWorld } from "./world";

test("[FT21] a deal that Partner Center forbids is tried ever more rarely, and its seller reads that an admin must act", async () => {
  const world = createWorld();
  const create = jest.spyOn(world.partnerCenter, "create");
  create.mockRejectedValue(new RelayError("CS-1105", { httpStatus: 403 }));
  await world.share();
  expect(world.opportunity().section).toMatchObject({ syncStatus: "retrying" });
  expect(world.opportunity().section.syncMessage).toContain("Tell your administrator");
  await world.live(60 * 60_000, 10_000);
  expect(create.mock.calls.length).toBeLessThan(12);
  expect(await world.pair()).toMatchObject({ deadBecause: null, failures: 0 });
  create.mockRestore();
  await world.live(11 * 60_000, 10_000);
  expect(world.opportunity().section).toMatchObject({ syncStatus: "synced", syncMessage: null });
});
