import { RelayError } from "../../sync-relay/src/core/errors";
import { atPath } from "../../sync-relay/src/core/json";
import type { PatchOperation } from "../../sync-relay/src/core/referral";
import { OPPORTUNITY_ID, readyValues } from "../support/builders";
import { createWorld, shippedMap, type World } from "./world";

const dealValue = (world: World) => atPath(world.referral().json, "details.dealValue");
const notes = (world: World) => atPath(world.referral().json, "details.notes");

/** Partner Center keeps notes in capitals, whatever it is sent. */
function capitalsInPartnerCenter(world: World): void {
  const patch = world.partnerCenter.patch.bind(world.partnerCenter);
  const kept = (operation: PatchOperation): PatchOperation =>
    operation.path === "/details/notes" && typeof operation.value === "string"
      ? { ...operation, value: operation.value.toUpperCase() }
      : operation;
  jest.spyOn(world.partnerCenter, "patch").mockImplementation((id, operations, condition) => {
    return patch(id, operations.map(kept), condition);
  });
}

/** The CRM keeps descriptions in small letters, whatever it is sent. */
function smallLettersInCrm(world: World): void {
  const update = world.crm.update.bind(world.crm);
  jest.spyOn(world.crm, "update").mockImplementation((id, version, changes) => {
    const text = changes.values["description"];
    const kept = typeof text === "string" ? { ...changes.values, description: text.toLowerCase() } : changes.values;
    return update(id, version, { ...changes, values: kept });
  });
}

test.each(["newest", "crm", "partnerCenter", "ask"] as const)(
  "[FT12] what Partner Center keeps in another form arrives in the CRM, and is no conflict under the rule %s",
  async (rule) => {
    const fields = shippedMap.fields.map((field) =>
      field.key === "details.notes" ? { ...field, conflict: rule } : field,
    );
    const world = createWorld({}, { map: { ...shippedMap, fields } });
    await world.share();
    capitalsInPartnerCenter(world);
    await world.save({ description: "New notes" });
    expect([world.opportunity().values["description"], notes(world)]).toEqual(["NEW NOTES", "NEW NOTES"]);
    expect(world.partnerCenter.calls.patch).toBe(1);
    expect(world.counted.filter((line) => line.startsWith("cosell_conflicts_total"))).toEqual([]);
    expect(world.opportunity().section.syncMessage).toBeNull();
  },
);

test("[FT12] what the CRM keeps in another form arrives in Partner Center", async () => {
  const world = createWorld();
  await world.share();
  smallLettersInCrm(world);
  await world.portal({ "details.notes": "From the Portal" });
  expect([world.opportunity().values["description"], notes(world)]).toEqual(["from the portal", "from the portal"]);
});

test("[FT12] forms that never agree are left apart after one write a side, until somebody edits", async () => {
  const world = createWorld();
  await world.share();
  smallLettersInCrm(world);
  capitalsInPartnerCenter(world);
  await world.save({ description: "First" });
  expect(world.opportunity().section.syncMessage).toContain("stored differently on both sides");
  const before = world.partnerCenter.calls.patch;
  await world.crmEvent(OPPORTUNITY_ID, { changedAt: null });
  await world.referralEvent(world.referral(), { changedAt: null });
  await world.settle();
  expect(world.partnerCenter.calls.patch).toBe(before);
  await world.portal({ "details.notes": "SECOND" });
  expect(world.opportunity().values["description"]).toMatch(/^second$/i);
  expect(world.partnerCenter.calls.patch).toBeLessThanOrEqual(before + 2);
});

test("[FT13] with an empty store the shadow restores the memory: an edit made meanwhile is an edit", async () => {
  const world = createWorld();
  await world.share();
  await world.save({ estimatedvalue: 60_000 });
  world.restart(createWorld().data);
  world.crm.edit(OPPORTUNITY_ID, { description: "From the seller" });
  world.partnerCenter.edit(world.referral().id, { "details.dealValue": 70_000 });
  await world.sweep();
  await world.settle();
  expect(world.referrals()).toHaveLength(1);
  expect(world.opportunity().values).toMatchObject({ estimatedvalue: 70_000, description: "From the seller" });
  expect(notes(world)).toBe("From the seller");
  expect(world.counted.filter((line) => line.startsWith("cosell_conflicts_total"))).toEqual([]);
});

test("[FT13] with an empty store Microsoft is not invited again, and its status is still shown", async () => {
  const world = createWorld();
  await world.share({ cosell_helprequired: 100000002 });
  const invited = world.microsofts().length;
  const shown = world.opportunity().section.referralStatus;
  world.restart(createWorld().data);
  await world.save({ estimatedvalue: 60_000 });
  expect(world.microsofts()).toHaveLength(invited);
  expect(world.opportunity().section.referralStatus).toBe(shown);
});

test("[FT13] with an empty store a deal that was taken over is not taken over again", async () => {
  const world = createWorld();
  const deal = { details: { dealValue: 7, currency: "EUR" }, name: "A deal", consent: {} };
  const referral = world.partnerCenter.add({ ...deal, status: "Active", substatus: "Accepted" });
  await world.referralEvent(referral, { kind: "referral-created" });
  await world.settle();
  world.restart(createWorld().data);
  world.partnerCenter.edit(referral.id, { "details.dealValue": 8 });
  await world.sweep();
  await world.settle();
  expect(world.crm.all()).toHaveLength(1);
  expect(world.crm.all()[0]?.values["estimatedvalue"]).toBe(8);
});

test("[FT14] a store that went back in time believes the opportunity and overwrites nothing with old values", async () => {
  const world = createWorld();
  await world.share();
  const backup = structuredClone({ ...world.data, listeners: new Set<() => void>() });
  await world.save({ estimatedvalue: 60_000, description: "Newer notes" });
  world.restart(backup);
  await world.portal({ "details.notes": "Newest notes" });
  expect(world.opportunity().values).toMatchObject({ estimatedvalue: 60_000, description: "Newest notes" });
  expect([dealValue(world), notes(world)]).toEqual([60_000, "Newest notes"]);
  expect(world.opportunity().section.audit).not.toContain("set aside");
});

test("[SH3] a store put back notices that it is older, though the values came back to what they were then", async () => {
  const world = createWorld();
  await world.share();
  const patch = world.partnerCenter.patch.bind(world.partnerCenter);
  let backup = world.data;
  jest.spyOn(world.partnerCenter, "patch").mockImplementationOnce((...given) => {
    backup = structuredClone({ ...world.data, listeners: new Set<() => void>() });
    return patch(...given);
  });
  await world.save({ estimatedvalue: 60_000 });
  await world.portal({ "details.dealValue": 50_000 });
  world.restart(backup);
  world.partnerCenter.edit(world.referral().id, { "details.dealValue": 80_000 });
  await world.save({ description: "Newer notes" });
  await world.settle();
  expect(world.opportunity().values).toMatchObject({ estimatedvalue: 80_000, description: "Newer notes" });
  expect(world.opportunity().section.audit).not.toContain("set aside");
});

test("[SH4] a store put back into a write takes no later edit for that write, though both gave the same value", async () => {
  const world = createWorld();
  await world.share();
  const patch = world.partnerCenter.patch.bind(world.partnerCenter);
  let backup = world.data;
  jest.spyOn(world.partnerCenter, "patch").mockImplementationOnce((...given) => {
    backup = structuredClone({ ...world.data, listeners: new Set<() => void>() });
    return patch(...given);
  });
  await world.save({ estimatedvalue: 60_000 });
  await world.portal({ "details.dealValue": 70_000 });
  world.restart(backup);
  // The value that the store was about to send, given by a person long after.
  await world.portal({ "details.dealValue": 60_000 });
  expect([dealValue(world), world.opportunity().values["estimatedvalue"]]).toEqual([60_000, 60_000]);
});

test("[FT14] a store from before the referral was made links it again", async () => {
  const world = createWorld();
  const backup = structuredClone({ ...world.data, listeners: new Set<() => void>() });
  await world.share();
  world.restart(backup);
  await world.save({ estimatedvalue: 60_000 });
  expect(world.referrals()).toHaveLength(1);
  expect(dealValue(world)).toBe(60_000);
});

test("[FT15] sync that is switched off during a run stops it before the opportunity is written", async () => {
  const world = createWorld();
  await world.share();
  const read = world.partnerCenter.read.bind(world.partnerCenter);
  jest.spyOn(world.partnerCenter, "read").mockImplementationOnce((...given) => {
    world.crm.edit(OPPORTUNITY_ID, {}, { syncOn: false });
    return read(...given);
  });
  await world.portal({ "details.dealValue": 70_000 });
  expect(world.opportunity().values["estimatedvalue"]).toBe(50_000);
  const { version } = world.opportunity();
  await world.live(60_000, 5_000);
  expect(world.opportunity().version).toBe(version);
  await world.save({}, { syncOn: true });
  expect(world.opportunity().values["estimatedvalue"]).toBe(70_000);
});

test("[FT15] no message is written onto an opportunity whose sync was switched off meanwhile", async () => {
  const world = createWorld();
  await world.share();
  jest.spyOn(world.partnerCenter, "patch").mockImplementationOnce(() => {
    world.crm.edit(OPPORTUNITY_ID, {}, { syncOn: false });
    return Promise.reject(new RelayError("CS-1104", { upstreamMessage: "No." }));
  });
  await world.save({ estimatedvalue: 60_000 });
  expect(world.opportunity().section.syncStatus).toBe("synced");
  expect(world.opportunity().section.syncMessage).toBeNull();
});

test("[FT16] a referral that belongs to another opportunity is left alone and the seller is told", async () => {
  const world = createWorld();
  await world.share();
  const second = "0a000000-0000-4000-8000-000000000002";
  world.crm.add({ id: second, values: readyValues(), section: { syncOn: true } });
  world.crm.edit(second, {}, { referralId: world.referral().id });
  await world.crmEvent(second);
  await world.settle();
  expect(world.opportunity(second).section).toMatchObject({ syncStatus: "needs-attention" });
  expect(world.opportunity(second).section.syncMessage).toContain("belongs to another opportunity");
  expect(world.referral().externalReferenceId).toBe(OPPORTUNITY_ID);
  await world.save({ estimatedvalue: 60_000 });
  expect(dealValue(world)).toBe(60_000);
});
