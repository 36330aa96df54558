import { aDeal, aSimulator, clientOf, closeAll } from "./started-simulator";

afterEach(closeAll);

const microsoft = [{ type: "BusinessProfileLocation", id: "msft" }];

test("[SP7] a deal of the partner is Active/Accepted at once, and the server sets its own properties", async () => {
  const simulator = await aSimulator();
  const sent = aDeal({
    id: "mine",
    status: "New",
    substatus: "Pending",
    organizationId: "me",
    eTag: "x",
    direction: "Incoming",
    quality: "High",
    trackingInfo: { microsoftMsxId: "7-FAKE" },
    closedDateTime: "2020-01-01T00:00:00Z",
    externalReferenceId: "crm-1",
  });
  const { status, body } = await clientOf(simulator).create(sent);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    status: "Active",
    substatus: "Accepted",
    organizationId: simulator.organization.id,
    organizationName: simulator.organization.name,
    direction: "Outgoing",
    quality: "Unknown",
    trackingInfo: { microsoftMsxId: null },
    closedDateTime: null,
    externalReferenceId: "crm-1",
    inviteContext: { invitedBy: { organizationId: simulator.organization.id } },
    details: { dealValue: 50_000, notes: "A note" },
  });
  expect(body.id).toMatch(/^[0-9a-f-]{36}$/);
  expect(body.acceptedDateTime).toBe(body.createdDateTime);
});

test.each([200, 201, 204] as const)("[SP7] a create is answered %i, by setting", async (createStatus) => {
  const simulator = await aSimulator({ settings: { createStatus, createdDirection: "Incoming" } });
  const { status, text, body } = await clientOf(simulator).create(aDeal());
  expect(status).toBe(createStatus);
  if (createStatus === 204) expect(text).toBe("");
  else expect(body.direction).toBe("Incoming");
  expect(simulator.referrals.all()).toHaveLength(1);
});

test.each(["type", "customerProfile", "consent", "details"])("[SP8] %s is required", async (key) => {
  const { [key]: _left, ...body } = aDeal();
  const simulator = await aSimulator();
  const answer = await clientOf(simulator).create(body);
  expect([answer.status, answer.body.error.code, answer.body.error.target]).toEqual([400, "invalidRequest", key]);
  expect(simulator.referrals.all()).toEqual([]);
});

test.each([
  ["an unknown type", { type: "Private" }],
  ["an unknown qualification", { qualification: "Hot" }],
  ["an unknown help code", { inviteContext: { assistanceRequestCode: "NoHelpNeeded" } }],
  ["an unknown target", { target: [{ type: "Moon", id: "msft" }] }],
  ["details that are no object", { details: [] }],
  ["a deal value that is no number", { details: { dealValue: "much" } }],
])("[SP8] refused: %s", async (_what, changes) => {
  expect((await clientOf(await aSimulator()).create(aDeal(changes))).status).toBe(400);
});

test("[SP8] keys bind whatever their case, text becomes a number, unknown keys are kept", async () => {
  const simulator = await aSimulator();
  const { body } = await clientOf(simulator).create({
    TYPE: "Independent",
    CustomerProfile: { Name: "C", ids: {} },
    consent: { ConsentToContact: true },
    Details: { DealValue: "12.5" },
    PartnerRole: "managed-services",
    addedLater: { Deep: [1, null] },
  });
  const read = (await clientOf(simulator).read(body.id)).body;
  expect(read).toMatchObject({
    type: "Independent",
    customerProfile: { name: "C", ids: {} },
    consent: { consentToContact: true },
    details: { dealValue: 12.5 },
    PartnerRole: "managed-services",
    addedLater: { Deep: [1, null] },
  });
});

test("[SP9] two posts make a co-sell: the second, with engagement and target msft, invites Microsoft", async () => {
  const simulator = await aSimulator();
  const client = clientOf(simulator);
  const own = (await client.create(aDeal({ type: "Shared" }))).body;
  const invitation = aDeal({
    type: "Shared",
    engagementId: own.engagementId,
    target: microsoft,
    externalReferenceId: "crm-1",
    inviteContext: { notes: "Help us", assistanceRequestCode: "ProofOfConceptOrDemo" },
  });
  const { status, body } = await client.create(invitation);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    organizationId: "msft",
    status: "New",
    substatus: "Pending",
    engagementId: own.engagementId,
    externalReferenceId: null,
    inviteContext: {
      notes: "Help us",
      assistanceRequestCode: "ProofOfConceptOrDemo",
      invitedBy: { organizationId: simulator.organization.id },
    },
  });
  expect(body.id).not.toBe(own.id);
});

test("[SP9] the invitation can be answered with the own referral, by setting", async () => {
  const simulator = await aSimulator({ settings: { inviteAnswers: "own-referral" } });
  const client = clientOf(simulator);
  const own = (await client.create(aDeal({ type: "Shared" }))).body;
  const answer = await client.create(aDeal({ type: "Shared", engagementId: own.engagementId, target: microsoft }));
  expect(answer.body.id).toBe(own.id);
  expect(simulator.referrals.ofEngagement(own.engagementId)).toHaveLength(2);
});

test("[SP9] an engagement of others, or none, is refused", async () => {
  const simulator = await aSimulator();
  const { engagementId } = simulator.referrals.ofOtherPartner();
  const client = clientOf(simulator);
  for (const body of [
    aDeal({ engagementId }),
    aDeal({ engagementId: "4b1f0f3c-0000-4000-8000-000000000000" }),
    aDeal({ type: "Shared", target: microsoft }),
    aDeal({ type: "Independent", target: microsoft, engagementId }),
  ]) {
    expect((await client.create(body)).status).toBe(400);
  }
});

test.each([
  ["creates-another", 200, 3],
  ["refused", 400, 2],
] as const)("[SP9] a repeated invitation: %s", async (repeatedInvite, status, members) => {
  const simulator = await aSimulator({ settings: { repeatedInvite } });
  const client = clientOf(simulator);
  const { engagementId } = (await client.create(aDeal({ type: "Shared" }))).body;
  const invite = () => client.create(aDeal({ type: "Shared", engagementId, target: microsoft }));
  await invite();
  expect((await invite()).status).toBe(status);
  expect(simulator.referrals.ofEngagement(engagementId)).toHaveLength(members);
});

test.each([
  ["two-posts", 1],
  ["single-post", 2],
] as const)("[SP10] one post with a help code makes %s: %i referrals", async (inviteStrategy, members) => {
  const simulator = await aSimulator({ settings: { inviteStrategy } });
  const body = aDeal({ type: "Shared", inviteContext: { assistanceRequestCode: "GeneralOrOther" } });
  const created = (await clientOf(simulator).create(body)).body;
  expect(created.organizationId).toBe(simulator.organization.id);
  expect(simulator.referrals.ofEngagement(created.engagementId)).toHaveLength(members);
});

test("[SP10] without help code, or for a private deal, one post invites nobody", async () => {
  const simulator = await aSimulator({ settings: { inviteStrategy: "single-post" } });
  const client = clientOf(simulator);
  await client.create(aDeal({ type: "Shared", inviteContext: { assistanceRequestCode: "Unknown" } }));
  await client.create(aDeal({ inviteContext: { assistanceRequestCode: "GeneralOrOther" } }));
  expect(simulator.referrals.all()).toHaveLength(2);
});

test.each([
  [false, 2],
  [true, 1],
])("[SP11] the same MS-RequestId twice, honoured %s: %i referrals", async (honoursRequestId, count) => {
  const simulator = await aSimulator({ settings: { honoursRequestId } });
  const headers = { "MS-RequestId": "5f0e1c5e-0000-4000-8000-000000000001" };
  const { create } = clientOf(simulator);
  const first = (await create(aDeal(), headers)).body;
  const second = (await create(aDeal(), headers)).body;
  expect(simulator.referrals.all()).toHaveLength(count);
  expect(second.id === first.id).toBe(honoursRequestId);
  expect((await create(aDeal())).body.id).not.toBe(first.id);
});

const shareable = {
  type: "Shared",
  customerProfile: { name: "C", address: { country: "US" }, team: [{ email: "c@contoso.example" }] },
  details: {
    notes: "n",
    dealValue: 1,
    closingDateTime: "2027-01-01T00:00:00Z",
    requirements: { solutions: [{ id: "SOL-1-ABC", type: "Name" }] },
  },
  team: [{ email: "s@partner.example" }],
  inviteContext: { assistanceRequestCode: "GeneralOrOther" },
};

test("[SP12] strict rules take a deal that the portal would take", async () => {
  const simulator = await aSimulator({ settings: { coSellRules: "strict" } });
  expect((await clientOf(simulator).create(aDeal(shareable))).status).toBe(200);
  expect((await clientOf(simulator).create(aDeal())).status).toBe(200);
});

test.each([
  ["solution", { details: { ...shareable.details, requirements: {} } }],
  ["country", { customerProfile: { ...shareable.customerProfile, address: { country: "USA" } } }],
  ["deal value", { details: { ...shareable.details, dealValue: 0 } }],
  ["close date", { details: { ...shareable.details, closingDateTime: null } }],
  ["notes", { details: { ...shareable.details, notes: " " } }],
  ["team", { team: [] }],
  ["consent", { consent: {} }],
  ["customer contact", { customerProfile: { ...shareable.customerProfile, team: [] } }],
])("[SP12] strict rules refuse a Shared deal without %s, lax ones take it", async (_what, changes) => {
  const simulator = await aSimulator({ settings: { coSellRules: "strict" } });
  const { create } = clientOf(simulator);
  const deal = aDeal({ ...shareable, ...changes });
  expect((await create(deal)).status).toBe(400);
  simulator.settings.coSellRules = "lax";
  expect((await create(deal)).status).toBe(200);
});
