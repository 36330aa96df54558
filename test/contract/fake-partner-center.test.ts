import { createFakePartnerCenter } from "../support/fake-partner-center";
import { describePartnerCenterContract } from "./partner-center-contract";

const START = Date.parse("2026-03-01T12:00:00Z");

describePartnerCenterContract("the fake", async () => {
  let nowMs = START;
  const fake = createFakePartnerCenter({ now: () => nowMs });
  const operations = { GET: "read", POST: "create", PATCH: "patch" } as const;
  return {
    partnerCenter: fake,
    now: () => nowMs,
    passTime: () => {
      nowMs += 1000;
    },
    personSetsDealValue: (referralId, dealValue) => {
      fake.edit(referralId, { "details.dealValue": dealValue });
    },
    serverSetsStatus: (referralId, status) => {
      fake.edit(referralId, status);
    },
    microsoftSends: () => fake.add({ inviteContext: { invitedBy: { organizationId: "msft" } } }).id,
    microsoftAccepts: (engagementId) => {
      fake.microsoftAccepts(engagementId);
    },
    foreignReferral: () => fake.addForeign().id,
    failNext: (method, kind) => fake.fail({ on: operations[method], kind }),
    close: () => Promise.resolve(),
  };
});

describe("what the fake can do beyond the contract", () => {
  test("[PC31] lists show referrals as they were before the lag", async () => {
    let nowMs = START;
    const fake = createFakePartnerCenter({ now: () => nowMs });
    const { id } = fake.add({ details: { dealValue: 1 } });
    nowMs += 10_000;
    fake.edit(id, { "details.dealValue": 2 });
    fake.setIndexLag(5_000);
    const [lagging] = await fake.listChangedSince(0, "id");
    expect(lagging?.json).toMatchObject({ details: { dealValue: 1 } });
    fake.setIndexLag(60_000);
    expect(await fake.listChangedSince(0, "id")).toEqual([]);
    expect(await fake.read(id, "id")).toMatchObject({ referral: { json: { details: { dealValue: 2 } } } });
  });

  test("[PC31] calls are counted, and a version may move on just before a patch", async () => {
    const fake = createFakePartnerCenter();
    const changes: string[] = [];
    const { id, eTag } = fake.add();
    fake.onChange((_referral, actor) => changes.push(actor));
    fake.fail({ on: "patch", kind: "stale" });
    const operations = [{ op: "replace", path: "/details/notes", value: "x" }] as const;
    expect(await fake.patch(id, operations, { eTag, correlationId: "id" })).toEqual({ kind: "stale" });
    expect(fake.calls).toEqual({ read: 0, list: 0, create: 0, patch: 1 });
    expect(changes).toEqual(["microsoft"]);
  });

  test("[PC31] a fault strikes as often as it was ordered", async () => {
    const fake = createFakePartnerCenter();
    fake.fail({ on: "read", kind: "unauthorized", times: 2 });
    await expect(fake.read("x", "id")).rejects.toMatchObject({ code: "CS-1105" });
    await expect(fake.read("x", "id")).rejects.toMatchObject({ code: "CS-1105" });
    expect(await fake.read("x", "id")).toEqual({ kind: "missing" });
  });
});
