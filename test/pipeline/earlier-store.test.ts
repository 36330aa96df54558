// A store that was lost may have had something under way. The one that takes its place must not do it once more.

import { helpOptions } from "../../solution/schema/help-options";
import { createMemoryData } from "../../sync-relay/src/adapters/store/memory/memory-data";
import { RelayError } from "../../sync-relay/src/core/errors";
import { must } from "../../sync-relay/src/core/must";
import { OPPORTUNITY_ID } from "../support/builders";
import { createWorld } from "./world";

const W = 120_000;
const HOUR_MS = 3_600_000;
const help = must(helpOptions[2], "six help options").value;

test("[CP17] a referral that a lost store had just made is found and linked, not made again", async () => {
  const world = createWorld();
  world.partnerCenter.fail({ on: "create", kind: "after-effect" });
  await world.share();
  world.restart(createMemoryData());
  await world.sweep();
  await world.save({ description: "Edited since" });
  await world.live(W, 5_000);
  expect(world.partnerCenter.calls.create).toBe(1);
  expect(world.opportunity().section).toMatchObject({ referralId: world.referral().id, syncStatus: "synced" });
  expect((await world.trail()).map(({ action }) => action)).toContain("link");
  // The store cannot know what was sent, so what differs is a conflict: the later of both values stays.
  expect(world.opportunity().values["description"]).toBe("Edited since");
});

test("[CP17] a create of a lost store that takes effect late is waited for", async () => {
  const world = createWorld();
  const create = world.partnerCenter.create.bind(world.partnerCenter);
  let late = (): Promise<unknown> => Promise.reject(new Error("nothing was posted"));
  jest.spyOn(world.partnerCenter, "create").mockImplementationOnce((...given) => {
    late = () => create(...given);
    return Promise.reject(new RelayError("CS-1101", { inDoubt: true }));
  });
  await world.share();
  world.restart(createMemoryData());
  await world.sweep();
  await world.crmEvent();
  await world.live(80_000, 5_000);
  await late();
  await world.live(W, 5_000);
  expect(world.referrals()).toHaveLength(1);
  expect(world.opportunity().section.referralId).toBe(world.referral().id);
});

test("[CP17] where the lost store had nothing under way the referral is made once, after the pause, with the values of then", async () => {
  const world = createWorld();
  world.restart(createMemoryData());
  await world.share();
  await world.sweep();
  expect(world.referrals()).toHaveLength(0);
  expect(world.opportunity().section.syncStatus).toBe("waiting");
  await world.save({ estimatedvalue: 60_000 });
  await world.live(W, 5_000);
  expect(world.referrals()).toHaveLength(1);
  expect(world.referral().json).toMatchObject({ details: { dealValue: 60_000 } });
});

test("[CP17] what is not ready any more after the pause is not sent", async () => {
  const world = createWorld();
  world.restart(createMemoryData());
  await world.share();
  await world.save({ estimatedvalue: null });
  await world.live(W, 5_000);
  expect(world.referrals()).toHaveLength(0);
  expect(world.opportunity().section.syncStatus).toBe("needs-attention");
  expect((await world.pair()).intent).toBeNull();
});

test("[CP17] Microsoft, whom a lost store had just invited, is not invited again, and the help counts as asked", async () => {
  const world = createWorld();
  await world.share();
  world.partnerCenter.fail({ on: "create", kind: "after-effect" });
  await world.save({ cosell_helprequired: help });
  world.restart(createMemoryData());
  await world.crmEvent();
  await world.live(W, 5_000);
  expect(world.microsofts()).toHaveLength(1);
  const [theirs] = world.microsofts();
  expect(await world.pair()).toMatchObject({
    microsoftReferralId: theirs?.id,
    helpSent: theirs?.helpCode,
    intent: null,
  });
  expect(world.opportunity().section.syncStatus).toBe("synced");
});

test("[CP17, LK3] a deal that was won while it was waited for is won there when an event tells of its referral", async () => {
  const world = createWorld();
  world.partnerCenter.fail({ on: "create", kind: "after-effect" });
  await world.share();
  world.restart(createMemoryData());
  world.partnerCenter.setIndexLag(W);
  await world.crmEvent();
  await world.settle();
  expect((await world.pair()).intent).toMatchObject({ inherited: true });
  world.crm.edit(OPPORTUNITY_ID, { statuscode: WON });
  await world.referralEvent(world.referral());
  await world.live(2 * W, 5_000);
  expect(world.referral()).toMatchObject({ status: "Closed", substatus: "Won" });
  expect(world.opportunity().values["statuscode"]).toBe(WON);
});

test("[CP18] an opportunity that was made after the store is shared at once", async () => {
  const world = createWorld();
  world.restart(createMemoryData());
  await world.sweep();
  await world.clock.advance(1_000);
  await world.share();
  expect(world.referrals()).toHaveLength(1);
});

test("[CP18] a store that has been there for an hour shares every opportunity at once", async () => {
  const world = createWorld();
  world.restart(createMemoryData());
  await world.share({}, { syncOn: false });
  await world.sweep();
  await world.clock.advance(HOUR_MS);
  const lists = world.partnerCenter.calls.list;
  await world.save({}, { syncOn: true });
  expect(world.referrals()).toHaveLength(1);
  expect(world.partnerCenter.calls.list).toBe(lists);
});

test("[CP18] a store that was made by an earlier version has been there for long", async () => {
  const world = createWorld();
  const data = createMemoryData();
  data.facts.set("sweep-crm-position", "7");
  world.restart(data);
  await world.share();
  expect(world.referrals()).toHaveLength(1);
});

const DAY_MS = 24 * HOUR_MS;
const LOST = 4;
const WON = 3;

/** A referral from before the relay was there, that names an opportunity which nobody shared here. */
async function anOldReferral() {
  const world = createWorld();
  await world.share({}, { syncOn: false });
  world.partnerCenter.add({
    name: "Of another connector",
    externalReferenceId: OPPORTUNITY_ID.toUpperCase(),
    status: "Active",
    substatus: "Accepted",
    consent: {},
    details: { dealValue: 7, currency: "EUR", closingDateTime: "2027-03-31T00:00:00Z" },
  });
  await world.clock.advance(30 * DAY_MS);
  world.restart(createMemoryData());
  return world;
}

test("[CP19] an opportunity that an old referral names is linked to it when it is shared, not made a second one", async () => {
  const world = await anOldReferral();
  await world.sweep();
  await world.live(W, 5_000);
  expect(world.opportunity().section.referralId).toBeNull();
  await world.clock.advance(2 * HOUR_MS);
  await world.save({}, { syncOn: true });
  expect(world.partnerCenter.calls.create).toBe(0);
  expect(world.opportunity().section).toMatchObject({ referralId: world.referral().id, syncStatus: "synced" });
});

/** The list of all referrals cannot be read to its end, until the returned function is called. */
function breakWholeList({ partnerCenter }: ReturnType<typeof createWorld>): () => void {
  const listChangedSince = partnerCenter.listChangedSince.bind(partnerCenter);
  const spy = jest
    .spyOn(partnerCenter, "listChangedSince")
    .mockImplementation((sinceMs, correlationId) =>
      sinceMs === 0 ? Promise.reject(new RelayError("CS-1106")) : listChangedSince(sinceMs, correlationId),
    );
  return () => spy.mockRestore();
}

test("[CP19] where no sweep was first, sharing looks at all referrals itself", async () => {
  const world = await anOldReferral();
  await world.save({}, { syncOn: true });
  expect(world.partnerCenter.calls).toMatchObject({ create: 0, list: 2 });
  expect(world.opportunity().section).toMatchObject({ referralId: world.referral().id, syncStatus: "synced" });
});

test("[CP19] until all referrals were looked at, an opportunity older than the store waits", async () => {
  const world = await anOldReferral();
  const mend = breakWholeList(world);
  await world.save({}, { syncOn: true });
  await world.live(10 * 60_000, 5_000);
  expect(world.referrals()).toHaveLength(1);
  expect(world.opportunity().section).toMatchObject({ referralId: null, syncStatus: "waiting" });
  mend();
  await world.live(W, 5_000);
  expect(world.partnerCenter.calls.create).toBe(0);
  expect(world.opportunity().section.referralId).toBe(world.referral().id);
});

test("[CP19] an opportunity that waits for the list of all referrals goes on also when only the relay's own write was told", async () => {
  const world = await anOldReferral();
  const mend = breakWholeList(world);
  world.crm.edit(OPPORTUNITY_ID, {}, { syncOn: true });
  await world.crmEvent(OPPORTUNITY_ID, { ownWrite: true });
  await world.settle();
  expect(world.opportunity().section.syncStatus).toBe("waiting");
  mend();
  await world.live(W, 5_000);
  expect(world.opportunity().section.referralId).toBe(world.referral().id);
});

test("[CP19] where the list of all referrals cannot be had, sharing goes on after an hour", async () => {
  const world = createWorld();
  await world.share({}, { syncOn: false });
  world.restart(createMemoryData());
  breakWholeList(world);
  await world.save({}, { syncOn: true });
  await world.live(HOUR_MS / 2, 10_000);
  expect(world.referrals()).toHaveLength(0);
  await world.live(HOUR_MS, 10_000);
  expect(world.referrals()).toHaveLength(1);
});

test("[LK3] a deal lost here while its referral was still open is lost there when it is linked, not opened again", async () => {
  const world = await anOldReferral();
  await world.sweep();
  await world.save({ statuscode: LOST });
  await world.save({}, { syncOn: true });
  await world.live(W, 5_000);
  expect(world.referral()).toMatchObject({ status: "Closed", substatus: "Lost" });
  expect(world.opportunity().values["statuscode"]).toBe(LOST);
});

test("[RN24] Microsoft, who joined while the sync was off, is not invited when help is chosen after that", async () => {
  const world = createWorld();
  await world.share();
  await world.save({}, { syncOn: false });
  const theirs = world.partnerCenter.add({ organizationId: "msft", engagementId: world.referral().engagementId });
  await world.referralEvent(theirs, { kind: "related-referral-created" });
  await world.settle();
  expect((await world.pair()).microsoftReferralId).toBe(theirs.id);
  await world.save({ cosell_helprequired: help }, { syncOn: true });
  await world.live(W, 5_000);
  expect(world.microsofts()).toHaveLength(1);
});

test("[CP21] Microsoft, of whose joining nobody told, is not invited when help is chosen later", async () => {
  const world = createWorld();
  await world.share();
  const { engagementId } = world.referral();
  const theirs = world.partnerCenter.add({ organizationId: "msft", engagementId });
  await world.save({ cosell_helprequired: help });
  expect(world.microsofts().map(({ id }) => id)).toEqual([theirs.id]);
  expect(await world.pair()).toMatchObject({ microsoftReferralId: theirs.id, intent: null });
  expect(world.opportunity().section.syncStatus).toBe("synced");
});
