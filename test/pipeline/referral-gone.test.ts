// A referral that disappears from Partner Center, of which no event tells.

import { helpOptions } from "../../solution/schema/help-options";
import { atPath } from "../../sync-relay/src/core/json";
import { must } from "../../sync-relay/src/core/must";
import { createWorld, type World } from "./world";

const help = must(helpOptions[2], "six help options").value;
const shown = (world: World) => world.opportunity().section.syncMessage ?? "";

async function withoutReferral(): Promise<World> {
  const world = createWorld();
  await world.share();
  world.partnerCenter.remove(world.referral().id);
  await world.save({ estimatedvalue: 60_000 });
  expect(shown(world)).toContain("no longer exists");
  return world;
}

test("[RN25] that a referral is gone stays said, whatever happens to the opportunity later", async () => {
  const world = await withoutReferral();
  const { version } = world.opportunity();
  await world.crmEvent();
  await world.settle();
  expect(world.opportunity().version).toBe(version);
  await world.save({ estimatedvalue: 50_000 });
  expect(world.opportunity().section.syncStatus).toBe("needs-attention");
  expect(shown(world)).toContain("no longer exists");
  expect(world.referrals()).toHaveLength(0);
});

test("[RN25] nobody is invited to a referral that is gone, and a referral that is there again goes on", async () => {
  const world = createWorld();
  await world.share();
  const referral = world.referral();
  const read = jest.spyOn(world.partnerCenter, "read").mockResolvedValue({ kind: "missing" });
  jest.spyOn(world.partnerCenter, "patch").mockResolvedValueOnce({ kind: "missing" });
  await world.save({ estimatedvalue: 60_000 });
  await world.save({ cosell_helprequired: help });
  expect(world.microsofts()).toHaveLength(0);
  expect(shown(world)).toContain("no longer exists");
  read.mockRestore();
  await world.crmEvent();
  await world.settle();
  expect(world.microsofts()).toHaveLength(1);
  expect(world.referral().id).toBe(referral.id);
  expect(world.opportunity().section).toMatchObject({ syncStatus: "synced", syncMessage: null });
});

test("[RN25] an invitation in doubt stays in doubt meanwhile, and is looked up, not repeated, once the referral is back", async () => {
  const world = createWorld();
  await world.share();
  world.partnerCenter.fail({ on: "create", kind: "after-effect" });
  await world.save({ cosell_helprequired: help });
  const read = jest.spyOn(world.partnerCenter, "read").mockResolvedValue({ kind: "missing" });
  await world.referralEvent(world.referral(), { changedAt: null });
  await world.live(300_000, 5_000);
  expect(shown(world)).toContain("no longer exists");
  expect((await world.pair()).intent?.kind).toBe("invite-microsoft");
  read.mockRestore();
  await world.crmEvent();
  await world.settle();
  expect(await world.pair()).toMatchObject({ intent: null, unfinished: false, helpSent: expect.any(String) });
  expect(world.microsofts()).toHaveLength(1);
  expect(world.opportunity().section).toMatchObject({ syncStatus: "synced", syncMessage: null });
});

test("[FT20] a store put back into a create is in doubt no more where the opportunity knows what came of it", async () => {
  const world = createWorld();
  const create = world.partnerCenter.create.bind(world.partnerCenter);
  let backup = world.data;
  jest.spyOn(world.partnerCenter, "create").mockImplementationOnce((...given) => {
    backup = structuredClone({ ...world.data, listeners: new Set<() => void>() });
    return create(...given);
  });
  await world.share();
  world.partnerCenter.remove(world.referral().id);
  world.restart(backup);
  expect((await world.pair()).intent?.kind).toBe("create-referral");
  await world.live(300_000, 5_000);
  expect(await world.pair()).toMatchObject({ intent: null, unfinished: false });
  expect(shown(world)).toContain("no longer exists");
  expect(world.referrals()).toHaveLength(0);
});

test("[RN27] what was saved while the relay could not see a referral goes out once it can, though nothing tells of that", async () => {
  const world = createWorld();
  await world.share();
  const away = [
    jest.spyOn(world.partnerCenter, "read").mockResolvedValue({ kind: "forbidden" }),
    jest.spyOn(world.partnerCenter, "patch").mockResolvedValue({ kind: "forbidden" }),
  ];
  await world.save({ estimatedvalue: 60_000 });
  expect(shown(world)).toContain("not visible to the relay");
  // Meanwhile the seller is heard at once.
  await world.save({ estimatedvalue: 61_000 });
  expect((await world.pair()).crm?.values["estimatedvalue"]).toBe(61_000);
  for (const spy of away) spy.mockRestore();
  await world.live(2 * 3_600_000, 60_000);
  expect(atPath(world.referral().json, "details.dealValue")).toBe(61_000);
  expect(world.opportunity().section).toMatchObject({ syncStatus: "synced", syncMessage: null });
});
