import { RelayError } from "../../sync-relay/src/core/errors";
import { atPath } from "../../sync-relay/src/core/json";
import { must } from "../../sync-relay/src/core/must";
import { OPPORTUNITY_ID, readyValues } from "../support/builders";
import { createWorld, type World } from "./world";

const DEAL = {
  name: "Fabrikam migration",
  type: "Shared",
  qualification: "SalesQualified",
  "customerProfile.name": "Fabrikam",
  "customerProfile.address.country": "FR",
  "customerProfile.address.postalCode": "75001",
  "customerProfile.team": [{ firstName: "Luc", lastName: "Petit", email: "luc@fabrikam.example", phoneNumber: "1" }],
  "details.dealValue": 1200.5,
  "details.currency": "EUR",
  "details.closingDateTime": "2027-06-30T00:00:00Z",
  "details.notes": "Moves to the cloud",
  status: "Active",
  substatus: "Accepted",
  "details.requirements.solutions": [{ id: "SOL-15974-MQF", name: "App", type: "Name" }],
};

async function newDeal(world: World, changes: Readonly<Record<string, unknown>> = {}) {
  const referral = world.partnerCenter.edit(world.partnerCenter.add().id, {
    externalReferenceId: null,
    ...DEAL,
    ...(changes as typeof DEAL),
  });
  await world.referralEvent(referral, { kind: "referral-created" });
  await world.settle();
  return referral;
}

const only = (world: World) => must(world.crm.all()[0], "no opportunity");

test("[RN12] a deal from Partner Center becomes an opportunity with the co-sell section filled", async () => {
  const world = createWorld();
  const referral = await newDeal(world);
  const opportunity = only(world);
  expect(world.crm.all()).toHaveLength(1);
  expect(opportunity.values).toMatchObject({
    name: "Fabrikam migration",
    estimatedvalue: 1200.5,
    "transactioncurrencyid.isocurrencycode": "EUR",
    estimatedclosedate: "2027-06-30",
    "parentaccountid.name": "Fabrikam",
    cosell_products: "SOL-15974-MQF",
  });
  expect(opportunity.section).toMatchObject({ syncOn: true, referralId: referral.id, syncStatus: "synced" });
  expect(opportunity.section.audit).toContain("Partner Center → CRM · opportunity created");
  expect(world.referral().externalReferenceId).toBe(opportunity.id);
});

test("[RN13] taking a deal over costs 3 upstream calls at the port, an update 2, its echoes none", async () => {
  const world = createWorld();
  await newDeal(world);
  // read, create (account, contact and opportunity are one call of the port), write the id back
  expect(world.calls()).toBe(3);
  await world.crmEvent(only(world).id, { kind: "opportunity-created", ownWrite: true });
  await world.referralEvent(world.referral());
  await world.settle();
  expect(world.calls()).toBe(0);
  await world.portal({ "details.dealValue": 2000 });
  expect(world.calls()).toBe(2);
  expect(only(world).values["estimatedvalue"]).toBe(2000);
});

test("[RN14] the same deal told again and again is one opportunity", async () => {
  const world = createWorld();
  const referral = await newDeal(world);
  for (let n = 0; n < 3; n += 1) {
    await world.referralEvent(referral, { kind: "referral-created", changedAt: null });
    await world.settle();
  }
  expect(world.crm.all()).toHaveLength(1);
});

test("[RN14] a create whose answer was lost is found again", async () => {
  const world = createWorld();
  world.crm.loseNextAnswer("create");
  await newDeal(world);
  await world.settle(60_000);
  expect(world.crm.all()).toHaveLength(1);
  expect(world.referral().externalReferenceId).toBe(only(world).id);
  expect(only(world).section.syncStatus).toBe("synced");
});

test("[RN15] changes of mapped fields and of the name arrive", async () => {
  const world = createWorld();
  await newDeal(world);
  await world.portal({
    name: "Renamed",
    "details.notes": "New notes",
    "details.closingDateTime": "2027-07-31T00:00:00Z",
  });
  expect(only(world).values).toMatchObject({
    name: "Renamed",
    description: "New notes",
    estimatedclosedate: "2027-07-31",
  });
  expect(only(world).section.audit.split("\n")[0]).toContain("Partner Center → CRM · updated");
});

test("[RN16] a deal won in Partner Center wins the opportunity", async () => {
  const world = createWorld();
  await newDeal(world);
  await world.portal({ status: "Closed", substatus: "Won" });
  expect(only(world).values["statuscode"]).toBe(3);
  expect(only(world).section).toMatchObject({ syncStatus: "closed", referralStatus: "Closed / Won" });
});

test("[RN17] a deal that waits for an answer is on hold, and is accepted by going on", async () => {
  const world = createWorld();
  await newDeal(world, { status: "New", substatus: "Pending" });
  expect(only(world).values["statuscode"]).toBe(2);
  world.crm.edit(only(world).id, { statuscode: 1 });
  await world.crmEvent(only(world).id);
  await world.settle();
  expect(world.referral()).toMatchObject({ status: "Active", substatus: "Accepted" });
});

test("[RN18] news of Microsoft's referral reaches the opportunity of one's own", async () => {
  const world = createWorld();
  await newDeal(world);
  const own = world.referral();
  const theirs = world.partnerCenter.add({ organizationId: "msft", engagementId: own.engagementId });
  await world.referralEvent(theirs, { kind: "related-referral-created" });
  await world.settle();
  await world.clock.advance(1_000);
  const accepted = world.partnerCenter.microsoftAccepts(must(own.engagementId, "an engagement"), "7-ABC");
  await world.referralEvent(accepted, { kind: "related-referral-updated" });
  await world.settle();
  expect(only(world).section.microsoftCrmId).toBe("7-ABC");
  expect(only(world).section.referralStatus).toContain("Microsoft: Active / Accepted");
  expect(world.crm.all()).toHaveLength(1);
});

test("[RN23] Microsoft, who was in the engagement before the relay knew of it, is shown from the start", async () => {
  const world = createWorld();
  const own = world.partnerCenter.edit(world.partnerCenter.add().id, { externalReferenceId: null, ...DEAL });
  world.partnerCenter.add({ organizationId: "msft", engagementId: own.engagementId });
  world.partnerCenter.microsoftAccepts(must(own.engagementId, "an engagement"), "7-ABC");
  await world.clock.advance(2 * 3_600_000);
  await world.referralEvent(own, { kind: "referral-created" });
  await world.settle();
  expect(only(world).section.microsoftCrmId).toBe("7-ABC");
  expect(only(world).section.referralStatus).toContain("Microsoft: Active / Accepted");
  expect(only(world).version).toBe("v1");
});

test("[RN23] Microsoft is shown too when an opportunity is linked to a referral of old", async () => {
  const world = createWorld();
  const own = world.partnerCenter.edit(world.partnerCenter.add().id, DEAL);
  world.partnerCenter.add({ organizationId: "msft", engagementId: own.engagementId });
  world.partnerCenter.microsoftAccepts(must(own.engagementId, "an engagement"), "7-ABC");
  await world.share({}, { referralId: own.id });
  expect(only(world).section).toMatchObject({ microsoftCrmId: "7-ABC", syncStatus: "synced" });
});

test.each([
  [
    "a marketplace lead",
    { type: "Independent", qualification: "Direct", "inviteContext.invitedBy.organizationId": "msft" },
  ],
  ["a deal that is closed already", { status: "Closed", substatus: "Lost" }],
  ["a deal of another CRM", { externalReferenceId: "SF-0061x" }],
  ["a deal whose opportunity is gone", { externalReferenceId: "0a000000-0000-4000-8000-00000000dead" }],
])("[RN19] %s is left alone", async (_, changes) => {
  const world = createWorld();
  await newDeal(world, changes);
  expect(world.crm.all()).toHaveLength(0);
});

test("[RN19] leads become opportunities when the setting says so", async () => {
  const world = createWorld({ syncLeads: true });
  const lead = { type: "Independent", qualification: "Direct", "inviteContext.invitedBy.organizationId": "msft" };
  await newDeal(world, lead);
  expect(world.crm.all()).toHaveLength(1);
});

test("[RN20] a currency that the CRM does not have is a dead letter with its reason, and nothing half-made", async () => {
  const world = createWorld();
  const referral = await newDeal(world, { "details.currency": "CHF" });
  expect(world.crm.all()).toHaveLength(0);
  expect(await world.store.pairs.byReferral(referral.id)).toMatchObject({ deadBecause: "CS-1006" });
});

test("[RN20] a referral without a customer becomes an opportunity that asks for one", async () => {
  const world = createWorld();
  await newDeal(world, { customerProfile: null });
  expect(only(world).section).toMatchObject({ syncStatus: "needs-attention" });
  expect(only(world).section.syncMessage).not.toBeNull();
});

test("[RN20] unknown enumeration values are shown, not guessed at", async () => {
  const world = createWorld();
  await newDeal(world, {
    status: "Paused",
    substatus: "Somehow",
    "inviteContext.assistanceRequestCode": "NewKindOfHelp",
  });
  expect(only(world).section.referralStatus).toBe("Paused / Somehow");
  expect(only(world).values["statuscode"]).toBe(1);
});

test("[LC6] a seller who ended a deal while its status was unknown is followed once it is known", async () => {
  const world = createWorld();
  await newDeal(world, { status: "Suspended", substatus: "UnderReview" });
  expect(only(world).values["statuscode"]).toBe(1);
  await world.clock.advance(1_000);
  world.crm.edit(only(world).id, { statuscode: 4 });
  await world.crmEvent(only(world).id);
  await world.settle();
  expect(world.referral().status).toBe("Suspended");
  await world.portal({ status: "Active", substatus: "Accepted" });
  expect(world.referral()).toMatchObject({ status: "Closed", substatus: "Lost" });
  expect(only(world).values["statuscode"]).toBe(4);
});

test("[RN21] a referral that is gone, or belongs to somebody else, needs attention and nothing is written", async () => {
  const world = createWorld();
  await newDeal(world);
  world.partnerCenter.remove(world.referral().id);
  world.crm.edit(only(world).id, { estimatedvalue: 5 });
  await world.crmEvent(only(world).id);
  await world.settle();
  expect(only(world).section).toMatchObject({ syncStatus: "needs-attention" });
  expect(only(world).section.syncMessage).toContain("no longer exists");
});

test("[RN22] a deleted opportunity neither closes its referral nor comes back", async () => {
  const world = createWorld();
  const referral = await newDeal(world);
  const id = only(world).id;
  world.crm.remove(id);
  await world.crmEvent(id, { kind: "opportunity-deleted" });
  await world.settle();
  await world.portal({ "details.notes": "Still here" });
  expect(world.crm.all()).toHaveLength(0);
  expect(world.referral()).toMatchObject({ id: referral.id, status: "Active" });
  const trail = await world.store.audit.newestFirst(id, 10);
  expect(trail.map((entry) => entry.reason)).toContain("opportunity-gone");
});

test("[RN15] both sides changed: the later one wins, the loser is in the audit trail", async () => {
  const world = createWorld();
  await newDeal(world);
  world.crm.edit(only(world).id, { estimatedvalue: 111 });
  await world.crmEvent(only(world).id);
  await world.portal({ "details.dealValue": 222 });
  expect(only(world).values["estimatedvalue"]).toBe(222);
  expect(atPath(world.referral().json, "details.dealValue")).toBe(222);
  expect(only(world).section.audit).toContain("deal value (set aside: 111)");
});

test("[CP20] a deal that could not be made goes, when it is tried again, to the opportunity that a person made for it", async () => {
  const world = createWorld();
  jest
    .spyOn(world.crm, "create")
    .mockRejectedValue(new RelayError("CS-1004", { upstreamMessage: "A column is missing." }));
  const referral = await newDeal(world);
  expect(world.data.audit.map(({ action }) => action)).toContain("give-up");
  world.crm.add({ id: OPPORTUNITY_ID, values: readyValues(), section: { syncOn: true, referralId: referral.id } });
  await world.crmEvent();
  await world.settle();
  await world.store.redrive({ kind: "all" });
  await world.live(10_000);
  expect(await world.pair()).toMatchObject({ referralId: referral.id, deadBecause: null });
  expect(world.opportunity().section).toMatchObject({ syncStatus: "synced", syncMessage: null });
  expect(world.referral().externalReferenceId).toBe(OPPORTUNITY_ID);
  expect(world.crm.all()).toHaveLength(1);
});
