import { opportunityKey, referralKey } from "../../sync-relay/src/core/event";
import { pauseFact, pauseText } from "../../sync-relay/src/core/pause";
import { dryRun } from "../../sync-relay/src/operate/dry-run";
import { explain, type Explanation } from "../../sync-relay/src/operate/explain";
import { OPPORTUNITY_ID, readyValues } from "../support/builders";
import { createWorld, type World } from "../pipeline/world";

const key = opportunityKey(OPPORTUNITY_ID);

/** Everything outside of the run: what it must leave as it was. */
const traces = (world: World) => ({
  crm: world.crm.all(),
  referrals: world.partnerCenter.all(),
  pairs: [...world.data.pairs],
  facts: [...world.data.facts],
  audit: [...world.data.audit],
  waiting: [...world.data.waiting],
});

async function dry(world: World, start = key) {
  const before = traces(world);
  const run = await dryRun(world.parts, start);
  expect(traces(world)).toEqual(before);
  return run;
}

test("[OP3] a dry run of a new share tells the referral and the opportunity's new section, and makes nothing", async () => {
  const world = createWorld();
  world.crm.add({
    id: OPPORTUNITY_ID,
    values: readyValues({ cosell_helprequired: 842_130_002 }),
    section: { syncOn: true },
  });
  const { writes } = await dry(world);
  expect(writes.map(({ kind }) => kind)).toEqual(
    ["create-referral", "create-referral", "patch-referral", "update-opportunity"].filter(
      (kind) => kind !== "patch-referral",
    ),
  );
  expect(writes[0]).toMatchObject({ payload: { externalReferenceId: OPPORTUNITY_ID } });
  expect(writes[1]).toMatchObject({ payload: { target: [{ id: "msft" }] } });
});

test("[OP3] a dry run tells the very writes that the run then makes", async () => {
  const world = createWorld();
  await world.share();
  world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 77_000 }, {});
  world.partnerCenter.edit(world.referral().id, { "details.notes": "From the portal" });
  const { writes } = await dry(world);
  expect(writes).toMatchObject([
    { kind: "patch-referral", operations: [{ path: "/details/dealValue", value: 77_000 }] },
    { kind: "update-opportunity", changes: { values: { description: "From the portal" } } },
  ]);
  await world.crmEvent();
  await world.referralEvent(world.referral());
  await world.settle();
  expect(world.referral().json).toMatchObject({ details: { dealValue: 77_000, notes: "From the portal" } });
  expect((await dry(world)).writes).toEqual([]);
});

test("[OP3] a dry run follows a deal of the portal to the opportunity that it would become", async () => {
  const world = createWorld();
  const deal = world.partnerCenter.add({ name: "From the portal", details: { dealValue: 5, currency: "USD" } });
  const { writes } = await dry(world, referralKey(deal.id));
  expect(writes.map(({ kind }) => kind)).toEqual(["create-opportunity", "patch-referral"]);
  expect(writes[1]).toMatchObject({ operations: [{ path: "/externalReferenceId" }] });
});

test("[OP3] a dry run keeps to a pause, and says which", async () => {
  const world = createWorld();
  await world.share();
  world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 77_000 }, {});
  for (const direction of ["crm-to-partner-center", "partner-center-to-crm"] as const) {
    await world.store.pairs.setFact(pauseFact(direction), pauseText(world.clock.now()));
  }
  const { writes, pair } = await dry(world);
  expect(writes).toEqual([]);
  expect(pair?.paused).toContain("crm-to-partner-center");
});

async function explained(world: World, id = OPPORTUNITY_ID): Promise<Explanation> {
  const operator = { eventsOf: async () => [], dueAt: async () => null };
  return explain({ ...world.parts, operator, audit: world.store.audit }, id);
}

const verdicts = ({ fields }: Explanation) =>
  Object.fromEntries(
    fields.filter(({ verdict }) => verdict !== "agrees").map(({ key: field, verdict }) => [field, verdict]),
  );

test("[OP2] of each field both values, what was seen and decided, and what happens next are told", async () => {
  const world = createWorld();
  await world.share();
  expect(verdicts(await explained(world))).toEqual({});
  world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 77_000, "parentaccountid.address1_city": "Berlin" }, {});
  world.partnerCenter.edit(world.referral().id, { "details.notes": "From the portal" });
  const found = await explained(world);
  expect(verdicts(found)).toEqual({
    "details.dealValue": "to-partner-center",
    "details.notes": "to-crm",
    "customerProfile.address.city": { held: "not-changeable" },
  });
  const value = found.fields.find(({ key: field }) => field === "details.dealValue");
  expect(value).toMatchObject({ crm: 77_000, partnerCenter: 50_000, memory: { decided: 50_000 } });
  expect(found.audit.map(({ action }) => action)).toContain("create-referral");
});

test("[OP2] either id leads to the deal; what is gone, foreign or unknown is told as such", async () => {
  const world = createWorld();
  await world.share();
  const referral = world.referral();
  expect(await explained(world, referral.id)).toMatchObject({ opportunityId: OPPORTUNITY_ID, referralId: referral.id });
  const foreign = world.partnerCenter.addForeign();
  expect((await explained(world, foreign.id)).sides).toEqual({ crm: "none", partnerCenter: "forbidden" });
  world.crm.remove(OPPORTUNITY_ID);
  expect((await explained(world)).sides).toEqual({ crm: "missing", partnerCenter: "found" });
  const nobody = await explained(world, "0f000000-0000-4000-8000-00000000dead");
  expect(nobody).toMatchObject({
    pair: null,
    opportunity: null,
    referral: null,
    sides: { crm: "none", partnerCenter: "missing" },
  });
});

test("[OP2] an opportunity that cannot be shared yet says what it lacks", async () => {
  const world = createWorld();
  world.crm.add({ id: OPPORTUNITY_ID, values: readyValues({ estimatedvalue: 0 }), section: { syncOn: true } });
  expect((await explained(world)).issues).toMatchObject([{ field: "details.dealValue", because: "not-positive" }]);
});
