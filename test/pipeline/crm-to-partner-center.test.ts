import { helpOptions } from "../../solution/schema/help-options";
import { atPath } from "../../sync-relay/src/core/json";
import { must } from "../../sync-relay/src/core/must";
import { OPPORTUNITY_ID } from "../support/builders";
import { createWorld } from "./world";

const help = must(helpOptions[2], "six help options").value;

test("[RN1] a shared opportunity becomes a private deal and carries its referral", async () => {
  const world = createWorld();
  const { section } = await world.share();
  const referral = world.referral();
  expect(world.referrals()).toHaveLength(1);
  expect(referral).toMatchObject({ type: "Independent", externalReferenceId: OPPORTUNITY_ID });
  expect(atPath(referral.json, "details.dealValue")).toBe(50_000);
  expect(atPath(referral.json, "customerProfile.address.country")).toBe("US");
  expect(atPath(referral.json, "consent.consentToShareReferralWithMicrosoftSellers")).toBe(false);
  expect(section).toMatchObject({
    referralId: referral.id,
    referralLink: `https://partner.microsoft.com/referrals/v2/inbox?id=${referral.id}`,
    syncStatus: "synced",
    syncMessage: null,
    referralStatus: "Active / Accepted",
    lastSyncedOn: expect.stringMatching(/^2026-11-23T09:00/),
  });
  expect(section.audit).toMatch(/^2026-11-23 09:00 UTC · CRM → Partner Center · referral created: .* · done · /);
});

test("[RN2] creating costs 3 upstream calls, a co-sell 4, an update 3, an echo none", async () => {
  const world = createWorld();
  await world.share();
  expect(world.calls()).toBe(3);
  await world.referralEvent(world.referral(), { kind: "referral-created" });
  await world.crmEvent(OPPORTUNITY_ID, { ownWrite: true });
  await world.settle();
  expect(world.calls()).toBe(0);
  await world.save({ estimatedvalue: 60_000 });
  expect(world.calls()).toBe(3);
  const coSell = createWorld();
  await coSell.share({ cosell_helprequired: help });
  expect(coSell.calls()).toBe(4);
});

test("[RN3] ten quick saves are one change", async () => {
  const world = createWorld();
  await world.share();
  world.calls();
  for (let n = 1; n <= 10; n += 1) {
    world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 50_000 + n });
    await world.crmEvent();
    await world.clock.advance(20);
  }
  await world.settle();
  expect(world.calls()).toBe(3);
  expect(atPath(world.referral().json, "details.dealValue")).toBe(50_010);
});

test("[RN4] a co-sell in two posts invites Microsoft with the help code", async () => {
  const world = createWorld();
  const { section, values } = await world.share({ cosell_helprequired: help });
  const [microsoft] = world.microsofts();
  expect(world.referral()).toMatchObject({ type: "Shared", helpCode: "Unknown" });
  expect(microsoft).toMatchObject({ helpCode: "ProofOfConceptOrDemo", engagementId: world.referral().engagementId });
  expect(section.referralStatus).toBe("Active / Accepted · Microsoft: New / Pending");
  expect(values["cosell_visibletomicrosoft"]).toBe(true);
  expect(section.syncStatus).toBe("synced");
});

test("[RN4] a co-sell in one post carries the help code itself", async () => {
  const world = createWorld({ coSellPosts: "one" });
  await world.share({ cosell_helprequired: help });
  expect(world.referral()).toMatchObject({ type: "Shared", helpCode: "ProofOfConceptOrDemo" });
  expect(world.microsofts()).toHaveLength(0);
});

test("[RN5] help chosen after creation turns the deal into a co-sell, once", async () => {
  const world = createWorld();
  await world.share();
  await world.save({ cosell_helprequired: help });
  expect(world.microsofts()).toHaveLength(1);
  expect(world.opportunity().values["cosell_visibletomicrosoft"]).toBe(true);
  await world.save({ description: "More" });
  expect(world.microsofts()).toHaveLength(1);
});

test("[RN5] help that was sent can be neither changed nor taken back, and the seller is told", async () => {
  const world = createWorld();
  await world.share({ cosell_helprequired: help });
  await world.save({ cosell_helprequired: null });
  expect(world.opportunity().section.syncMessage).toContain("cannot be taken back (help from Microsoft)");
  await world.save({ cosell_helprequired: help });
  expect(world.opportunity().section.syncMessage).toBeNull();
});

test("[RN6] a field that is fixed at creation is held back with a message, and the rest is sent", async () => {
  const world = createWorld();
  await world.share();
  await world.save({ name: "Another name", estimatedvalue: 70_000 });
  expect(atPath(world.referral().json, "details.dealValue")).toBe(70_000);
  expect(atPath(world.referral().json, "name")).toBe("Contoso ERP renewal");
  expect(world.opportunity().values["name"]).toBe("Another name");
  expect(world.opportunity().section).toMatchObject({ syncStatus: "synced" });
  expect(world.opportunity().section.syncMessage).toContain("deal name");
  await world.save({ name: "Contoso ERP renewal" });
  expect(world.opportunity().section.syncMessage).toBeNull();
});

test("[RN7] won closes the referral, and a closed referral is never written again", async () => {
  const world = createWorld();
  await world.share();
  await world.save({ statuscode: 3 });
  expect(world.referral()).toMatchObject({ status: "Closed", substatus: "Won" });
  const patches = world.partnerCenter.calls.patch;
  await world.save({ statuscode: 1, description: "Reopened" });
  expect(world.partnerCenter.calls.patch).toBe(patches);
  expect(world.opportunity().section).toMatchObject({ syncStatus: "needs-attention" });
  expect(world.opportunity().section.syncMessage).toContain("closed in Partner Center");
});

test("[RN7] lost closes the referral as lost", async () => {
  const world = createWorld();
  await world.share();
  await world.save({ statuscode: 4 });
  expect(world.referral()).toMatchObject({ status: "Closed", substatus: "Lost" });
});

test("[RN8] while an opportunity is on hold its changes wait, and go out when it goes on", async () => {
  const world = createWorld();
  await world.share();
  await world.save({ statuscode: 2, estimatedvalue: 80_000 });
  expect(world.referral().status).toBe("Active");
  expect(atPath(world.referral().json, "details.dealValue")).toBe(50_000);
  expect(world.opportunity().section).toMatchObject({ syncStatus: "waiting" });
  await world.save({ statuscode: 1 });
  expect(atPath(world.referral().json, "details.dealValue")).toBe(80_000);
  expect(world.opportunity().section).toMatchObject({ syncStatus: "synced", syncMessage: null });
});

test("[RN9] an opportunity that is not ready is not sent, says why, and is tried again at the next save", async () => {
  const world = createWorld();
  await world.share({ "parentaccountid.address1_country": "Atlantis", estimatedvalue: 0 });
  expect(world.referrals()).toHaveLength(0);
  expect(world.opportunity().section).toMatchObject({ syncStatus: "needs-attention" });
  expect(world.opportunity().section.syncMessage).toContain("“Atlantis”");
  expect(world.opportunity().section.syncMessage).toContain("deal value must be above 0");
  await world.save({ "parentaccountid.address1_country": "Norvège", estimatedvalue: 10 });
  expect(atPath(world.referral().json, "customerProfile.address.country")).toBe("NO");
  expect(world.opportunity().section).toMatchObject({ syncStatus: "synced", syncMessage: null });
});

test("[RN9] messages come in the language that is set", async () => {
  const world = createWorld({ language: "fr" });
  await world.share({ cosell_products: "" });
  expect(world.opportunity().section.syncMessage).toBe("Ajoutez : produits.");
});

test("[RN9] a value that becomes unusable later is not sent, and the other side keeps the old one", async () => {
  const world = createWorld();
  await world.share();
  await world.save({ estimatedvalue: 0, description: "New notes" });
  expect(atPath(world.referral().json, "details.dealValue")).toBe(50_000);
  expect(atPath(world.referral().json, "details.notes")).toBe("New notes");
  expect(world.opportunity().section).toMatchObject({ syncStatus: "needs-attention" });
});

test("[RN10] Sync = No stops the pair; after Yes both sides are merged", async () => {
  const world = createWorld();
  await world.share();
  await world.save({ estimatedvalue: 90_000 }, { syncOn: false });
  await world.portal({ "details.notes": "From the portal" });
  expect(atPath(world.referral().json, "details.dealValue")).toBe(50_000);
  expect(world.opportunity().values["description"]).toBe("Renewal with more seats");
  await world.save({}, { syncOn: true });
  expect(atPath(world.referral().json, "details.dealValue")).toBe(90_000);
  expect(world.opportunity().values["description"]).toBe("From the portal");
});

test("[RN11] an opportunity that is not shared is left alone and not remembered", async () => {
  const world = createWorld();
  await world.share({}, { syncOn: false });
  expect(world.referrals()).toHaveLength(0);
  expect(world.opportunity().section.syncStatus).toBeNull();
  expect(await world.store.pairs.byOpportunity(OPPORTUNITY_ID)).toBeNull();
});
