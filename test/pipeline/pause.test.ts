import { opportunityColumns } from "../../solution/schema/opportunity-columns";
import type { Direction } from "../../sync-relay/src/core/audit-entry";
import { pausedSince, pauseFact, pauseText, resumedAt, resumeText } from "../../sync-relay/src/core/pause";
import { RelayError } from "../../sync-relay/src/core/errors";
import { createDispatcher } from "../../sync-relay/src/pipeline/dispatch";
import { releasePaused } from "../../sync-relay/src/pipeline/pause";
import { OPPORTUNITY_ID } from "../support/builders";
import { createWorld, type World } from "./world";

const OUT: Direction = "crm-to-partner-center";
const IN: Direction = "partner-center-to-crm";
const products = opportunityColumns.products.logicalName;
const MINUTE_MS = 60_000;

async function pause(world: World, ...directions: readonly Direction[]): Promise<void> {
  for (const direction of directions)
    await world.store.pairs.setFact(pauseFact(direction), pauseText(world.clock.now()));
}

const release = (world: World): Promise<number> => releasePaused({ ...world.parts, inbox: world.store.inbox });

/** Resumes; the relay's own loop then finds what was held back. Answers how many pairs that were. */
async function resume(world: World, ...directions: readonly Direction[]): Promise<number> {
  for (const direction of directions)
    await world.store.pairs.setFact(pauseFact(direction), resumeText(world.clock.now()));
  const released = await release(world);
  await world.settle();
  return released;
}

test("[PA1] the fact of a pause says since when, and nothing else counts as one", () => {
  expect(pausedSince(pauseText(Date.UTC(2027, 0, 2)))).toBe(Date.UTC(2027, 0, 2));
  expect([null, "", "no", resumeText(1)].map(pausedSince)).toEqual([null, null, null, null]);
  expect([null, "", "resumed", pauseText(1), resumeText(1)].map(resumedAt)).toEqual([null, null, null, null, 1]);
});

test("[PA1, PA3] a change of the CRM waits while that direction is paused, the seller reads why, and it goes out on resume", async () => {
  const world = createWorld();
  await world.share();
  const before = world.referral();
  await pause(world, OUT);
  await world.save({ estimatedvalue: 77_000 });
  expect(world.referral()).toEqual(before);
  expect(world.opportunity().section).toMatchObject({
    syncStatus: "waiting",
    syncMessage: expect.stringContaining("paused"),
  });
  expect((await world.pair()).paused).toEqual([OUT]);
  expect(await resume(world, OUT)).toBe(1);
  expect(world.referral().json).toMatchObject({ details: { dealValue: 77_000 } });
  expect(world.opportunity().section).toMatchObject({ syncStatus: "synced", syncMessage: null });
  expect((await world.pair()).paused).toEqual([]);
});

test("[PA2] the other direction flows on, also for a pair that has something held back", async () => {
  const world = createWorld();
  await world.share();
  await pause(world, OUT);
  await world.save({ estimatedvalue: 77_000 });
  await world.portal({ "details.notes": "Microsoft called" });
  expect(world.opportunity().values["description"]).toBe("Microsoft called");
  expect(world.referral().json).toMatchObject({ details: { dealValue: 50_000 } });
  await resume(world, OUT);
  expect(world.referral().json).toMatchObject({ details: { dealValue: 77_000, notes: "Microsoft called" } });
});

test("[PA1] a change of the portal waits while that direction is paused; nothing at all is written to the CRM", async () => {
  const world = createWorld();
  await world.share();
  const before = world.opportunity();
  await pause(world, IN);
  await world.portal({ "details.notes": "Microsoft called" });
  expect(world.opportunity()).toEqual(before);
  await resume(world, IN);
  expect(world.opportunity().values["description"]).toBe("Microsoft called");
});

test("[PA2] while the CRM takes nothing, its own changes still reach Partner Center", async () => {
  const world = createWorld();
  await world.share();
  await pause(world, IN);
  await world.save({ estimatedvalue: 61_000 });
  expect(world.referral().json).toMatchObject({ details: { dealValue: 61_000 } });
  await resume(world, IN);
  expect(
    world
      .opportunity()
      .section.audit.split("\n")
      .filter((line) => line.includes("deal value")),
  ).toHaveLength(2);
});

test("[PA4] nothing is created on a paused side, and once resumed it is created once", async () => {
  const world = createWorld();
  await pause(world, OUT, IN);
  const shared = await world.share();
  expect(shared.section).toMatchObject({ syncStatus: null, referralId: null });
  const deal = world.partnerCenter.add({ name: "From the portal" });
  await world.referralEvent(deal, { kind: "referral-created" });
  await world.settle();
  expect([world.referrals().length, await world.crm.findByReferral(deal.id)]).toEqual([1, null]);
  await resume(world, OUT, IN);
  expect(world.referrals()).toHaveLength(2);
  expect(await world.crm.findByReferral(deal.id)).not.toBeNull();
  expect(world.opportunity().section.syncStatus).toBe("synced");
});

test("[PA4] a new deal waits for its own direction only", async () => {
  const world = createWorld();
  await pause(world, IN);
  await world.share();
  expect(world.referrals()).toHaveLength(1);
  const deal = world.partnerCenter.add({ name: "From the portal" });
  await world.referralEvent(deal, { kind: "referral-created" });
  await world.settle();
  expect(await world.crm.findByReferral(deal.id)).toBeNull();
  await resume(world, IN);
  expect(await world.crm.findByReferral(deal.id)).not.toBeNull();
  expect(world.opportunity().section.referralId).toBe(world.referrals()[0]?.id);
});

test("[PA4] Microsoft is not invited while that direction is paused, and once afterwards", async () => {
  const world = createWorld();
  await world.share();
  await pause(world, OUT);
  await world.save({ cosell_helprequired: 842_130_002 });
  expect(world.microsofts()).toEqual([]);
  await resume(world, OUT);
  expect(world.microsofts()).toHaveLength(1);
});

test("[PA5] with both directions paused no work is taken and no cloud is called; a second after a resume it goes on", async () => {
  const world = createWorld();
  await world.share();
  await pause(world, OUT, IN);
  const dispatcher = createDispatcher(world.parts, { parallel: 2 });
  void dispatcher.run();
  world.calls();
  world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 77_000 });
  await world.crmEvent();
  await world.clock.advance(20 * MINUTE_MS);
  expect([world.calls(), (await world.store.queue.depth()).events]).toEqual([0, 1]);
  for (const direction of [OUT, IN])
    await world.store.pairs.setFact(pauseFact(direction), resumeText(world.clock.now()));
  await world.clock.advance(1_000);
  expect(world.referral().json).toMatchObject({ details: { dealValue: 77_000 } });
  const stopped = dispatcher.stop();
  await world.clock.advance(5_000);
  await stopped;
});

test.each<[Direction]>([[OUT], [IN]])(
  "[PA3] what both sides changed while %s was paused is decided by the rule, and the loser is in the audit trail",
  async (direction) => {
    const world = createWorld();
    await world.share();
    await pause(world, direction);
    await world.save({ estimatedvalue: 77_000, [products]: "SOL-15974-MQF" });
    await world.portal({ "details.dealValue": 88_000 });
    await resume(world, direction);
    const [there, here] = [world.referral().json, world.opportunity().values["estimatedvalue"]];
    expect(there).toMatchObject({ details: { dealValue: here } });
    if (direction === OUT) {
      const lost = (await world.trail()).flatMap(({ changes }) => changes.flatMap(({ lost: value }) => value ?? []));
      expect(lost).toContain(here === 88_000 ? 77_000 : 88_000);
    }
  },
);

test("[PA6] what a resume frees is looked for until a while later, and each pair is freed once", async () => {
  const world = createWorld();
  await world.share();
  await pause(world, OUT);
  await world.save({ estimatedvalue: 77_000 });
  expect(await release(world)).toBe(0);
  world.restart();
  await world.store.pairs.setFact(pauseFact(OUT), resumeText(world.clock.now()));
  expect([await release(world), await release(world)]).toEqual([1, 1]);
  expect((await world.store.queue.depth()).events).toBe(1);
  await world.settle();
  expect(world.referral().json).toMatchObject({ details: { dealValue: 77_000 } });
  await world.clock.advance(11 * MINUTE_MS);
  expect(await release(world)).toBe(0);
  const search = jest.spyOn(world.store.pairs, "pausedPairs");
  expect([await release(world), search.mock.calls.length]).toEqual([0, 0]);
});

test("[PA6] resuming one direction leaves alone what the other one holds back", async () => {
  const world = createWorld();
  await world.share();
  await pause(world, OUT, IN);
  await world.save({ estimatedvalue: 77_000 });
  expect((await world.pair()).paused).toEqual([OUT, IN]);
  expect(await resume(world, IN)).toBe(1);
  expect((await world.pair()).paused).toEqual([OUT]);
  expect([await release(world), world.referral().json]).toEqual([
    0,
    expect.objectContaining({ details: expect.objectContaining({ dealValue: 50_000 }) }),
  ]);
  await resume(world, OUT);
  expect(world.referral().json).toMatchObject({ details: { dealValue: 77_000 } });
});

test("[PA6] why a pair was given up while nothing was written to the CRM is told after the resume", async () => {
  const world = createWorld();
  await pause(world, IN);
  const refusal = new RelayError("CS-1104", { httpStatus: 400, upstreamMessage: "The deal value is too small." });
  jest.spyOn(world.partnerCenter, "create").mockRejectedValue(refusal);
  await world.share();
  expect(world.opportunity().section.syncMessage).toBeNull();
  expect(await resume(world, IN)).toBe(1);
  expect(world.opportunity().section).toMatchObject({ syncStatus: "needs-attention" });
  expect(world.opportunity().section.syncMessage).toContain("The deal value is too small.");
});

test("[PA5] while both directions are paused no sweep calls a cloud; the first one after finds what was missed", async () => {
  const world = createWorld();
  await world.share();
  await world.sweep();
  await pause(world, OUT, IN);
  const calls = [jest.spyOn(world.crm, "changesSince"), jest.spyOn(world.partnerCenter, "listChangedSince")];
  world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 77_000 });
  expect(await world.sweep()).toEqual({ opportunities: 0, referrals: 0, duplicates: 0 });
  expect(calls.map((spy) => spy.mock.calls.length)).toEqual([0, 0]);
  await resume(world, OUT, IN);
  expect(await world.sweep()).toMatchObject({ opportunities: 1 });
  await world.settle();
  expect(world.referral().json).toMatchObject({ details: { dealValue: 77_000 } });
});

test("[PA6] a run that ends long after the resume which came meanwhile does not wait for another one", async () => {
  const world = createWorld();
  await world.share();
  await pause(world, OUT);
  const update = world.crm.update.bind(world.crm);
  jest.spyOn(world.crm, "update").mockImplementationOnce(async (...given) => {
    await world.store.pairs.setFact(pauseFact(OUT), resumeText(world.clock.now()));
    expect(await release(world)).toBe(0);
    return update(...given);
  });
  await world.save({ estimatedvalue: 77_000 });
  await world.live(2_000);
  expect(world.referral().json).toMatchObject({ details: { dealValue: 77_000 } });
  expect(world.opportunity().section).toMatchObject({ syncStatus: "synced" });
});
