import { RelayError } from "../../sync-relay/src/core/errors";
import { atPath } from "../../sync-relay/src/core/json";
import type { ConflictRule, FieldMap } from "../../sync-relay/src/core/mapping/field-map";
import { OPPORTUNITY_ID, readyValues } from "../support/builders";
import { createWorld, shippedMap, type World } from "./world";

const dealValue = (world: World) => atPath(world.referral().json, "details.dealValue");
const notes = (world: World) => atPath(world.referral().json, "details.notes");
const actions = async (world: World) => (await world.trail()).map(({ action, result }) => `${action} ${result}`);

function withRule(conflict: ConflictRule): FieldMap {
  const fields = shippedMap.fields.map((field) => (field.key === "details.dealValue" ? { ...field, conflict } : field));
  return { ...shippedMap, fields };
}

test("[FT1] an update whose reply was lost is neither taken for an edit nor made twice, and is told once", async () => {
  const world = createWorld();
  await world.share();
  world.partnerCenter.fail({ on: "patch", kind: "after-effect" });
  await world.save({ estimatedvalue: 60_000 });
  await world.live(5_000);
  expect(dealValue(world)).toBe(60_000);
  expect(world.partnerCenter.calls.patch).toBe(1);
  expect(await actions(world)).toEqual(["update done", "create-referral done"]);
  expect(world.opportunity().section.audit.match(/updated/g)).toHaveLength(1);
  expect(world.opportunity().section.syncStatus).toBe("synced");
});

test("[FT1] an update of the opportunity whose reply was lost is told once on both trails", async () => {
  const world = createWorld();
  await world.share();
  world.crm.loseNextAnswer("update");
  await world.portal({ "details.dealValue": 61_000 });
  await world.live(5_000);
  expect(world.opportunity().values["estimatedvalue"]).toBe(61_000);
  expect(dealValue(world)).toBe(61_000);
  expect(await actions(world)).toEqual(["update done", "create-referral done"]);
  expect(world.opportunity().section.audit.match(/updated/g)).toHaveLength(1);
});

test("[FT2] a write that nobody waits for any more cannot land after the next one", async () => {
  const world = createWorld();
  await world.share();
  const patch = world.partnerCenter.patch.bind(world.partnerCenter);
  let late = () => patch("", [], { eTag: "", correlationId: "" });
  jest.spyOn(world.partnerCenter, "patch").mockImplementationOnce((...given) => {
    late = () => patch(...given);
    return Promise.reject(new RelayError("CS-1101", { inDoubt: true }));
  });
  await world.save({ estimatedvalue: 60_000 });
  // Set back before the relay tries again: nothing would be left to write, but the first write may still come.
  await world.save({ estimatedvalue: 50_000 });
  await world.live(5_000);
  await expect(late()).resolves.toEqual({ kind: "stale" });
  await world.live(5_000);
  expect(dealValue(world)).toBe(50_000);
  expect(world.opportunity().values["estimatedvalue"]).toBe(50_000);
});

test("[FT2] nor can one that a process sent under a newer version than its first try, and died", async () => {
  const world = createWorld();
  await world.share();
  const update = world.crm.update.bind(world.crm);
  let late = (): ReturnType<typeof update> => Promise.reject(new Error("nothing was sent"));
  jest
    .spyOn(world.crm, "update")
    .mockImplementationOnce((...given) => {
      // Somebody is faster, with something that the referral does not take.
      world.crm.edit(OPPORTUNITY_ID, {});
      world.dieAt("crm.update", "after");
      return update(...given);
    })
    .mockImplementationOnce((...given) => {
      late = () => update(...given);
      // Set back before the next process tries again: nothing would be left to write, but the last write may still come.
      world.partnerCenter.edit(world.referral().id, { "details.dealValue": 50_000 });
      return Promise.resolve({ kind: "stale" });
    });
  await world.portal({ "details.dealValue": 70_000 });
  await world.live(5_000);
  await expect(late()).resolves.toEqual({ kind: "stale" });
  await world.live(5_000);
  expect(dealValue(world)).toBe(50_000);
  expect(world.opportunity().values["estimatedvalue"]).toBe(50_000);
});

test("[FT2] nor can one to Partner Center whose referral got a new version before it, without a change", async () => {
  const world = createWorld();
  await world.share();
  const patch = world.partnerCenter.patch.bind(world.partnerCenter);
  let late = (): ReturnType<typeof patch> => Promise.reject(new Error("nothing was sent"));
  jest
    .spyOn(world.partnerCenter, "patch")
    .mockImplementationOnce((...given) => {
      world.partnerCenter.edit(world.referral().id, {}, "microsoft");
      world.dieAt("partnerCenter.patch", "after");
      return patch(...given);
    })
    .mockImplementationOnce((...given) => {
      late = () => patch(...given);
      // Set back before the next process looks: what it finds is in step, and what this one sent is still to come.
      world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 50_000 });
      return Promise.resolve({ kind: "stale" });
    });
  await world.save({ estimatedvalue: 60_000 });
  await world.live(5_000);
  await expect(late()).resolves.toEqual({ kind: "stale" });
  await world.sweep();
  await world.live(5_000);
  expect(dealValue(world)).toBe(50_000);
  expect(world.opportunity().values["estimatedvalue"]).toBe(50_000);
});

test("[FT3] somebody who is faster in Partner Center is read again and merged", async () => {
  const world = createWorld();
  await world.share();
  world.partnerCenter.edit(world.referral().id, { "details.notes": "From the portal" });
  await world.save({ estimatedvalue: 60_000 });
  expect(dealValue(world)).toBe(60_000);
  expect(world.opportunity().values["description"]).toBe("From the portal");
});

test("[FT3] somebody who is faster in the CRM is read again and merged; the loser is in the audit trail", async () => {
  const world = createWorld();
  await world.share();
  await world.clock.advance(1_000);
  world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 60_000, description: "From the seller" });
  await world.portal({ "details.dealValue": 70_000 });
  expect(world.opportunity().values).toMatchObject({ estimatedvalue: 70_000, description: "From the seller" });
  expect(notes(world)).toBe("From the seller");
  expect(world.opportunity().section.audit).toContain("deal value (set aside: 60000)");
  const lost = (await world.trail()).flatMap(({ changes }) => changes.filter((change) => change.lost !== undefined));
  expect(lost).toEqual([expect.objectContaining({ field: "details.dealValue", lost: 60_000 })]);
});

test.each([
  ["queue.checkpoint", "before"],
  ["queue.checkpoint", "after"],
  ["partnerCenter.patch", "before"],
  ["partnerCenter.patch", "after"],
  ["crm.update", "before"],
  ["crm.update", "after"],
  ["queue.finish", "before"],
] as const)("[FT4] a process that dies at %s (%s) leaves an update that the next one completes", async (call, when) => {
  const world = createWorld();
  await world.share();
  world.dieAt(call, when);
  await world.save({ estimatedvalue: 60_000 });
  await world.live(20_000);
  expect(dealValue(world)).toBe(60_000);
  expect(world.opportunity().section).toMatchObject({ syncStatus: "synced" });
  expect(world.opportunity().section.audit.match(/updated/g)).toHaveLength(1);
  expect(await actions(world)).toEqual(["update done", "create-referral done"]);
});

test.each([
  ["queue.checkpoint", "after"],
  ["crm.update", "before"],
  ["crm.update", "after"],
  ["queue.finish", "before"],
] as const)("[FT4] the same holds for what comes from Partner Center: %s (%s)", async (call, when) => {
  const world = createWorld();
  await world.share();
  world.dieAt(call, when);
  await world.portal({ "details.dealValue": 61_000 });
  await world.live(20_000);
  expect(world.opportunity().values["estimatedvalue"]).toBe(61_000);
  expect(world.opportunity().section.audit.match(/updated/g)).toHaveLength(1);
  expect(await actions(world)).toEqual(["update done", "create-referral done"]);
});

test("[FT5] under the rule ask both values stay until somebody enters the same on both sides", async () => {
  const world = createWorld({}, { map: withRule("ask") });
  await world.share();
  world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 60_000 });
  await world.portal({ "details.dealValue": 70_000 });
  await world.save({ description: "Something else" });
  expect([world.opportunity().values["estimatedvalue"], dealValue(world)]).toEqual([60_000, 70_000]);
  expect(notes(world)).toBe("Something else");
  expect(world.opportunity().section).toMatchObject({ syncStatus: "needs-attention" });
  expect(world.opportunity().section.syncMessage).toContain("Both sides changed the deal value");
  await world.save({ estimatedvalue: 70_000 });
  expect(world.opportunity().section).toMatchObject({ syncStatus: "synced", syncMessage: null });
});

test.each([
  ["crm", 60_000],
  ["partnerCenter", 70_000],
] as const)("[FT5] under the rule %s that side wins, whoever was later", async (rule, kept) => {
  const world = createWorld({}, { map: withRule(rule) });
  await world.share();
  world.partnerCenter.edit(world.referral().id, { "details.dealValue": 70_000 });
  await world.clock.advance(1_000);
  await world.save({ estimatedvalue: 60_000 });
  expect([world.opportunity().values["estimatedvalue"], dealValue(world)]).toEqual([kept, kept]);
});

test("[FT6] a run that finds that another one saved its pair stops before it writes, and its events stay", async () => {
  const world = createWorld();
  await world.share();
  const crmRead = world.crm.read.bind(world.crm);
  jest.spyOn(world.crm, "read").mockImplementationOnce(async (id) => {
    const pair = await world.pair();
    world.data.pairs.set(OPPORTUNITY_ID, { ...pair, revision: pair.revision + 1 });
    return crmRead(id);
  });
  world.crm.edit(OPPORTUNITY_ID, { estimatedvalue: 60_000 });
  await world.crmEvent();
  await world.settle();
  expect(world.partnerCenter.calls.patch).toBe(0);
  expect(world.logged.map(({ fields }) => fields["code"])).toContain("CS-1302");
  await world.live(30_000);
  expect(dealValue(world)).toBe(60_000);
});

/** To the half second: the world looks every 50 milliseconds. */
const about = (seconds: number): unknown => expect.closeTo(seconds, 0);

test("[FT7] failures in a row wait longer and longer, about twice as long each time", async () => {
  const world = createWorld({ maxAttempts: 1_000 });
  await world.share();
  const triedMs: number[] = [];
  jest.spyOn(world.partnerCenter, "patch").mockImplementation(() => {
    triedMs.push(world.clock.now());
    return Promise.reject(new RelayError("CS-1101", { httpStatus: 503 }));
  });
  await world.save({ estimatedvalue: 60_000 });
  await world.live(60_000, 50);
  const pauses = triedMs.slice(1).map((time, n) => Math.round((time - (triedMs[n] ?? 0)) / 100) / 10);
  // Half of each pause is random; the world's randomness is always 0.5.
  expect(pauses).toEqual([0.8, 1.5, 3, 6, 12, 24].map(about));
});

test("[FT7] the pause that an upstream asks for is kept, and being throttled is no failure", async () => {
  const world = createWorld({ maxAttempts: 2 });
  await world.share();
  world.partnerCenter.fail({ on: "patch", kind: "throttled", times: 3 });
  await world.save({ estimatedvalue: 60_000 });
  await world.live(56_000);
  expect(world.partnerCenter.calls.patch).toBe(1);
  await world.live(120_000);
  expect(dealValue(world)).toBe(60_000);
  expect(await world.pair()).toMatchObject({ failures: 0, deadBecause: null });
});

test("[FT7] work waits without counting failures while a sign-in is refused", async () => {
  const world = createWorld({ maxAttempts: 2 });
  await world.share();
  world.partnerCenter.fail({ on: "patch", kind: "unauthorized", times: 5 });
  await world.save({ estimatedvalue: 60_000 });
  await world.live(6 * 60_000, 5_000);
  expect(dealValue(world)).toBe(60_000);
  expect(await world.pair()).toMatchObject({ failures: 0, deadBecause: null });
});

test("[FT8] a pair that fails too often becomes a dead letter; tried again, it reads both sides anew", async () => {
  const world = createWorld({ maxAttempts: 4 });
  await world.share();
  world.partnerCenter.fail({ on: "read", kind: "before-effect", times: 4 });
  await world.portal({ "details.dealValue": 70_000 });
  await world.live(30_000);
  expect(await world.pair()).toMatchObject({ deadBecause: "CS-1501" });
  expect(world.opportunity().section).toMatchObject({ syncStatus: "needs-attention" });
  expect(world.opportunity().section.syncMessage).toContain("failed too often");
  expect(await world.store.redrive({ kind: "all" })).toBe(1);
  await world.live(5_000);
  expect(world.opportunity().values["estimatedvalue"]).toBe(70_000);
  expect(world.opportunity().section).toMatchObject({ syncStatus: "synced", syncMessage: null });
  expect(await world.pair()).toMatchObject({ deadBecause: null, failures: 0 });
});

test("[FT8] the next save tries a dead letter again, and does not miss what the other side did meanwhile", async () => {
  const world = createWorld({ maxAttempts: 1 });
  await world.share();
  world.partnerCenter.fail({ on: "read", kind: "before-effect" });
  await world.portal({ "details.dealValue": 70_000 });
  await world.save({ description: "New notes" });
  expect(world.opportunity().values["estimatedvalue"]).toBe(70_000);
  expect(notes(world)).toBe("New notes");
});

test("[FT9] from the third failure on the seller reads that it is tried again, once, until it works", async () => {
  const world = createWorld();
  await world.share();
  const told: unknown[] = [];
  const update = world.crm.update.bind(world.crm);
  jest.spyOn(world.crm, "update").mockImplementation((id, version, changes) => {
    told.push(changes.section.syncStatus);
    return update(id, version, changes);
  });
  world.partnerCenter.fail({ on: "patch", kind: "before-effect", times: 5 });
  await world.save({ estimatedvalue: 60_000 });
  await world.live(8_000);
  expect(world.opportunity().section).toMatchObject({ syncStatus: "retrying" });
  expect(world.opportunity().section.syncMessage).toContain("tries again by itself");
  await world.live(30_000);
  expect(told).toEqual(["retrying", "synced"]);
  expect(world.opportunity().section.syncMessage).toBeNull();
});

test("[FT10] a pair that always fails does not keep another one waiting", async () => {
  const world = createWorld();
  const other = "0a000000-0000-4000-8000-000000000002";
  await world.share();
  world.crm.add({ id: other, values: readyValues(), section: { syncOn: true } });
  await world.crmEvent(other);
  await world.settle();
  const poison = world.referral().id;
  const patch = world.partnerCenter.patch.bind(world.partnerCenter);
  jest.spyOn(world.partnerCenter, "patch").mockImplementation((id, ...given) => {
    return id === poison ? Promise.reject(new RelayError("CS-1101")) : patch(id, ...given);
  });
  await world.save({ estimatedvalue: 60_000 });
  for (let n = 1; n <= 5; n += 1) {
    world.crm.edit(other, { estimatedvalue: n });
    await world.crmEvent(other);
    await world.settle();
    const healthy = world.referrals().find(({ externalReferenceId }) => externalReferenceId === other);
    expect(atPath(healthy?.json ?? null, "details.dealValue")).toBe(n);
  }
});

test("[FT11] a forged event is dropped, and one that cannot be checked yet keeps no other waiting", async () => {
  const world = createWorld();
  await world.share();
  const request = { path: "/webhooks/partner-center", headers: {}, rawBody: new Uint8Array() };
  const unchecked = (dedupeId: string) => ({
    event: {
      source: "partner-center",
      kind: "referral-updated",
      recordId: world.referral().id,
      changedAt: null,
      ownWrite: false,
      dedupeId,
      correlationId: dedupeId,
    } as const,
    unverified: request,
  });
  world.verdict.next = { kind: "rejected", reason: "bad-signature" };
  world.calls();
  await world.store.inbox.put([unchecked("forged")]);
  await world.settle();
  expect(world.calls()).toBe(0);
  expect(await world.store.queue.depth()).toMatchObject({ events: 0 });
  world.verdict.next = { kind: "unverified", events: [] };
  await world.store.inbox.put([unchecked("no certificate")]);
  await world.settle();
  expect(world.calls()).toBe(0);
  await world.save({ estimatedvalue: 60_000 });
  await world.live(120_000, 10_000);
  expect(dealValue(world)).toBe(60_000);
  expect(await world.pair()).toMatchObject({ failures: 0, deadBecause: null });
  expect(await world.store.queue.depth()).not.toMatchObject({ events: 0 });
  world.partnerCenter.edit(world.referral().id, { "details.notes": "From the portal" });
  world.verdict.next = { kind: "verified", events: [] };
  await world.live(120_000, 10_000);
  expect(world.opportunity().values["description"]).toBe("From the portal");
});

test("[FT11] an event whose certificate never comes is dropped after an hour", async () => {
  const world = createWorld();
  await world.share();
  world.verdict.next = { kind: "unverified", events: [] };
  const request = { path: "/webhooks/partner-center", headers: {}, rawBody: new Uint8Array() };
  const event = { source: "partner-center", kind: "referral-updated", recordId: world.referral().id } as const;
  const rest = { changedAt: null, ownWrite: false, dedupeId: "x", correlationId: "x" };
  await world.store.inbox.put([{ event: { ...event, ...rest }, unverified: request }]);
  await world.live(70 * 60_000, 30_000);
  expect(await world.store.queue.depth()).toMatchObject({ events: 0 });
  expect(await world.pair()).toMatchObject({ failures: 0, deadBecause: null });
});

test("[FT17] a line of the audit trail waits on the pair while the opportunity cannot be written", async () => {
  const world = createWorld();
  await world.share();
  for (let n = 0; n < 3; n += 1) world.crm.failNext("update", new RelayError("CS-1001", { inDoubt: true }));
  await world.save({ estimatedvalue: 60_000 });
  expect(world.opportunity().section.audit).not.toContain("updated");
  await world.live(20_000);
  expect(world.opportunity().section.audit.split("\n")[0]).toContain("CRM → Partner Center · updated: deal value");
  expect((await world.pair()).untold).toEqual([]);
});
