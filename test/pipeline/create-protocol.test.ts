import { helpOptions } from "../../solution/schema/help-options";
import { RelayError } from "../../sync-relay/src/core/errors";
import { atPath } from "../../sync-relay/src/core/json";
import { must } from "../../sync-relay/src/core/must";
import { OPPORTUNITY_ID, readyValues } from "../support/builders";
import { createWorld, type World } from "./world";

const W = 120_000;
const help = must(helpOptions[2], "six help options").value;
const refusal = new RelayError("CS-1104", { httpStatus: 400, upstreamMessage: "The deal value is too small." });

const dealValue = (world: World) => atPath(world.referral().json, "details.dealValue");

/** When the list was asked, in seconds after now. */
function lookUpsOf(world: World): readonly number[] {
  const startedMs = world.clock.now();
  const times: number[] = [];
  const list = world.partnerCenter.listChangedSince.bind(world.partnerCenter);
  jest.spyOn(world.partnerCenter, "listChangedSince").mockImplementation((...given) => {
    times.push(Math.round((world.clock.now() - startedMs) / 1000));
    return list(...given);
  });
  return times;
}

test("[CP1] a post whose reply was lost is looked up and linked, once", async () => {
  const world = createWorld();
  world.partnerCenter.fail({ on: "create", kind: "after-effect" });
  await world.share();
  expect(world.opportunity().section).toMatchObject({ syncStatus: "waiting", referralId: null });
  expect(world.opportunity().section.syncMessage).toContain("has not confirmed");
  await world.live(15_000);
  expect(world.referrals()).toHaveLength(1);
  expect(world.opportunity().section).toMatchObject({
    referralId: world.referral().id,
    syncStatus: "synced",
    syncMessage: null,
  });
  await world.live(2 * W, 10_000);
  expect(world.partnerCenter.calls.create).toBe(1);
});

test("[CP2] a post that was lost is sent again after the quarantine, with the same bytes and request id", async () => {
  const world = createWorld();
  const posted = jest.spyOn(world.partnerCenter, "create");
  const lookUps = lookUpsOf(world);
  world.partnerCenter.fail({ on: "create", kind: "before-effect" });
  await world.share();
  await world.live(W - 2_000);
  expect(world.referrals()).toHaveLength(0);
  await world.live(5_000);
  expect(world.referrals()).toHaveLength(1);
  expect(lookUps).toEqual([11, 31, 61, 121]);
  expect(JSON.stringify(posted.mock.calls[1]?.[0])).toBe(JSON.stringify(posted.mock.calls[0]?.[0]));
  expect(world.partnerCenter.requestIds[1]).toBe(world.partnerCenter.requestIds[0]);
});

test("[CP3] what is sent again is what was decided first; an edit made meanwhile follows as an edit", async () => {
  const world = createWorld();
  world.partnerCenter.fail({ on: "create", kind: "before-effect" });
  await world.share();
  const posted = jest.spyOn(world.partnerCenter, "create");
  await world.save({ estimatedvalue: 60_000 });
  await world.live(W + 5_000, 5_000);
  expect(atPath(must(posted.mock.calls[0], "a second post")[0], "details.dealValue")).toBe(50_000);
  expect(dealValue(world)).toBe(60_000);
  const [newest, older] = await world.trail();
  expect(newest).toMatchObject({ action: "update", changes: [{ before: 50_000, after: 60_000 }] });
  expect(older).toMatchObject({ action: "create-referral" });
});

test("[CP3] an edit on either side of a referral that came into being unnoticed is an edit, no conflict", async () => {
  const world = createWorld();
  world.partnerCenter.fail({ on: "create", kind: "after-effect" });
  await world.share();
  world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 60_000 });
  world.partnerCenter.edit(world.referral().id, { "details.notes": "From the portal" });
  await world.live(15_000);
  expect(dealValue(world)).toBe(60_000);
  expect(world.opportunity().values["description"]).toBe("From the portal");
  expect(world.counted.filter((line) => line.startsWith("cosell_conflicts_total"))).toEqual([]);
});

test("[CP4] a process that dies between the post and the link leaves one referral, which the next one finds", async () => {
  const world = createWorld();
  world.dieAt("partnerCenter.create", "after");
  await world.share();
  await world.live(15_000);
  expect(world.referrals()).toHaveLength(1);
  expect(world.opportunity().section).toMatchObject({ referralId: world.referral().id, syncStatus: "synced" });
});

test("[CP4] a process that dies before the post leaves a doubt that ends with one referral", async () => {
  const world = createWorld();
  world.dieAt("partnerCenter.create", "before");
  await world.share();
  await world.live(2 * W, 5_000);
  expect(world.referrals()).toHaveLength(1);
  expect(world.partnerCenter.calls.create).toBe(1);
});

test("[CP5] the referral's own webhook links it without any look-up", async () => {
  const world = createWorld();
  world.partnerCenter.fail({ on: "create", kind: "after-effect" });
  await world.share();
  await world.referralEvent(world.referral(), { kind: "referral-created" });
  await world.live(11_000);
  expect(world.opportunity().section).toMatchObject({ referralId: world.referral().id, syncStatus: "synced" });
  expect(world.partnerCenter.calls).toMatchObject({ create: 1, list: 0 });
});

test("[CP6] a post that takes effect late, but within the quarantine, is found and not repeated", async () => {
  const world = createWorld();
  const create = world.partnerCenter.create.bind(world.partnerCenter);
  let late = (): Promise<unknown> => Promise.reject(new Error("nothing was posted"));
  jest.spyOn(world.partnerCenter, "create").mockImplementationOnce((...given) => {
    late = () => create(...given);
    return Promise.reject(new RelayError("CS-1101", { inDoubt: true }));
  });
  await world.share();
  await world.live(100_000, 5_000);
  await late();
  await world.live(W, 5_000);
  expect(world.referrals()).toHaveLength(1);
  expect(world.opportunity().section.referralId).toBe(world.referral().id);
});

test("[CP6] a list that lags behind does not hide a referral for longer than the quarantine", async () => {
  const world = createWorld();
  world.partnerCenter.setIndexLag(90_000);
  world.partnerCenter.fail({ on: "create", kind: "after-effect" });
  await world.share();
  await world.live(2 * W, 5_000);
  expect(world.referrals()).toHaveLength(1);
});

test("[CP7] a refusal needs no waiting: the seller reads why, and the next save tries again with what is there", async () => {
  const world = createWorld();
  jest.spyOn(world.partnerCenter, "create").mockRejectedValueOnce(refusal);
  await world.share();
  expect(world.opportunity().section).toMatchObject({ syncStatus: "needs-attention" });
  expect(world.opportunity().section.syncMessage).toContain("The deal value is too small.");
  expect(await world.pair()).toMatchObject({ deadBecause: "CS-1104", intent: null });
  await world.live(2 * W, 10_000);
  expect(world.referrals()).toHaveLength(0);
  await world.save({ estimatedvalue: 90_000 });
  expect(dealValue(world)).toBe(90_000);
  expect(world.opportunity().section).toMatchObject({ syncStatus: "synced", syncMessage: null });
  expect(await world.pair()).toMatchObject({ deadBecause: null });
});

test("[CP7] a post that was only throttled is simply sent later", async () => {
  const world = createWorld();
  world.partnerCenter.fail({ on: "create", kind: "throttled" });
  await world.share();
  await world.live(60_000);
  expect(world.referrals()).toHaveLength(1);
  expect(world.partnerCenter.calls.list).toBe(0);
});

test("[CP8] when only the repetition is turned away, the first post is still looked for before the next", async () => {
  const world = createWorld();
  const create = world.partnerCenter.create.bind(world.partnerCenter);
  let late = (): Promise<unknown> => Promise.reject(new Error("nothing was posted"));
  jest
    .spyOn(world.partnerCenter, "create")
    .mockImplementationOnce((...given) => {
      late = () => create(...given);
      return Promise.reject(new RelayError("CS-1101", { inDoubt: true }));
    })
    .mockRejectedValueOnce(new RelayError("CS-1102", { retryAfterMs: 57_000 }));
  await world.share();
  await world.live(W + 5_000, 5_000);
  await late();
  await world.live(W, 5_000);
  expect(world.referrals()).toHaveLength(1);
});

test("[CP8] an answer that a mistake of ours cannot read leaves a doubt, not a second post", async () => {
  const world = createWorld();
  const create = world.partnerCenter.create.bind(world.partnerCenter);
  jest.spyOn(world.partnerCenter, "create").mockImplementationOnce(async (...given) => {
    await create(...given);
    throw new TypeError("cannot read properties of undefined");
  });
  await world.share();
  await world.live(15_000);
  expect(world.referrals()).toHaveLength(1);
  expect(world.opportunity().section.referralId).toBe(world.referral().id);
});

test.each(["after-effect", "before-effect"] as const)(
  "[CP9] an invitation in doubt (%s) invites Microsoft once",
  async (kind) => {
    const world = createWorld();
    await world.share();
    world.partnerCenter.fail({ on: "create", kind });
    await world.save({ cosell_helprequired: help });
    expect(world.opportunity().section.syncStatus).toBe("waiting");
    await world.live(W + 10_000, 5_000);
    expect(world.microsofts()).toHaveLength(1);
    expect(await world.pair()).toMatchObject({ helpSent: "ProofOfConceptOrDemo", intent: null });
    expect(world.opportunity().section).toMatchObject({ syncStatus: "synced", syncMessage: null });
  },
);

test("[CP9] an invitation in doubt is cleared up when Microsoft's referral makes itself known", async () => {
  const world = createWorld();
  await world.share();
  world.partnerCenter.fail({ on: "create", kind: "after-effect" });
  await world.save({ cosell_helprequired: help });
  const theirs = must(world.microsofts()[0], "Microsoft was invited");
  await world.referralEvent(theirs, { kind: "related-referral-created" });
  await world.live(15_000);
  expect(await world.pair()).toMatchObject({ helpSent: "ProofOfConceptOrDemo", intent: null });
  expect(world.opportunity().section).toMatchObject({ syncStatus: "synced", syncMessage: null });
});

test("[CP9] an invitation that never happened is not sent again when the seller has taken the wish back", async () => {
  const world = createWorld();
  await world.share();
  world.partnerCenter.fail({ on: "create", kind: "before-effect" });
  await world.save({ cosell_helprequired: help });
  await world.save({ cosell_helprequired: null });
  await world.live(2 * W, 5_000);
  expect(world.microsofts()).toHaveLength(0);
  expect(await world.pair()).toMatchObject({ helpSent: null, intent: null });
});

test("[CP9] the rest of the deal is kept in step while an invitation is in doubt", async () => {
  const world = createWorld();
  await world.share();
  world.partnerCenter.fail({ on: "create", kind: "before-effect" });
  await world.save({ cosell_helprequired: help });
  await world.save({ estimatedvalue: 61_000 });
  await world.live(35_000, 5_000);
  expect(dealValue(world)).toBe(61_000);
});

test("[CP10] an opportunity that is deleted while its create is in doubt ends the pair, and nothing is sent again", async () => {
  const world = createWorld();
  world.partnerCenter.fail({ on: "create", kind: "before-effect" });
  await world.share();
  world.crm.remove(OPPORTUNITY_ID);
  await world.live(2 * W, 5_000);
  expect(world.referrals()).toHaveLength(0);
  expect(world.crm.all()).toHaveLength(0);
  expect(await world.pair()).toMatchObject({ opportunityGone: true, intent: null });
});

test("[CP11] sync switched off while a create is in doubt sends nothing; switched on again it ends with one referral", async () => {
  const world = createWorld();
  world.partnerCenter.fail({ on: "create", kind: "after-effect" });
  await world.share();
  await world.save({}, { syncOn: false });
  await world.live(2 * W, 10_000);
  expect(world.opportunity().section.referralId).toBeNull();
  await world.save({}, { syncOn: true });
  await world.live(W, 5_000);
  expect(world.referrals()).toHaveLength(1);
  expect(world.opportunity().section.referralId).toBe(world.referral().id);
});

test("[CP12] an intent to create an opportunity that a backup brought back does not bring a deleted one back", async () => {
  const world = createWorld();
  const deal = { details: { dealValue: 7, currency: "EUR" }, name: "A deal", consent: {} };
  const referral = world.partnerCenter.add({ ...deal, status: "Active", substatus: "Accepted" });
  await world.referralEvent(referral, { kind: "referral-created" });
  world.crm.failNext("create", new RelayError("CS-1001"));
  await world.settle();
  const backup = structuredClone({ ...world.data, listeners: new Set<() => void>() });
  await world.live(10_000);
  const id = must(world.crm.all()[0], "the opportunity was created").id;
  world.crm.remove(id);
  await world.live(120_000, 10_000);
  world.restart(backup);
  await world.live(120_000, 10_000);
  expect(world.crm.all()).toHaveLength(0);
  expect(await world.pair(id)).toMatchObject({ opportunityGone: true });
});

test("[CP13] a referral that names an opportunity which is not known as its pair is linked, not posted again", async () => {
  const world = createWorld();
  const own = world.partnerCenter.add({ externalReferenceId: OPPORTUNITY_ID, status: "Active", substatus: "Accepted" });
  world.crm.add({ id: OPPORTUNITY_ID, values: readyValues(), section: { syncOn: true } });
  const engagementId = must(own.engagementId, "an engagement");
  const theirs = world.partnerCenter.add({ organizationId: "msft", engagementId });
  const stranger = world.partnerCenter.add({ externalReferenceId: "0a000000-0000-4000-8000-00000000beef" });
  await world.referralEvent(stranger);
  await world.referralEvent(theirs, { kind: "related-referral-updated" });
  await world.settle();
  expect(world.opportunity().section.referralId).toBe(own.id);
  expect(world.partnerCenter.calls.create).toBe(0);
});
