import type { JsonObject } from "../../../sync-relay/src/core/json";
import { PATCH_PATHS } from "../../../sync-relay/simulator/partner-center/patch-referral";
import { aSimulator, clientOf, closeAll, replace, representation, type Answered } from "./started-simulator";

afterEach(closeAll);

async function aPatchedDeal(settings: object = {}, content: JsonObject = {}) {
  const simulator = await aSimulator({ settings });
  const deal = simulator.referrals.newDeal(content);
  const client = clientOf(simulator);
  const patch = (body: unknown, headers = {}) => client.patch(deal.id, body, headers);
  return { simulator, deal, client, patch, now: () => simulator.referrals.get(deal.id) as unknown as Answered };
}

test("[SP13] several operations are applied together, and a number sent as text becomes a number", async () => {
  const { patch, now, deal } = await aPatchedDeal();
  const { status, body } = await patch(
    [replace("/details/dealValue", "10000"), replace("/details/notes", "Lorem"), replace("/salesStage", "20")],
    representation,
  );
  expect(status).toBe(200);
  expect(body).toMatchObject({ details: { dealValue: 10_000, notes: "Lorem", currency: null }, salesStage: "20" });
  expect(body.eTag).not.toBe(deal.eTag);
  expect(body.updatedDateTime > deal.updatedDateTime).toBe(true);
  expect(now().eTag).toBe(body.eTag);
});

test("[SP13] a member is appended to a list, and a list is replaced", async () => {
  const { patch, now } = await aPatchedDeal({}, { team: [{ email: "a@x.example" }] });
  await patch([{ op: "add", path: "/team/-", value: { email: "b@x.example", future: 1 } }]);
  await patch([{ op: "add", path: "/details/requirements/solutions/-", value: { id: "SOL-1-ABC" } }]);
  expect(now().team).toEqual([{ email: "a@x.example" }, { email: "b@x.example", future: 1 }]);
  expect(now().details.requirements).toMatchObject({ solutions: [{ id: "SOL-1-ABC" }], products: [] });
  await patch([replace("/team", [])]);
  expect(now().team).toEqual([]);
});

const valueFor = (path: string): unknown => {
  if (path.endsWith("/-")) return {};
  if (path.endsWith("team") || path.endsWith("solutions")) return [];
  if (path.startsWith("/consent")) return true;
  const texts: Record<string, string> = {
    "/details/closingDateTime": "2027-01-01T00:00:00Z",
    "/details/currency": "EUR",
    "/details/dealValue": "1",
    "/status": "Active",
    "/substatus": "Accepted",
  };
  return texts[path] ?? "x";
};

test.each(PATCH_PATHS)("[SP13] %s can be updated", async (path) => {
  const { patch } = await aPatchedDeal();
  expect((await patch([{ op: "add", path, value: valueFor(path) }])).status).toBe(204);
});

test.each([
  ["no list", { op: "replace", path: "/salesStage", value: "1" }],
  ["an empty list", []],
  ["a text", ["x"]],
  ["the operation remove", [{ op: "remove", path: "/salesStage" }]],
  ["the operation test", [{ op: "test", path: "/salesStage", value: "1" }]],
  ["no value", [{ op: "replace", path: "/salesStage" }]],
  ["the name", [replace("/name", "x")]],
  ["the customer's name", [replace("/customerProfile/name", "x")]],
  ["the help code", [replace("/inviteContext/assistanceRequestCode", "Unknown")]],
  ["the target", [replace("/target", [])]],
  ["a place in a list", [replace("/team/0", {})]],
  ["a path in other letters", [replace("/Details/Notes", "x")]],
  ["a path without slash", [replace("details/notes", "x")]],
  ["a replaced end", [replace("/team/-", {})]],
  ["a deal value that is no number", [replace("/details/dealValue", "much")]],
  ["a date that is none", [replace("/details/closingDateTime", "soon")]],
  ["a currency that is none", [replace("/details/currency", "Dollar")]],
  ["a team that is no list", [replace("/team", "me")]],
  ["a consent that is no boolean", [replace("/consent/consentToShareReferralWithMicrosoftSellers", "yes")]],
])("[SP13] refused, with nothing changed: %s", async (_what, body) => {
  const { patch, now, deal } = await aPatchedDeal();
  const sent = Array.isArray(body) ? [replace("/details/notes", "half"), ...body] : body;
  const answer = await patch(Array.isArray(body) && body.length === 0 ? [] : sent);
  expect([answer.status, answer.body.error.code]).toEqual([400, "invalidRequest"]);
  expect(now()).toBe(deal);
});

test("[SP13] the name can be updated when the setting says so", async () => {
  const { patch, now } = await aPatchedDeal({ acceptsNamePatch: true });
  expect((await patch([replace("/name", "New")])).status).toBe(204);
  expect(now().name).toBe("New");
});

const statusPatch = (status: string, substatus: string) => [
  replace("/status", status),
  replace("/substatus", substatus),
];

test.each([
  ["Closed", "Won"],
  ["Closed", "Lost"],
  ["Closed", "Declined"],
  ["Closed", "Expired"],
  ["Active", "Accepted"],
])("[SP14] an Active deal may become %s/%s", async (status, substatus) => {
  const { patch, now } = await aPatchedDeal();
  expect((await patch(statusPatch(status, substatus))).status).toBe(204);
  expect(now()).toMatchObject({ status, substatus });
  expect(now().closedDateTime === null).toBe(status === "Active");
});

test.each([
  ["New", "Pending"],
  ["Closed", "Accepted"],
  ["Active", "Won"],
  ["Closed", "Error"],
  ["Engaged", "Accepted"],
  ["None", "None"],
])("[SP14] an Active deal may not become %s/%s", async (status, substatus) => {
  const { patch, now, deal } = await aPatchedDeal();
  expect((await patch(statusPatch(status, substatus))).status).toBe(400);
  expect(now()).toBe(deal);
});

test("[SP14] status without substatus is refused when the two do not go together", async () => {
  const { patch } = await aPatchedDeal();
  expect((await patch([replace("/status", "Closed")])).status).toBe(400);
  expect((await patch([replace("/substatus", "Won")])).status).toBe(400);
});

test("[SP14] Closed/Error is known when the setting says so", async () => {
  const { patch } = await aPatchedDeal({ acceptsErrorSubstatus: true });
  expect((await patch(statusPatch("Closed", "Error"))).status).toBe(204);
});

test("[SP14] an inbound referral is accepted or declined, and has the date of it", async () => {
  const simulator = await aSimulator();
  const client = clientOf(simulator);
  const { id } = simulator.referrals.microsoftCreates();
  await client.patch(id, statusPatch("Active", "Accepted"));
  expect(simulator.referrals.get(id)?.["acceptedDateTime"]).toMatch(/Z$/);
  const other = simulator.referrals.microsoftCreates();
  await client.patch(other.id, [...statusPatch("Closed", "Declined"), replace("/statusReason", "Not a customer")]);
  expect(simulator.referrals.get(other.id)).toMatchObject({ substatus: "Declined", statusReason: "Not a customer" });
});

test.each([400, 409] as const)("[SP14] nothing changes once it is closed: %i, by setting", async (status) => {
  const { simulator, deal, patch } = await aPatchedDeal({ closedReferralStatus: status });
  const closed = simulator.referrals.close(deal.id, "Lost");
  expect((await patch([replace("/details/notes", "late")])).status).toBe(status);
  expect((await patch(statusPatch("Active", "Accepted"))).status).toBe(status);
  expect(simulator.referrals.get(deal.id)).toBe(closed);
});

test("[SP15] a current If-Match passes, also as a star; without it nothing is checked", async () => {
  const { simulator, deal, patch } = await aPatchedDeal();
  const note = [replace("/details/notes", "x")];
  expect((await patch(note, { "if-match": deal.eTag })).status).toBe(204);
  simulator.referrals.edit(deal.id, { name: "other" });
  expect((await patch(note, { "if-match": "*" })).status).toBe(204);
  expect((await patch(note)).status).toBe(204);
});

test.each([
  ["an old eTag", (eTag: string) => eTag],
  ["an eTag without its quotes", (_eTag: string, current: string) => current.replaceAll('"', "")],
])("[SP15] %s is 412 with the documented body, and changes nothing", async (_what, choose) => {
  const { simulator, deal, patch, now } = await aPatchedDeal();
  const edited = simulator.referrals.edit(deal.id, { name: "other" });
  const { status, body } = await patch([replace("/details/notes", "x")], {
    "if-match": choose(deal.eTag, edited.eTag),
  });
  expect(status).toBe(412);
  expect(body).toEqual({
    error: {
      code: "preconditionFailed",
      message: expect.stringContaining("does not match the resource's current state"),
      target: "ETag",
      innerError: { code: "99918", message: expect.any(String), details: null },
    },
  });
  expect(now()).toBe(edited);
});

test("[SP15] a server that does not honour If-Match writes all the same", async () => {
  const { patch } = await aPatchedDeal({ honoursIfMatch: false });
  expect((await patch([replace("/details/notes", "x")], { "if-match": '"old"' })).status).toBe(204);
});

test("[SP15] the answer is 204 without body, or the whole referral when preferred", async () => {
  const { patch, now } = await aPatchedDeal();
  const bare = await patch([replace("/details/notes", "x")]);
  expect([bare.status, bare.text, bare.headers.get("etag")]).toEqual([204, "", now().eTag]);
  const whole = await patch([replace("/details/notes", "y")], representation);
  expect([whole.status, whole.body.details.notes]).toEqual([200, "y"]);
});

const sharing = "/consent/consentToShareReferralWithMicrosoftSellers";
const shared = { consent: { consentToShareReferralWithMicrosoftSellers: true } };

test("[SP16] sharing with Microsoft is one-way, unless the setting says otherwise", async () => {
  const { simulator, patch } = await aPatchedDeal({}, shared);
  expect((await patch([replace(sharing, false)])).status).toBe(400);
  simulator.settings.sharingRevocable = true;
  expect((await patch([replace(sharing, false)])).status).toBe(204);
});

test("[SP16] the customer contact of a shared deal is frozen when the setting says so", async () => {
  const { simulator, patch } = await aPatchedDeal({}, shared);
  const contacts = (email: string) => [replace("/customerProfile/team", [{ email }])];
  expect((await patch(contacts("a@x.example"))).status).toBe(204);
  simulator.settings.freezesSharedContact = true;
  expect((await patch(contacts("b@x.example"))).status).toBe(400);
  expect((await patch(contacts("a@x.example"))).status).toBe(204);
});

test.each([
  ["trimmed-notes", "/details/notes", "  x \n", "x"],
  ["line-feeds", "/details/notes", "a\r\nb", "a\nb"],
  ["whole-seconds", "/details/closingDateTime", "2027-01-01T00:00:00.5Z", "2027-01-01T00:00:00Z"],
  ["two-decimals", "/details/dealValue", 1.239, 1.24],
  ["upper-case-currency", "/details/currency", "usd", "USD"],
] as const)("[SP17] the server stores %s, by setting", async (name, path, sent, stored) => {
  const { simulator, patch } = await aPatchedDeal();
  const key = path.split("/").at(-1) ?? "";
  const valueAfter = async () => (await patch([replace(path, sent)], representation)).body.details[key];
  expect(await valueAfter()).toBe(sent);
  simulator.settings.canonicalises = [name];
  expect(await valueAfter()).toBe(stored);
});

test("[SP18] PUT replaces the whole referral but not what the server owns, and insists on If-Match", async () => {
  const { deal, client, now } = await aPatchedDeal({}, { name: "Old", details: { notes: "n" } });
  const body = { ...deal, name: "New", details: { dealValue: "7" }, organizationId: "me", future: 1 };
  expect((await client.put(deal.id, body)).status).toBe(400);
  expect((await client.put(deal.id, body, { "if-match": '"old"' })).status).toBe(412);
  const answer = await client.put(deal.id, body, { "if-match": deal.eTag });
  expect(answer.status).toBe(200);
  expect(now()).toMatchObject({
    name: "New",
    details: { dealValue: 7 },
    organizationId: deal.organizationId,
    future: 1,
  });
  expect(now().details.notes).toBeUndefined();
});

test("[SP18] PUT obeys the status rules", async () => {
  const { deal, client, simulator } = await aPatchedDeal();
  const put = (changes: object) => client.put(deal.id, { ...deal, ...changes }, { "if-match": "*" });
  expect((await put({ status: "New", substatus: "Pending" })).status).toBe(400);
  expect((await client.put(deal.id, [], { "if-match": "*" })).status).toBe(400);
  expect((await put({ status: "Closed", substatus: "Won" })).status).toBe(200);
  expect(simulator.referrals.get(deal.id)?.["closedDateTime"]).not.toBeNull();
  expect((await put({ name: "late" })).status).toBe(400);
});
