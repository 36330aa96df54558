import { aDeal, aSimulator, clientOf, closeAll, send, type Answered } from "./started-simulator";

afterEach(closeAll);

test("[SP1] a referral is read by its id, with context, links, eTag and dates in the service's form", async () => {
  const simulator = await aSimulator();
  const { id, engagementId } = simulator.referrals.newDeal({ name: "Deal" });
  const { status, headers, body } = await clientOf(simulator).read(id.toUpperCase());
  expect(status).toBe(200);
  expect(body).toMatchObject({ id, engagementId, name: "Deal", organizationId: simulator.organization.id });
  expect(body["@odata.context"]).toContain("$metadata#Referrals/$entity");
  expect(body.links.self).toEqual({ method: "GET", uri: expect.stringContaining(id) });
  expect(body.links.relatedReferrals.uri).toContain(`$filter=engagementId eq ${engagementId}`);
  expect(body.createdDateTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
  expect(body.eTag).toMatch(/^"[0-9a-f]{8}-0000-[0-9a-f]{4}-0000-[0-9a-f]{8}0000"$/);
  expect(headers.get("etag")).toBe(body.eTag);
});

test("[SP1] the eTag ends with the second of the write and no two writes share one, nor a date", async () => {
  const now = 1_800_000_000_000;
  const simulator = await aSimulator({ nowMs: () => now });
  const deals = [simulator.referrals.newDeal(), simulator.referrals.newDeal(), simulator.referrals.newDeal()];
  const second = (now / 1_000).toString(16);
  expect(deals.every(({ eTag }) => eTag.endsWith(`-${second}0000"`))).toBe(true);
  expect(new Set(deals.map(({ eTag }) => eTag)).size).toBe(3);
  expect(new Set(deals.map(({ updatedDateTime }) => updatedDateTime)).size).toBe(3);
});

test("[SP1] an id that nobody has is 404 itemNotFound", async () => {
  const { status, body } = await clientOf(await aSimulator()).read("4b1f0f3c-0000-4000-8000-000000000000");
  expect(status).toBe(404);
  expect(body.error.code).toBe("itemNotFound");
});

test("[SP1] an untouched property is null, empty or absent as in live answers", async () => {
  const simulator = await aSimulator();
  const { body } = await clientOf(simulator).read(simulator.referrals.newDeal().id);
  expect(body).toMatchObject({
    externalReferenceId: null,
    closedDateTime: null,
    expirationDateTime: null,
    salesStage: null,
    tags: [],
    quality: "Unknown",
    registrationStatus: "None",
    trackingInfo: { microsoftMsxId: null },
    details: { notes: null, dealValue: null, requirements: { solutions: [] } },
  });
  expect(body.registrations).toBeUndefined();
});

test("[SP2] no token or a bad one is 401", async () => {
  const simulator = await aSimulator({ acceptToken: () => ({ kind: "rejected" }) });
  const { list } = clientOf(simulator);
  for (const headers of [{}, { authorization: "" }, { authorization: "Basic x" }]) {
    const { status, body } = await list("", headers);
    expect(status).toBe(401);
    expect(body.error.code).toBe("unAuthorized");
  }
});

test("[SP2] each host asks for a token of its own audience", async () => {
  const asked: string[] = [];
  const simulator = await aSimulator({
    acceptToken: (_token, audience) => {
      asked.push(audience);
      return { kind: "accepted", caller: "user" };
    },
  });
  await clientOf(simulator).list();
  await send(`${simulator.eventsUrl}/webhooks/v1/registration/events`);
  expect(asked).toEqual(["https://api.partner.microsoft.com", "https://api.partnercenter.microsoft.com"]);
});

test("[SP2] an app-only token is refused for referrals and taken for webhooks", async () => {
  const simulator = await aSimulator({ acceptToken: () => ({ kind: "accepted", caller: "app" }) });
  const { status, body } = await clientOf(simulator).list();
  expect([status, body.error.code]).toEqual([403, "accessDenied"]);
  expect((await send(`${simulator.eventsUrl}/webhooks/v1/registration/events`)).status).toBe(200);
});

test.each([403, 404] as const)("[SP2] a referral of another organisation is %i, by setting", async (status) => {
  const simulator = await aSimulator({ settings: { foreignReferralStatus: status } });
  const { id } = simulator.referrals.ofOtherPartner();
  const client = clientOf(simulator);
  expect((await client.read(id)).status).toBe(status);
  expect((await client.patch(id, [])).status).toBe(status);
  expect((await client.list()).body.value).toEqual([]);
});

test("[SP2] the role user sees only referrals with the own e-mail address in the team", async () => {
  const simulator = await aSimulator({ settings: { role: "user", userEmail: "Me@partner.example" } });
  const mine = simulator.referrals.newDeal({ team: [{ email: "me@partner.example" }] });
  const other = simulator.referrals.newDeal({ team: [{ email: "you@partner.example" }] });
  const client = clientOf(simulator);
  expect((await client.list()).body.value.map(({ id }) => id)).toEqual([mine.id]);
  expect((await client.read(other.id)).status).toBe(403);
  simulator.settings.role = "admin";
  expect((await client.list()).body.value).toHaveLength(2);
});

test("[SP2] Microsoft's referral of an own engagement can be read, by setting, and never written", async () => {
  const simulator = await aSimulator();
  const own = simulator.referrals.newDeal({ type: "Shared" });
  const microsoft = simulator.referrals.askMicrosoft(own.id, { assistanceRequestCode: "GeneralOrOther" });
  const client = clientOf(simulator);
  expect((await client.read(microsoft.id)).body.organizationId).toBe("msft");
  expect((await client.patch(microsoft.id, [])).status).toBe(403);
  simulator.settings.microsoftReferralReadable = false;
  expect((await client.read(microsoft.id)).status).toBe(403);
  expect((await client.list(`$filter=engagementId eq ${own.engagementId}`)).body.value).toHaveLength(1);
});

async function aListOfDeals() {
  let now = Date.parse("2026-05-01T10:00:00Z");
  const simulator = await aSimulator({ nowMs: () => now });
  for (const [name, country, email] of [
    ["A", "US", "a@x.example"],
    ["B", "DE", "b@x.example"],
    ["C", "US", "o'neil@x.example"],
  ] as const) {
    simulator.referrals.newDeal({
      name,
      type: name === "B" ? "Shared" : "Independent",
      customerProfile: { address: { country } },
      team: [{ email }],
    });
    now += 60_000;
  }
  const names = async (query: string) => {
    const { status, body } = await clientOf(simulator).list(query);
    return status === 200 ? body.value.map(({ name }) => name).join("") : status;
  };
  return { simulator, names };
}

test.each([
  ["$filter=type eq 'Shared'", "B"],
  ["$filter=type ne 'Shared'", "AC"],
  ["$filter=(type eq 'Independent' and status eq 'Active')", "AC"],
  ["$filter=type eq 'Shared' or customerProfile/address/country eq 'US'", "ABC"],
  ["$filter=customerProfile/address/country eq 'US' and (type eq 'Shared' or status eq 'Closed')", ""],
  ["$filter=not (type eq 'Shared')", "AC"],
  ["$filter=updatedDateTime ge 2026-05-01T10:01:00Z", "BC"],
  ["$filter=updatedDateTime gt 2026-05-01T12:01:00.0000000%2B02:00", "C"],
  ["$filter=updatedDateTime lt 2026-05-01T10:01:00Z", "A"],
  ["$filter=createdDateTime le 2026-05-01T10:01:00.000Z", "AB"],
  ["$filter=team/any(t:t/email eq 'b@x.example')", "B"],
  ["$filter=team/any(t:t/email eq 'o''neil@x.example')", "C"],
  ["$filter=team/any(t: t/email eq 'a@x.example' or t/email eq 'b@x.example') and status eq 'Active'", "AB"],
  ["$orderby=createdDateTime desc", "CBA"],
  ["$orderby=updatedDateTime asc&$top=2", "AB"],
  ["$orderby=createdDateTime&$skip=1", "BC"],
  ["$count=true&$expand=team", "ABC"],
])("[SP3] list: %s", async (query, expected) => {
  const { names } = await aListOfDeals();
  expect(await names(query)).toBe(expected);
});

test("[SP3] an engagement is found with its id quoted or bare, Microsoft's referral included", async () => {
  const simulator = await aSimulator();
  const own = simulator.referrals.newDeal({ type: "Shared" });
  simulator.referrals.askMicrosoft(own.id, { assistanceRequestCode: "GeneralOrOther" });
  simulator.referrals.newDeal();
  for (const literal of [own.engagementId, `'${own.engagementId}'`]) {
    const { body } = await clientOf(simulator).list(`$filter=engagementId eq ${literal}`);
    expect(body.value.map(({ organizationId }) => organizationId)).toEqual([simulator.organization.id, "msft"]);
  }
});

test("[SP3] $select gives only the properties named", async () => {
  const { simulator } = await aListOfDeals();
  const { body } = await clientOf(simulator).list("$select=name,customerProfile/address/country&$top=1");
  expect(body.value).toEqual([{ name: "A", customerProfile: { address: { country: "US" } } }]);
});

test("[SP3] externalReferenceId can be filtered by only when the setting says so", async () => {
  const simulator = await aSimulator();
  simulator.referrals.newDeal({ externalReferenceId: "crm-1" });
  const list = () => clientOf(simulator).list("$filter=externalReferenceId eq 'crm-1'");
  expect((await list()).status).toBe(400);
  simulator.settings.extraFilterFields = ["externalReferenceId"];
  expect((await list()).body.value).toHaveLength(1);
});

test.each([
  "$search=x",
  "foo=bar",
  "$filter=name eq 'A'",
  "$filter=type eq Shared",
  "$filter=type like 'S'",
  "$filter=(type eq 'Shared'",
  "$filter=type eq 'Shared' type",
  "$filter=team/any(t:u/email eq 'x')",
  "$filter=",
  "$filter=contains(name,'A')",
  "$orderby=name",
  "$orderby=createdDateTime down",
  "$top=-1",
  "$top=ten",
  "$skiptoken=nonsense",
])("[SP4] refused with 400 invalidRequest: %s", async (query) => {
  const { status, body } = await clientOf(await aSimulator()).list(query);
  expect([status, body.error.code]).toEqual([400, "invalidRequest"]);
});

test("[SP4] a date in quotes is text, which no date equals", async () => {
  const { names } = await aListOfDeals();
  expect(await names("$filter=updatedDateTime eq '2026-05-01T10:01:00Z'")).toBe("");
});

async function aLongList(settings: object) {
  const simulator = await aSimulator({ settings: { pageSize: 2, ...settings } });
  const ids = [1, 2, 3, 4, 5].map(() => simulator.referrals.newDeal(aDeal()).id);
  return { simulator, ids, client: clientOf(simulator) };
}

const idsOf = (body: Answered) => body.value.map(({ id }) => id);

test.each([
  ["documented", "/v1.0/referrals"],
  ["with-base", "/v1.0/engagements/referrals"],
] as const)("[SP5] next links in the %s style lead through all pages", async (nextLinkStyle, path) => {
  const { simulator, ids } = await aLongList({ nextLinkStyle });
  const found: string[] = [];
  let url: string | undefined = `${clientOf(simulator).base}?$filter=status eq 'Active'`;
  while (url !== undefined) {
    const { body } = await send(url);
    expect(body["@odata.count"]).toBe(5);
    found.push(...idsOf(body));
    url = body["@odata.nextLink"];
    if (url !== undefined) expect(url).toMatch(new RegExp(`^http://[^/]+${path}\\?\\$skiptoken=[\\w-]+$`));
  }
  expect(found).toEqual(ids);
});

test("[SP5] the token works on the base address too, and the link can name another host", async () => {
  const { ids, client } = await aLongList({ nextLinkHost: "api.partner.microsoft.com" });
  const link = new URL((await client.list()).body["@odata.nextLink"] ?? "");
  expect(link.host).toBe("api.partner.microsoft.com");
  expect(idsOf((await client.list(link.search.slice(1))).body)).toEqual(ids.slice(2, 4));
});

test("[SP5] $top ends the pages, and may be refused above the page size", async () => {
  const { simulator, client } = await aLongList({});
  const first = (await client.list("$top=3")).body;
  const second = (await send(first["@odata.nextLink"] ?? "")).body;
  expect([first.value.length, second.value.length, second["@odata.nextLink"]]).toEqual([2, 1, undefined]);
  expect((await client.list("$top=2")).body["@odata.nextLink"]).toBeUndefined();
  simulator.settings.oversizedTop = "refused";
  expect((await client.list("$top=3")).status).toBe(400);
});

test.each([
  ["key", 0],
  ["offset", 1],
] as const)("[SP5] pages by %s: %i rows are missed when one moves to the end meanwhile", async (pagesBy, missed) => {
  const { simulator, ids, client } = await aLongList({ pagesBy });
  const first = (await client.list("$orderby=updatedDateTime asc")).body;
  simulator.referrals.edit(ids[0] ?? "", { name: "moved" });
  const found = new Set(idsOf(first));
  let link = first["@odata.nextLink"];
  while (link !== undefined) {
    const { body } = await send(link);
    for (const id of idsOf(body)) found.add(id);
    link = body["@odata.nextLink"];
  }
  expect(ids.length - found.size).toBe(missed);
});

test("[SP5] the count is of all rows or of the page, by setting", async () => {
  const { client } = await aLongList({ countMeans: "page" });
  expect((await client.list()).body["@odata.count"]).toBe(2);
});

test("[SP6] lists are answered from an index that lags as set, reads by id are not", async () => {
  let now = 1_800_000_000_000;
  const simulator = await aSimulator({ nowMs: () => now, settings: { indexLagMs: 2_000 } });
  const client = clientOf(simulator);
  const { id } = simulator.referrals.newDeal({ name: "old" });
  expect((await client.list()).body.value).toEqual([]);
  now += 2_000;
  simulator.referrals.edit(id, { name: "new" });
  now += 1_000;
  const names = async () => (await client.list()).body.value.map(({ name }) => name);
  expect(await names()).toEqual(["old"]);
  expect((await client.read(id)).body.name).toBe("new");
  now += 1_000;
  expect(await names()).toEqual(["new"]);
});
