import { helpOptions } from "../../solution/schema/help-options";
import { RelayError } from "../../sync-relay/src/core/errors";
import { atPath } from "../../sync-relay/src/core/json";
import { must } from "../../sync-relay/src/core/must";
import { OPPORTUNITY_ID, readyValues } from "../support/builders";
import { PARTNER_CENTER_POSITION } from "../../sync-relay/src/pipeline/sweep-positions";
import { isBefore } from "../../sync-relay/src/core/ticks";
import { createWorld, type World } from "./world";

const HOUR_MS = 3_600_000;
const help = must(helpOptions[2], "six help options").value;
const dealValue = (world: World) => atPath(world.referral().json, "details.dealValue");

/** Everything that a webhook would have told is found, and worked on. */
async function sweepAndSettle(world: World) {
  const found = await world.sweep();
  await world.settle();
  return found;
}

async function shareUntold(world: World): Promise<void> {
  world.crm.add({ id: OPPORTUNITY_ID, values: readyValues(), section: { syncOn: true } });
  await sweepAndSettle(world);
}

const newDeal = (world: World, content: Parameters<World["partnerCenter"]["add"]>[0] = {}) =>
  world.partnerCenter.add({
    name: "A deal",
    status: "Active",
    substatus: "Accepted",
    consent: {},
    details: { dealValue: 7, currency: "EUR" },
    ...content,
  });

test("[SW1] with every webhook lost both sides still follow each other", async () => {
  const world = createWorld();
  await shareUntold(world);
  expect(world.opportunity().section.referralId).toBe(world.referral().id);
  world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 60_000 });
  await sweepAndSettle(world);
  expect(dealValue(world)).toBe(60_000);
  await world.clock.advance(1_000);
  world.partnerCenter.edit(world.referral().id, { "details.notes": "From the portal" });
  await sweepAndSettle(world);
  expect(world.opportunity().values["description"]).toBe("From the portal");
  const deal = newDeal(world);
  await sweepAndSettle(world);
  expect(world.crm.all().map(({ section }) => section.referralId)).toContain(deal.id);
});

test("[SW2] an expired position makes everything be looked at again, and nothing is missed", async () => {
  const world = createWorld();
  await shareUntold(world);
  world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 60_000 });
  world.crm.expirePositions();
  await sweepAndSettle(world);
  expect(dealValue(world)).toBe(60_000);
  expect(world.logged.map(({ message }) => message)).toContain(
    "the CRM's change list had expired; everything was looked at again",
  );
});

test("[SW3] a deleted opportunity is noticed", async () => {
  const world = createWorld();
  await shareUntold(world);
  await sweepAndSettle(world);
  world.crm.remove(OPPORTUNITY_ID);
  expect(await sweepAndSettle(world)).toMatchObject({ opportunities: 1 });
  expect(await world.pair()).toMatchObject({ opportunityGone: true });
  expect(world.referral().status).toBe("Active");
});

test("[SW3] a deletion is noticed although the list of changes had expired, or was never read", async () => {
  for (const readBefore of [true, false]) {
    const world = createWorld();
    await world.share();
    if (readBefore) await sweepAndSettle(world);
    world.crm.remove(OPPORTUNITY_ID);
    world.crm.expirePositions();
    expect(await sweepAndSettle(world)).toMatchObject({ opportunities: 1 });
    expect(await world.pair()).toMatchObject({ opportunityGone: true });
    expect(await sweepAndSettle(world)).toMatchObject({ opportunities: 0 });
  }
});

test("[SW4] a second referral that names the same opportunity is counted and reported, and left alone", async () => {
  const world = createWorld();
  await shareUntold(world);
  const second = newDeal(world, { externalReferenceId: OPPORTUNITY_ID });
  expect(await sweepAndSettle(world)).toMatchObject({ duplicates: 1 });
  expect(world.counted.filter((line) => line.startsWith("cosell_duplicates_detected_total"))).not.toEqual([]);
  const told = world.logged.find(({ message }) => message.includes("close the newer one"));
  expect(told?.fields).toMatchObject({ opportunityId: OPPORTUNITY_ID, referralId: second.id });
  expect(world.partnerCenter.get(second.id)?.eTag).toBe(second.eTag);
  expect(world.opportunity().section.referralId).not.toBe(second.id);
});

test("[SW4] a second referral is told before the position moves on, which may be the last that a process does", async () => {
  const world = createWorld();
  await shareUntold(world);
  await sweepAndSettle(world);
  newDeal(world, { externalReferenceId: OPPORTUNITY_ID });
  const told = () => world.logged.filter(({ message }) => message.includes("close the newer one")).length;
  const toldWhen: number[] = [];
  const { pairs } = world.store;
  const setFact = pairs.setFact.bind(pairs);
  jest.spyOn(pairs, "setFact").mockImplementation((name, value) => {
    if (name === PARTNER_CENTER_POSITION) toldWhen.push(told());
    return setFact(name, value);
  });
  await sweepAndSettle(world);
  expect(toldWhen).toEqual([1]);
});

test("[SW5] a position moves on only after what was found is stored", async () => {
  const world = createWorld();
  await shareUntold(world);
  await world.clock.advance(HOUR_MS);
  await sweepAndSettle(world);
  world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 60_000 });
  await world.clock.advance(1_000);
  world.partnerCenter.edit(world.referral().id, { "details.notes": "From the portal" });
  const inbox = world.store.inbox;
  const put = jest.spyOn(inbox, "put").mockRejectedValue(new RelayError("CS-1301"));
  await expect(world.sweep()).rejects.toThrow("CS-1301");
  put.mockRestore();
  await world.clock.advance(HOUR_MS);
  expect(await sweepAndSettle(world)).toMatchObject({ opportunities: 1, referrals: 1 });
  expect(dealValue(world)).toBe(60_000);
  expect(world.opportunity().values["description"]).toBe("From the portal");
});

test("[SW6] what came before the first look is found for a week back, however late the first look succeeds", async () => {
  const world = createWorld();
  newDeal(world, { name: "Before the relay was there" });
  await world.clock.advance(6 * 24 * HOUR_MS);
  world.partnerCenter.fail({ on: "list", kind: "before-effect" });
  await expect(world.sweep()).rejects.toThrow("CS-1101");
  const meanwhile = newDeal(world, { name: "While the first look failed" });
  await world.clock.advance(2 * 24 * HOUR_MS);
  await sweepAndSettle(world);
  expect(world.crm.all().map(({ section }) => section.referralId)).toContain(meanwhile.id);
  expect(world.crm.all()).toHaveLength(2);
});

test("[SW7] a quiet sweep stores no event and causes no call", async () => {
  const world = createWorld();
  await shareUntold(world);
  await sweepAndSettle(world);
  world.crm.expirePositions();
  const put = jest.spyOn(world.store.inbox, "put");
  const read = world.crm.calls.read + world.partnerCenter.calls.read;
  expect(await sweepAndSettle(world)).toEqual({ opportunities: 0, referrals: 0, duplicates: 0 });
  expect(put).not.toHaveBeenCalled();
  expect(world.crm.calls.read + world.partnerCenter.calls.read).toBe(read);
});

test("[SW8] a CRM that cannot be reached does not keep Partner Center from being looked at", async () => {
  const world = createWorld();
  await shareUntold(world);
  await world.clock.advance(1_000);
  world.partnerCenter.edit(world.referral().id, { "details.notes": "From the portal" });
  world.crm.failNext("changesSince", new RelayError("CS-1001"));
  await expect(world.sweep()).rejects.toThrow("CS-1001");
  await world.settle();
  expect(world.opportunity().values["description"]).toBe("From the portal");
});

test("[SW9] two changes at the same instant are told apart", async () => {
  const world = createWorld();
  await shareUntold(world);
  await world.save({ estimatedvalue: 60_000 });
  // The same clock reading as the relay's own write.
  world.partnerCenter.edit(world.referral().id, { "details.notes": "From the portal" });
  await world.referralEvent(world.referral());
  await world.settle();
  await sweepAndSettle(world);
  expect(world.opportunity().values["description"]).toBe("From the portal");
});

test("[SW9] what Microsoft does is found, although one's own referral changed later", async () => {
  const world = createWorld();
  await world.share({ cosell_helprequired: help });
  await world.clock.advance(1_000);
  world.partnerCenter.microsoftAccepts(must(world.referral().engagementId, "an engagement"), "7-ABC");
  await world.clock.advance(1_000);
  await world.save({ estimatedvalue: 60_000 });
  expect(world.opportunity().section.microsoftCrmId).toBeNull();
  await sweepAndSettle(world);
  expect(world.opportunity().section.microsoftCrmId).toBe("7-ABC");
});

test("[SW10] the same change found again is the same event", async () => {
  const world = createWorld();
  await shareUntold(world);
  world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 0 });
  await world.sweep();
  world.crm.expirePositions();
  await world.sweep();
  expect(await world.store.queue.depth()).toMatchObject({ events: 1 });
});

test("[SW12] a deal that ended before it was followed is not told of again and again", async () => {
  const world = createWorld();
  newDeal(world, { status: "Closed", substatus: "Lost" });
  expect(await sweepAndSettle(world)).toMatchObject({ referrals: 0 });
  expect(world.partnerCenter.calls.read).toBe(0);
  expect(world.crm.all()).toEqual([]);
});

test("[SW13] all referrals are looked at once, and what they name is noted", async () => {
  const world = createWorld();
  const list = jest.spyOn(world.partnerCenter, "listChangedSince");
  const old = newDeal(world, { externalReferenceId: OPPORTUNITY_ID, status: "Closed", substatus: "Won" });
  await world.clock.advance(30 * 24 * HOUR_MS);
  await sweepAndSettle(world);
  await sweepAndSettle(world);
  expect(list.mock.calls.filter(([sinceMs]) => sinceMs === 0)).toHaveLength(1);
  expect(await world.store.pairs.referralsNaming(OPPORTUNITY_ID)).toEqual([old.id]);
});

test.each([
  ["2026-03-01T00:00:05Z", "2026-03-01T00:00:05.5Z"],
  ["2026-03-01T00:00:05.5Z", "2026-03-01T00:00:05.51Z"],
])("[SW15] a change at %s is older than one at %s, however many digits the server writes", (earlier, later) => {
  expect([isBefore(earlier, later), isBefore(later, earlier), isBefore(later, later)]).toEqual([true, false, false]);
  expect([isBefore(null, earlier), isBefore("soon", earlier), isBefore(earlier, null)]).toEqual([true, true, false]);
});

/** The list of all referrals fails in this way. */
function breakWholeList({ partnerCenter }: World, code: "CS-1101" | "CS-1106"): void {
  const listChangedSince = partnerCenter.listChangedSince.bind(partnerCenter);
  jest
    .spyOn(partnerCenter, "listChangedSince")
    .mockImplementation((sinceMs, correlationId) =>
      sinceMs === 0 ? Promise.reject(new RelayError(code)) : listChangedSince(sinceMs, correlationId),
    );
}

test("[SW13] a list of all referrals that cannot be read to its end does not keep the sweep from what is new", async () => {
  const world = createWorld();
  breakWholeList(world, "CS-1106");
  const deal = newDeal(world);
  await sweepAndSettle(world);
  expect(world.crm.all().map(({ section }) => section.referralId)).toContain(deal.id);
  expect(world.logged).toContainEqual({
    message: "the list of all referrals cannot be read to its end",
    fields: { code: "CS-1106" },
  });
});

test("[SW13] neither does one whose pages fail at every try, which is logged and tried again", async () => {
  const world = createWorld();
  breakWholeList(world, "CS-1101");
  const deal = newDeal(world);
  await expect(sweepAndSettle(world)).rejects.toMatchObject({ code: "CS-1101" });
  await world.settle();
  expect(world.crm.all().map(({ section }) => section.referralId)).toContain(deal.id);
});

test("[SW14] Microsoft's joining of a deal that is followed is found, and of one that is not it is left alone", async () => {
  const world = createWorld();
  await shareUntold(world);
  await world.clock.advance(1_000);
  const { engagementId } = world.referral();
  world.partnerCenter.add({ organizationId: "msft", engagementId });
  world.partnerCenter.add({ organizationId: "msft" });
  world.partnerCenter.microsoftAccepts(must(engagementId, "an engagement"), "7-ABC");
  expect(await sweepAndSettle(world)).toMatchObject({ referrals: 1 });
  expect(world.opportunity().section.microsoftCrmId).toBe("7-ABC");
  expect(await sweepAndSettle(world)).toMatchObject({ referrals: 0 });
});
