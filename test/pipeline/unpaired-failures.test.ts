// Failures of a referral that belongs to no pair yet, and so has nowhere to count them but beside its event.

import { createWorld } from "./world";

test("[FT18] a referral of nobody that cannot be read is tried with longer and longer pauses, until it can", async () => {
  const world = createWorld({ maxAttempts: 6 });
  const referral = world.partnerCenter.add({});
  world.partnerCenter.fail({ on: "read", kind: "before-effect", times: 20 });
  await world.referralEvent(referral, { kind: "referral-created" });
  await world.live(600_000, 1_000);
  expect(world.partnerCenter.calls.read).toBeLessThan(15);
  expect(await world.store.queue.depth()).toMatchObject({ events: 1 });
  await world.live(3 * 3_600_000, 10_000);
  expect(world.crm.all().map(({ section }) => section.referralId)).toEqual([referral.id]);
});

test("[FT18] so is one that was woken without any event, with pauses that are numbers", async () => {
  const world = createWorld({ maxAttempts: 6 });
  const referral = world.partnerCenter.add({});
  world.partnerCenter.fail({ on: "read", kind: "before-effect", times: 2 });
  await world.store.queue.wake([`ref:${referral.id}`], 0);
  await world.live(60_000, 1_000);
  expect(world.crm.all()).toHaveLength(1);
});

test("[FT18] what a referral of nobody waited for a sign-in is no failure: one failure after it gives nothing up", async () => {
  const world = createWorld();
  const referral = world.partnerCenter.add({});
  world.partnerCenter.fail({ on: "read", kind: "unauthorized", times: 50 });
  await world.referralEvent(referral, { kind: "referral-created" });
  await world.live(50 * 60_000, 10_000);
  world.partnerCenter.fail({ on: "read", kind: "before-effect" });
  await world.live(5 * 60_000, 10_000);
  expect(world.crm.all()).toHaveLength(1);
  expect(world.data.audit.map(({ action }) => action)).not.toContain("give-up");
});
