import { writeFile } from "node:fs/promises";
import { request } from "node:http";
import { DATAVERSE_SECRET_HEADER } from "../../solution/schema/webhook-steps";
import type { HostileCallback } from "../../sync-relay/simulator/partner-center/hostile-callbacks";
import type { JsonObject } from "../../sync-relay/src/core/json";
import { COLUMN, dealsOf, HELP, statusValue, type Deals } from "./deals";
import { untilHolds } from "./until-holds";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "./whole-relay";

// Several waits in a row on a busy machine.
jest.setTimeout(120_000);

let relay: WholeRelay;
let deals: Deals;

const synced = statusValue("synced");
const needsAttention = statusValue("needs-attention");
const OPPORTUNITY = "0a000000-0000-4000-8000-000000000001";

beforeAll(async () => {
  relay = await startWholeRelay({ environment: { COSELL_SWEEP_SECONDS: "86400", COSELL_COALESCE_MS: "60" } });
  deals = dealsOf(relay.clouds);
}, START_WITHIN_MS);

afterAll(() => relay.close(), START_WITHIN_MS);

const stored = async () => (await relay.sql<{ n: number }>("select count(*)::int as n from cosell.inbox"))[0]?.n ?? -1;

type Body = string | Uint8Array;
type Headers = Readonly<Record<string, string>>;

async function post(path: string, body: Body, headers: Headers): Promise<number> {
  const answer = await fetch(`${relay.url()}${path}`, { method: "POST", body: body as BodyInit, headers });
  await answer.text();
  return answer.status;
}

const secret = () => relay.clouds.environment["COSELL_DATAVERSE_WEBHOOK_SECRET"] ?? "";
const token = () => relay.clouds.environment["COSELL_PARTNER_CENTER_WEBHOOK_TOKEN"] ?? "";
const toDataverse = (body: Body, key: string = secret()) =>
  post("/webhooks/dataverse", body, { [DATAVERSE_SECRET_HEADER]: key });

/** A notification that is signed as Partner Center would. */
function toPartnerCenter(body: Body, path: string = token()): Promise<number> {
  const { certificates, webhooks } = relay.clouds.partnerCenter;
  const bytes = typeof body === "string" ? Buffer.from(body) : Buffer.from(body);
  return post(`/webhooks/partner-center/${path}`, bytes, {
    Authorization: `Signature ${certificates.sign(bytes).toString("base64")}`,
    "X-MS-Certificate-Url": webhooks.certificateUrl,
    "X-MS-Signature-Algorithm": "rsa-sha256",
  });
}

const context = (changes: JsonObject = {}): string =>
  JSON.stringify({
    MessageName: "Update",
    PrimaryEntityName: "opportunity",
    PrimaryEntityId: OPPORTUNITY,
    OperationId: "0b000000-0000-4000-8000-000000000001",
    ...changes,
  });
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
const brokenUtf8 = (json: string) => Buffer.concat([Buffer.from(json.slice(0, -1)), Buffer.from([0xc3, 0x28, 0x7d])]);

const LINES_A_MINUTE = 20;
const MINUTE_MS = 60_000;

/** When the lines about refused webhooks were written, by their own times. */
function refusalsAt(log: readonly string[]): readonly number[] {
  const refusals = log.filter((line) => line.includes('"a webhook was refused"'));
  return refusals.map((line) => Date.parse((JSON.parse(line) as { readonly time: string }).time));
}

// The first of all, since what is refused before uses up the lines of its minute.
test("[BI10] a flood of requests that are refused is counted to the last, and fills no log", async () => {
  const counted = async () => {
    const { text } = await relay.get("/metrics");
    const line = /^cosell_webhooks_received_total\{(?=[^}]*"dataverse")(?=[^}]*"bad-secret")[^}]*\} (\d+)$/m;
    return Number(line.exec(text)?.[1] ?? 0);
  };
  expect(refusalsAt(relay.log)).toEqual([]);
  const from = relay.log.length;
  const before = await counted();
  for (let at = 0; at < 300; at += 1)
    expect(await toDataverse(context(), "wrong-key-wrong-key-wrong-key-wrong")).toBe(401);
  const log = () => relay.log.slice(from);
  await untilHolds(() => expect(log().some((line) => line.includes("more like it are left out"))).toBe(true));
  expect(await counted()).toBe(before + 300);
  const times = refusalsAt(log());
  // The lines of a minute come at its beginning, however many minutes the requests took.
  const minutes = 1 + Math.round((Math.max(...times) - Math.min(...times)) / MINUTE_MS);
  expect(times.length).toBeGreaterThanOrEqual(LINES_A_MINUTE);
  expect(times.length).toBeLessThanOrEqual(LINES_A_MINUTE * minutes);
});

test.each<[string, Body, number]>([
  ["empty", "", 400],
  ["not JSON", "opportunity", 400],
  ["cut off", context().slice(0, -5), 400],
  ["a list", "[]", 400],
  ["null", "null", 400],
  ["unknown JSON", '{"hello":"world"}', 400],
  ["of wrong types", context({ PrimaryEntityName: 7 }), 400],
  ["with a row id that is none", context({ PrimaryEntityId: "'; drop table inbox; --" }), 400],
  ["deeply nested", deep(20_000), 400],
  ["with a deep parameter", context().replace(/}$/, `,"InputParameters":${deep(200)}}`), 400],
  ["in broken UTF-8", brokenUtf8(context()), 400],
  ["with a key that reaches the prototype", context().replace(/^{/, '{"__proto__":{"isAdmin":true},'), 400],
  ["of another table", context({ PrimaryEntityName: "account" }), 202],
  ["of another message", context({ MessageName: "Retrieve" }), 202],
])("[BI4] a Dataverse body that is %s leaves nothing behind", async (_, body, status) => {
  const before = await stored();
  expect(await toDataverse(body)).toBe(status);
  expect(await stored()).toBe(before);
});

const message = (changes: JsonObject = {}): string =>
  JSON.stringify({
    EventName: "referral-updated",
    ResourceUri: `https://api.partnercenter.microsoft.com/engagements/v1/referrals/${OPPORTUNITY}`,
    ResourceName: "referral",
    AuditUri: null,
    ResourceChangeUtcDate: new Date().toISOString(),
    ...changes,
  });

test.each<[string, Body, number]>([
  ["not JSON", "referral", 400],
  ["unknown JSON", '{"hello":"world"}', 400],
  ["of wrong types", message({ EventName: ["referral-updated"] }), 400],
  ["about a place on another host's file system", message({ ResourceUri: "file:///etc/passwd" }), 400],
  ["about an id that is none", message({ ResourceUri: "https://x.example/engagements/v1/referrals/1 or 1=1" }), 400],
  ["deeply nested", message().replace(/}$/, `,"x":${deep(500)}}`), 400],
  ["in broken UTF-8", brokenUtf8(message()), 400],
  ["larger than any notification", message({ ResourceName: "x".repeat(17_000) }), 413],
  ["of an event of another area", message({ EventName: "subscription-updated" }), 202],
])("[BI4] a rightly signed notification that is %s leaves nothing behind", async (_, body, status) => {
  const before = await stored();
  expect(await toPartnerCenter(body)).toBe(status);
  expect(await stored()).toBe(before);
});

test("[BI4] a rightly signed notification is taken", async () => {
  const before = await stored();
  expect(await toPartnerCenter(message())).toBe(202);
  expect(await stored()).toBe(before + 1);
});

test("[BI5] a wrong secret or path token is refused, and nothing is stored", async () => {
  const before = await stored();
  expect(await toDataverse(context(), `${secret()}x`)).toBe(401);
  expect(await toDataverse(context(), "")).toBe(401);
  expect(await post("/webhooks/dataverse", context(), {})).toBe(401);
  expect(await toPartnerCenter(message(), `${token().slice(0, -1)}_`)).toBe(401);
  expect(await stored()).toBe(before);
});

test.each<HostileCallback>([
  { kind: "tampered-body" },
  { kind: "re-serialised" },
  { kind: "no-signature" },
  { kind: "sha1" },
  { kind: "no-certificate-url" },
  { kind: "evil-certificate-url", url: "https://evil.example/cert/pcnotifications-dispatch.microsoft.com.cer" },
  { kind: "evil-certificate-url", url: "http://169.254.169.254/cert/x.cer" },
])("[BI5] a notification with $kind is refused, and nothing is stored", async (order) => {
  const before = await stored();
  expect(await relay.clouds.partnerCenter.webhooks.sendHostile(order)).toBe(401);
  expect(await stored()).toBe(before);
});

test("[BI5] a rightly signed notification about another tenant's referral leads to nothing", async () => {
  const rows = relay.clouds.dataverse.records.list("opportunities").length;
  expect(await relay.clouds.partnerCenter.webhooks.sendHostile({ kind: "foreign-tenant" })).toBe(202);
  await relay.atRest();
  expect(relay.clouds.dataverse.records.list("opportunities")).toHaveLength(rows);
});

const TWENTY_MEGABYTES = 20 * 1024 * 1024;

/** Announces a long body, sends a first piece of it, and gives the answer that comes all the same. */
function announce(path: string, headers: Headers): Promise<number> {
  return new Promise((resolve, reject) => {
    const posting = request(`${relay.url()}${path}`, { method: "POST", headers });
    posting.once("response", (answer) => {
      answer.resume();
      posting.destroy();
      resolve(answer.statusCode ?? 0);
    });
    posting.once("error", reject);
    posting.write("x".repeat(1_000));
  });
}

test("[BI6] 20 MB are refused while they are still on their way", async () => {
  const before = await stored();
  const announced = { "content-length": String(TWENTY_MEGABYTES) };
  expect(await announce("/webhooks/dataverse", { ...announced, [DATAVERSE_SECRET_HEADER]: secret() })).toBe(413);
  expect(await announce(`/webhooks/partner-center/${token()}`, announced)).toBe(413);
  const piece = Buffer.alloc(64 * 1024, "x");
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += piece.length;
      if (sent > TWENTY_MEGABYTES) controller.close();
      else controller.enqueue(piece);
    },
  });
  const unannounced = { method: "POST", body: endless, duplex: "half" } as RequestInit;
  const status = await fetch(`${relay.url()}/webhooks/dataverse`, unannounced).then(
    (answer) => answer.status,
    () => 413,
  );
  expect(status).toBe(413);
  expect(sent).toBeLessThan(TWENTY_MEGABYTES);
  expect(await stored()).toBe(before);
  expect((await relay.get("/livez")).status).toBe(200);
});

test("[BI7] values that nobody knows yet are shown, and nothing is closed by a guess", async () => {
  const deal = deals.newDeal();
  await untilHolds(() => expect(deals.theRowOf(deal)[COLUMN.status]).toBe(synced));
  await relay.atRest();
  const { faults } = relay.clouds.partnerCenter;
  faults.order({ kind: "unknown-enum", method: "GET", count: 1_000 });
  deals.portal(deal, { details: { dealValue: 4_321 } });
  await untilHolds(() => expect(deals.theRowOf(deal)["estimatedvalue"]).toBe(4_321));
  expect(deals.theRowOf(deal)).toMatchObject({ statecode: 0, [COLUMN.shownStatus]: "FutureActive / FutureAccepted" });
  faults.clear();
  deals.portal(deal, { details: { dealValue: 5_432 } });
  await untilHolds(() => expect(deals.theRowOf(deal)[COLUMN.shownStatus]).toBe("Active / Accepted"));
  await relay.atRest();
  expect(deals.referral(deal)).toMatchObject({ status: "Active", details: { dealValue: 5_432 } });
});

test("[BI8] a referral without a customer becomes an opportunity that asks for one", async () => {
  const deal = deals.newDeal({ customerProfile: {} });
  await untilHolds(() => expect(deals.theRowOf(deal)[COLUMN.status]).toBe(needsAttention));
  expect(deals.theRowOf(deal)).toMatchObject({ _parentaccountid_value: null });
  expect(deals.theRowOf(deal)[COLUMN.message]).toContain("Add the");
});

test("[BI8] a currency that the CRM lacks is a dead letter, and neither opportunity nor customer is made", async () => {
  const { records } = relay.clouds.dataverse;
  const count = () => ["opportunities", "accounts", "contacts"].map((set) => records.list(set).length);
  const before = count();
  const deal = deals.newDeal({ details: { dealValue: 5, currency: "SEK", closingDateTime: "2027-06-30T00:00:00Z" } });
  const dead = () =>
    relay.sql(
      `select dead_because as code from cosell.pair join cosell.pair_alias using (opportunity_id)
       where referral_id = '${deal}' and dead_because is not null`,
    );
  await untilHolds(async () => expect(await dead()).toEqual([{ code: "CS-1006" }]));
  expect(count()).toEqual(before);
});

test.each<[string, JsonObject, { readonly account?: JsonObject; readonly contact?: JsonObject }, string]>([
  ["account", { "parentaccountid@odata.bind": null }, {}, "customer"],
  ["known country", {}, { account: { address1_country: "Atlantis" } }, "“Atlantis” is not understood"],
  ["phone of the contact", { [COLUMN.help]: HELP }, { contact: { telephone1: "" } }, "Complete the customer contact"],
  ["close date", { estimatedclosedate: null }, {}, "Add the"],
  ["positive value", { estimatedvalue: 0 }, {}, "must be above 0"],
])("[BI8] an opportunity without %s is not shared, says so, and is shared once it is mended", async (_, ...given) => {
  const [changes, customer, words] = given;
  const id = deals.share(changes, deals.customer(customer));
  await untilHolds(() => expect(deals.row(id)[COLUMN.status]).toBe(needsAttention));
  expect(deals.row(id)[COLUMN.message]).toContain(words);
  expect(deals.ownOf(id)).toEqual([]);
  const good = deals.customer();
  deals.edit(id, {
    "parentaccountid@odata.bind": `/accounts(${good.account})`,
    "parentcontactid@odata.bind": `/contacts(${good.contact})`,
    estimatedclosedate: "2027-01-31",
    estimatedvalue: 5,
  });
  await untilHolds(() => expect(deals.row(id)[COLUMN.status]).toBe(synced));
  expect(deals.ownOf(id)).toHaveLength(1);
});

test(
  "[BI3] a column that Dataverse lacks is a dead letter, and the deal goes out once the mapping is mended",
  async () => {
    const file = `${relay.dataDir}-mapping.yaml`;
    await writeFile(
      file,
      [
        "version: 1",
        "extends: builtin/default",
        "toPartnerCenter:",
        "  create:",
        "    - { to: campaignId, from: new_notthere }",
      ].join("\n"),
    );
    await relay.stop();
    await relay.start({ COSELL_MAPPING_FILE: file });
    const id = deals.share();
    const dead = () => relay.sql(`select dead_because as code from cosell.pair where opportunity_id = '${id}'`);
    await untilHolds(async () => expect(await dead()).toEqual([{ code: "CS-1007" }]));
    expect(deals.ownOf(id)).toEqual([]);
    await writeFile(file, "version: 1\nextends: builtin/default\n");
    await relay.stop();
    await relay.start();
    deals.edit(id, { description: "Saved again" });
    await untilHolds(() => expect(deals.row(id)[COLUMN.status]).toBe(synced));
  },
  START_WITHIN_MS,
);
