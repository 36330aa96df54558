import { aListenedSimulator, aSimulator, closeAll } from "./started-simulator";

afterEach(closeAll);

test("[SP40] a person's new deal is accepted at once; with a help code Microsoft is invited", async () => {
  const { referrals } = await aSimulator();
  const alone = referrals.newDeal({ name: "Alone", type: "Shared" });
  const asked = referrals.newDeal({
    name: "Asked",
    type: "Shared",
    inviteContext: { assistanceRequestCode: "GeneralOrOther" },
  });
  expect(alone).toMatchObject({ name: "Alone", status: "Active", substatus: "Accepted" });
  expect(referrals.ofEngagement(alone.engagementId)).toEqual([alone]);
  expect(referrals.ofEngagement(asked.engagementId)).toMatchObject([
    { id: asked.id },
    { organizationId: "msft", status: "New", substatus: "Pending", name: "Asked" },
  ]);
});

test("[SP40] a person edits any property, and edits leave the rest alone", async () => {
  const { referrals } = await aSimulator();
  const { id, eTag } = referrals.newDeal({ details: { notes: "n", dealValue: 1 } });
  const edited = referrals.edit(id, { name: "New name", details: { dealValue: 2 } });
  expect(edited).toMatchObject({ name: "New name", details: { notes: "n", dealValue: 2 } });
  expect(edited.eTag).not.toBe(eTag);
});

test("[SP40] a person closes a deal for good", async () => {
  const { referrals } = await aSimulator();
  const { id } = referrals.newDeal();
  expect(referrals.close(id, "Lost", "Budget")).toMatchObject({
    status: "Closed",
    substatus: "Lost",
    statusReason: "Budget",
  });
  expect(() => referrals.close(id, "Won")).toThrow("closed");
  expect(() => referrals.accept(id)).toThrow("closed");
});

test("[SP40] a drift changes the eTag only, and raises no event", async () => {
  const { simulator, receiver } = await aListenedSimulator();
  const before = simulator.referrals.newDeal();
  await simulator.settled();
  simulator.referrals.drift(before.id);
  await simulator.settled();
  const { eTag, ...after } = simulator.referrals.get(before.id) ?? before;
  expect(eTag).not.toBe(before.eTag);
  expect({ ...after, eTag: before.eTag }).toEqual(before);
  expect(receiver.received).toHaveLength(1);
});

test("[SP41] Microsoft accepts with its CRM id and its sellers, once", async () => {
  const { referrals } = await aSimulator();
  const own = referrals.newDeal({ type: "Shared" });
  const invited = referrals.askMicrosoft(own.id, { assistanceRequestCode: "QuotesOrLicensing", notes: "Please" });
  expect(invited).toMatchObject({ inviteContext: { assistanceRequestCode: "QuotesOrLicensing", notes: "Please" } });
  const accepted = referrals.microsoftAccepts(own.engagementId, {
    microsoftCrmId: "7-ABC",
    team: [{ email: "seller@microsoft.example" }],
  });
  expect(accepted).toMatchObject({
    id: invited.id,
    status: "Active",
    substatus: "Accepted",
    trackingInfo: { microsoftMsxId: "7-ABC" },
    team: [{ email: "seller@microsoft.example" }],
  });
  expect(accepted["acceptedDateTime"]).toMatch(/Z$/);
  expect(referrals.get(own.id)).toBe(own);
});

test("[SP41] Microsoft's CRM id also shows on the partner's referral when the setting says so", async () => {
  const { referrals } = await aSimulator({ settings: { microsoftIdOn: "both-referrals" } });
  const own = referrals.newDeal({ type: "Shared" });
  referrals.askMicrosoft(own.id, { assistanceRequestCode: "GeneralOrOther" });
  referrals.microsoftAccepts(own.id, { microsoftCrmId: "7-ABC" });
  expect(referrals.get(own.id)).toMatchObject({ trackingInfo: { microsoftMsxId: "7-ABC" } });
});

test("[SP41] Microsoft declines, edits and closes its referral; alone it has none", async () => {
  const { referrals } = await aSimulator();
  const own = referrals.newDeal({ type: "Shared" });
  expect(() => referrals.microsoftAccepts(own.id)).toThrow("not part");
  const { id } = referrals.askMicrosoft(own.id, { assistanceRequestCode: "GeneralOrOther" });
  referrals.microsoftEdits(id, { details: { notes: "from Microsoft" } });
  expect(referrals.microsoftDeclines(own.id, "No")).toMatchObject({
    id,
    substatus: "Declined",
    statusReason: "No",
    details: { notes: "from Microsoft" },
  });
  expect(() => referrals.microsoftCloses(id, "Won")).toThrow("closed");
});

test.each([
  ["co-sell", "Shared", "SalesQualified", 2],
  ["qualified-lead", "Independent", "MarketingQualified", 1],
  ["marketplace-lead", "Independent", "Direct", 1],
] as const)("[SP42] Microsoft sends a %s, which waits 14 days", async (kind, type, qualification, members) => {
  const now = Date.parse("2026-05-01T00:00:00Z");
  const { referrals, organization } = await aSimulator({ nowMs: () => now });
  const sent = referrals.microsoftCreates({ name: "From Microsoft" }, kind);
  expect(sent).toMatchObject({
    name: "From Microsoft",
    organizationId: organization.id,
    status: "New",
    substatus: "Pending",
    direction: "Incoming",
    type,
    qualification,
    expirationDateTime: "2026-05-15T00:00:00.0000000Z",
    acceptedDateTime: null,
    inviteContext: { invitedBy: { organizationId: "msft" } },
  });
  expect(referrals.ofEngagement(sent.engagementId)).toHaveLength(members);
});

test("[SP42] what nobody answered in time expires, what was answered does not", async () => {
  let now = Date.parse("2026-05-01T00:00:00Z");
  const { referrals } = await aSimulator({ nowMs: () => now });
  const answered = referrals.microsoftCreates();
  const forgotten = referrals.microsoftCreates();
  referrals.accept(answered.id);
  now += 13 * 86_400_000;
  expect(referrals.expireOverdue()).toEqual([]);
  now += 2 * 86_400_000;
  expect(referrals.expireOverdue()).toEqual([forgotten.id]);
  expect(referrals.get(forgotten.id)).toMatchObject({ status: "Closed", substatus: "Expired" });
});
