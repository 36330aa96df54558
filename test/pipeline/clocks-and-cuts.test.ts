// Mistakes that the simulation found, one test each: clocks that differ, runs that were cut off, stores that were put back.

import { helpOptions } from "../../solution/schema/help-options";
import { RelayError } from "../../sync-relay/src/core/errors";
import { atPath } from "../../sync-relay/src/core/json";
import type { ConflictRule, FieldMap } from "../../sync-relay/src/core/mapping/field-map";
import { must } from "../../sync-relay/src/core/must";
import { OPPORTUNITY_ID, readyValues } from "../support/builders";
import { createWorld, shippedMap, type World } from "./world";

const MINUTE_MS = 60_000;
const W = 120_000;
const VALUE = "details.dealValue";

const dealValue = (world: World) => atPath(world.referral().json, VALUE);
const copyOf = ({ data }: World) => structuredClone({ ...data, listeners: new Set<() => void>() });

function withRule(conflict: ConflictRule): FieldMap {
  return { ...shippedMap, fields: shippedMap.fields.map((field) => ({ ...field, conflict })) };
}

/** Every value of the field that the relay's audit trail names as replaced or lost. */
async function replaced(world: World): Promise<readonly unknown[]> {
  const changes = (await world.trail()).flatMap((entry) => entry.changes);
  return changes.filter(({ field }) => field === VALUE).flatMap(({ before, lost }) => [before, lost]);
}

function aDeal(world: World) {
  return world.partnerCenter.add({
    name: "A deal",
    status: "Active",
    substatus: "Accepted",
    consent: {},
    details: { dealValue: 7, currency: "EUR", notes: "In Partner Center's form" },
  });
}

test("[CP14] a create in doubt is found although the relay's clock is ahead of the server's", async () => {
  const world = createWorld({}, { aheadMs: 50 * MINUTE_MS });
  world.partnerCenter.fail({ on: "create", kind: "after-effect" });
  await world.share();
  await world.live(2 * W, 5_000);
  expect(world.partnerCenter.calls.create).toBe(1);
  expect(world.referrals()).toHaveLength(1);
  expect(world.opportunity().section.referralId).toBe(world.referral().id);
});

test("[CP16] a create in doubt that a lagging list shows is linked as it is now, not as the list has it", async () => {
  const world = createWorld();
  world.partnerCenter.fail({ on: "create", kind: "after-effect" });
  await world.share();
  await world.clock.advance(MINUTE_MS);
  world.partnerCenter.edit(world.referral().id, { [VALUE]: 70_000 });
  world.partnerCenter.setIndexLag(90_000);
  await world.live(2 * W, 5_000);
  expect(world.opportunity().section.referralId).toBe(world.referral().id);
  expect(world.opportunity().values["estimatedvalue"]).toBe(70_000);
});

test("[LK2] a deal that is won while its create is in doubt is won on both sides", async () => {
  const world = createWorld();
  world.partnerCenter.fail({ on: "create", kind: "after-effect" });
  await world.share();
  const { version } = world.crm.edit(OPPORTUNITY_ID, { statuscode: 3 });
  await world.live(W, 5_000);
  expect(world.referral()).toMatchObject({ status: "Closed", substatus: "Won" });
  // What is won in the CRM is never written again.
  expect(world.opportunity().version).toBe(version);
});

test.each(["opportunity-deleted", "opportunity-created"] as const)(
  "[CP15] an opportunity that was deleted while its create was in doubt is not made again: %s",
  async (kind) => {
    const world = createWorld();
    world.crm.loseNextAnswer("create");
    await world.referralEvent(aDeal(world), { kind: "referral-created" });
    await world.settle();
    const [made] = world.crm.all();
    const { id } = must(made, "the create took effect");
    world.crm.remove(id);
    await world.crmEvent(id, { kind });
    await world.live(10 * MINUTE_MS, 5_000);
    expect(world.crm.all()).toEqual([]);
    expect((await world.pair(id)).opportunityGone).toBe(true);
  },
);

test("[CP15] a create that met its opportunity does not make it again after it was deleted", async () => {
  const world = createWorld();
  world.crm.loseNextAnswer("create");
  await world.referralEvent(aDeal(world), { kind: "referral-created" });
  await world.settle();
  const { id } = must(world.crm.all()[0], "the create took effect");
  world.crm.failNext("findByReferral", new RelayError("CS-1001"));
  await world.settle(2_000);
  expect(world.crm.calls).toMatchObject({ create: 2, findByReferral: 1 });
  world.crm.remove(id);
  await world.live(10 * MINUTE_MS, 5_000);
  expect(world.crm.all()).toEqual([]);
  expect((await world.pair(id)).opportunityGone).toBe(true);
});

test("[CP15] an opportunity whose deletion was told is not made again, though every run since then was given up", async () => {
  const world = createWorld({ maxAttempts: 2 });
  world.crm.loseNextAnswer("create");
  const referral = aDeal(world);
  await world.referralEvent(referral, { kind: "referral-created" });
  await world.settle();
  const { id } = must(world.crm.all()[0], "the create took effect");
  world.crm.remove(id);
  for (let n = 0; n < 2; n += 1) world.crm.failNext("findByReferral", new RelayError("CS-1001"));
  await world.crmEvent(id, { kind: "opportunity-deleted" });
  await world.live(MINUTE_MS, 5_000);
  expect((await world.pair(id)).deadBecause).toBe("CS-1501");
  await world.store.redrive({ kind: "all" });
  await world.live(10 * MINUTE_MS, 5_000);
  expect(world.crm.all()).toEqual([]);
  expect((await world.pair(id)).opportunityGone).toBe(true);
});

test("[SW11] the sweep's position is the server's time, so that a relay that is ahead misses nothing", async () => {
  const world = createWorld({}, { aheadMs: 30 * MINUTE_MS });
  world.crm.add({ id: OPPORTUNITY_ID, values: readyValues(), section: { syncOn: true } });
  await world.sweep();
  await world.settle();
  await world.sweep();
  await world.clock.advance(1_000);
  world.partnerCenter.edit(world.referral().id, { [VALUE]: 70_000 });
  expect(await world.sweep()).toMatchObject({ referrals: 1 });
  await world.settle();
  expect(world.opportunity().values["estimatedvalue"]).toBe(70_000);
});

test("[SW8] when neither side can be looked at, both failures are told", async () => {
  const world = createWorld();
  world.crm.failNext("changesSince", new RelayError("CS-1001"));
  world.partnerCenter.fail({ on: "list", kind: "unauthorized" });
  await expect(world.sweep()).rejects.toMatchObject({ code: "CS-1001" });
  expect(world.logged).toContainEqual({
    message: "Partner Center could not be looked at either",
    fields: { code: "CS-1105" },
  });
});

test("[FT19] what a write replaced is told although its answer was lost and the run after it was cut off", async () => {
  const world = createWorld();
  await world.share();
  world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 60_000 });
  await world.clock.advance(1_000);
  world.crm.loseNextAnswer("update");
  await world.crmEvent();
  await world.portal({ [VALUE]: 70_000 });
  expect(world.opportunity().values["estimatedvalue"]).toBe(70_000);
  world.partnerCenter.fail({ on: "read", kind: "before-effect" });
  await world.live(MINUTE_MS, 5_000);
  expect(await replaced(world)).toContain(60_000);
});

test("[FT19] a decision that stays the same under a new version is made durable again", async () => {
  const world = createWorld();
  await world.share();
  world.partnerCenter.edit(world.referral().id, { [VALUE]: 70_000 });
  await world.clock.advance(1_000);
  const patch = world.partnerCenter.patch.bind(world.partnerCenter);
  jest.spyOn(world.partnerCenter, "patch").mockImplementationOnce((...given) => {
    world.dieAt("partnerCenter.patch", "after");
    return patch(...given);
  });
  await world.save({ estimatedvalue: 60_000 });
  await world.live(MINUTE_MS, 5_000);
  expect(dealValue(world)).toBe(60_000);
  expect(await replaced(world)).toContain(70_000);
});

test("[FT14] a store that was put back into the middle of a run writes nothing that is old", async () => {
  const world = createWorld({}, { map: withRule("crm") });
  const create = world.crm.create.bind(world.crm);
  // The CRM keeps notes in a form of its own, and its answer is lost: the form looks like a seller's edit.
  jest
    .spyOn(world.crm, "create")
    .mockImplementation((id, { values, section }) =>
      create(id, { values: { ...values, description: "in the crm's form" }, section }),
    );
  const patch = world.partnerCenter.patch.bind(world.partnerCenter);
  const backups: ReturnType<typeof copyOf>[] = [];
  jest.spyOn(world.partnerCenter, "patch").mockImplementationOnce((...given) => {
    backups.push(copyOf(world));
    return patch(...given);
  });
  world.crm.loseNextAnswer("create");
  await world.referralEvent(aDeal(world), { kind: "referral-created" });
  await world.live(MINUTE_MS, 5_000);
  await world.portal({ "details.notes": "Newer, from the portal" });
  world.restart(must(backups[0], "a backup was made during the run"));
  await world.live(MINUTE_MS, 5_000);
  const [made] = world.crm.all();
  expect(made?.values["description"]).toBe("Newer, from the portal");
  expect(atPath(world.referral().json, "details.notes")).toBe("Newer, from the portal");
});

test("[FT14] a store from before an opportunity was made knows nothing better than the opportunity", async () => {
  const world = createWorld({}, { map: withRule("partnerCenter") });
  const create = world.crm.create.bind(world.crm);
  const backups: ReturnType<typeof copyOf>[] = [];
  jest.spyOn(world.crm, "create").mockImplementationOnce((...given) => {
    backups.push(copyOf(world));
    return create(...given);
  });
  await world.referralEvent(aDeal(world), { kind: "referral-created" });
  await world.settle();
  const [made] = world.crm.all();
  const { id } = must(made, "an opportunity was made");
  world.crm.edit(id, { estimatedvalue: 60_000 });
  await world.crmEvent(id);
  await world.settle();
  expect(dealValue(world)).toBe(60_000);
  world.crm.edit(id, { estimatedvalue: 61_000 });
  world.restart(must(backups[0], "a backup was made before the create"));
  await world.live(MINUTE_MS, 5_000);
  expect([world.opportunity(id).values["estimatedvalue"], dealValue(world)]).toEqual([61_000, 61_000]);
});

test("[FT14] a store from before Microsoft was invited still shows what Microsoft says", async () => {
  const world = createWorld();
  await world.share();
  const backup = copyOf(world);
  await world.save({ cosell_helprequired: must(helpOptions[2], "six help options").value });
  const shown = world.opportunity().section.referralStatus;
  expect(shown).toContain("Microsoft");
  world.restart(backup);
  await world.portal({ "details.notes": "From the portal" });
  expect(world.opportunity().section.referralStatus).toBe(shown);
});
