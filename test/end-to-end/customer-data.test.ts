import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dataverseBodies, notifications } from "../../sync-relay/fuzz/sample-payloads";
import { environmentIds } from "../../sync-relay/simulator/dataverse/environment";
import { isJsonObject, type Json, type JsonObject } from "../../sync-relay/src/core/json";
import { COLUMN, dealsOf, HELP, statusValue, text, type Deals } from "./deals";
import { untilHolds } from "./until-holds";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "./whole-relay";

// Several waits in a row on a busy machine.
jest.setTimeout(120_000);

let relay: WholeRelay;
let deals: Deals;

/** One word, so that it would pass for an id or a code wherever texts are only filtered by their look. */
const CANARY = "CANARYx7";
/** At least so many different ones must have been on their way. */
const WANTED = 200;
const planted: string[] = [];

/** A piece of customer data that exists once, told by where it was put. */
function canary(where: string): string {
  planted.push(`${CANARY}n${planted.length}${where}`);
  return planted.at(-1) ?? "";
}
const synced = statusValue("synced");
const needsAttention = statusValue("needs-attention");

beforeAll(async () => {
  relay = await startWholeRelay({
    environment: {
      COSELL_SWEEP_SECONDS: "2",
      COSELL_COALESCE_MS: "60",
      COSELL_CREATE_QUARANTINE_SECONDS: "1",
      COSELL_LOG_LEVEL: "debug",
    },
  });
  deals = dealsOf(relay.clouds);
}, START_WITHIN_MS);

afterAll(() => relay.close(), START_WITHIN_MS);

const account = (): JsonObject => ({
  name: canary("account"),
  address1_line1: canary("street"),
  address1_line2: canary("floor"),
  address1_city: canary("city"),
  address1_stateorprovince: canary("state"),
  address1_postalcode: canary("code"),
});
const contact = (): JsonObject => ({
  firstname: canary("first"),
  lastname: canary("last"),
  emailaddress1: `${canary("mail")}@customer.example`,
  telephone1: canary("phone"),
});
const opportunity = (): JsonObject => ({
  name: canary("deal"),
  description: canary("notes"),
  [COLUMN.products]: canary("product"),
});

function portalDeal(): JsonObject {
  const address = { addressLine1: canary("street"), city: canary("city"), postalCode: canary("code"), country: "FR" };
  const person = {
    firstName: canary("first"),
    lastName: canary("last"),
    email: `${canary("mail")}@customer.example`,
    phoneNumber: canary("phone"),
  };
  const product = canary("product");
  return {
    name: canary("deal"),
    type: "Shared",
    qualification: "SalesQualified",
    customerProfile: { name: canary("account"), address, team: [person] },
    details: {
      notes: canary("notes"),
      dealValue: 1_200,
      currency: "EUR",
      closingDateTime: "2027-06-30T00:00:00Z",
      requirements: { solutions: [{ id: product, name: product, type: "Name" }] },
    },
  };
}

/** A document with a canary for every text that the test picks. */
function withCanaries(document: Json, picks: (key: string, value: string) => boolean, key = ""): Json {
  if (typeof document === "string") return picks(key, document) ? canary(key) : document;
  if (Array.isArray(document)) return (document as readonly Json[]).map((item) => withCanaries(item, picks, key));
  if (!isJsonObject(document)) return document;
  return Object.fromEntries(Object.entries(document).map(([name, held]) => [name, withCanaries(held, picks, name)]));
}

/** Everything that operators and their tools get to see. */
async function shown(): Promise<string> {
  const database = await readFile(join(relay.dataDir, "postgres", "server.log"), "utf8");
  const pages = await Promise.all(["/metrics", "/readyz", "/version"].map((path) => relay.get(path)));
  return [...relay.log, database, ...pages.map((page) => page.text)].join("\n");
}

const leaksIn = (text: string) => text.split("\n").filter((line) => new RegExp(CANARY, "i").test(line));
const leaks = async () => leaksIn(await shown());

test("[EE25] creating and updating in both directions shows no customer data to operators", async () => {
  const customer = deals.customer({ account: account(), contact: contact() });
  const id = deals.share({ ...opportunity(), [COLUMN.help]: HELP }, customer);
  const deal = deals.newDeal(portalDeal());
  await untilHolds(() => {
    expect(deals.row(id)[COLUMN.status]).toBe(synced);
    expect(deals.theRowOf(deal)[COLUMN.status]).toBe(synced);
  });
  const [notes, moreNotes, newName] = [canary("more"), canary("more"), canary("renamed")];
  deals.edit(id, { description: notes, name: canary("renamed") });
  deals.portal(deal, { name: newName, details: { notes: moreNotes } });
  await untilHolds(() => {
    expect(deals.theOwnOf(id)).toMatchObject({ details: { notes } });
    expect(deals.theRowOf(deal)).toMatchObject({ name: newName, description: moreNotes });
  });
  await relay.atRest();
  expect(await leaks()).toEqual([]);
});

test("[EE25] failures of every kind show no customer data to operators", async () => {
  const { dataverse, partnerCenter } = relay.clouds;
  const customer = deals.customer({ account: account(), contact: contact() });
  const country = { account: { ...account(), address1_country: canary("country") }, contact: contact() };
  const unknownCountry = deals.share(opportunity(), deals.customer(country));
  await untilHolds(() => expect(deals.row(unknownCountry)[COLUMN.message]).toContain(CANARY));
  partnerCenter.settings.coSellRules = "strict";
  const refused = deals.share({ ...opportunity(), [COLUMN.help]: HELP, description: null }, customer);
  await untilHolds(() => expect(deals.row(refused)[COLUMN.status]).toBe(needsAttention));
  await untilHolds(() => expect(text(deals.row(refused)[COLUMN.message])).toContain("refused"));
  partnerCenter.settings.coSellRules = "lax";
  for (const kind of ["server-error", "html", "malformed-json", "unknown-enum", "drop-after-effect"] as const) {
    partnerCenter.faults.order({ kind, method: "POST" });
    deals.share(opportunity(), customer);
    await untilHolds(() => expect(partnerCenter.faults.waiting()).toEqual([]));
  }
  const words = `A plug-in says: ${canary("words")} is not allowed`;
  const faults = [
    { status: 400, message: words },
    { status: 403, message: words },
    { status: 500, message: words },
    { status: 502, html: true },
  ];
  for (const fault of faults) {
    const requests = dataverse.requests.entries.length;
    dataverse.faults.request({ method: "POST", effect: { kind: "status", ...fault } });
    deals.newDeal(portalDeal());
    await untilHolds(() => expect(dataverse.requests.entries.length).toBeGreaterThan(requests + 1));
  }
  // Each failure has left its trace.
  await untilHolds(() => {
    for (const trace of ["CS-1001", "CS-1004", "CS-1005", "CS-1104", '"op":"create","status":502']) {
      expect([trace, relay.log.some((line) => line.includes(trace))]).toEqual([trace, true]);
    }
  });
  expect(await leaks()).toEqual([]);
});

/** The last event that was stored so far. */
async function lastEvent(): Promise<number> {
  return Number((await relay.sql<{ n: string }>("select coalesce(max(seq), 0) as n from cosell.inbox"))[0]?.n);
}

/** Waits until everything that was stored after an event was dealt with. */
function untilDoneAfter(event: number): Promise<void> {
  const waiting = `select key from cosell.waiting where seq > ${event}`;
  return untilHolds(async () => {
    await relay.passTime();
    expect(await relay.sql(waiting)).toEqual([]);
  });
}

const secret = () => relay.clouds.environment["COSELL_DATAVERSE_WEBHOOK_SECRET"] ?? "";
const token = () => relay.clouds.environment["COSELL_PARTNER_CENTER_WEBHOOK_TOKEN"] ?? "";

async function post(path: string, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const answer = await fetch(`${relay.url()}${path}`, { method: "POST", body, headers });
  expect(leaksIn(await answer.text())).toEqual([]);
  return answer.status;
}

test("[EE27] webhooks and requests that are full of customer data show none to operators, taken or refused", async () => {
  const statuses = new Set<number>();
  const before = await lastEvent();
  // What a customer typed stands in values and formatted values; ids and names of messages stay what they are.
  const typed = (key: string, value: string) => ["value", "Name", "OrganizationName"].includes(key) && !isId(value);
  for (const sample of dataverseBodies) {
    const body = { ...sample, OrganizationId: environmentIds.organization };
    for (const [given, key] of [
      [withCanaries(body, typed), secret()],
      [withCanaries(body, () => true), secret()],
      [withCanaries(body, typed), canary("key")],
    ] as const) {
      statuses.add(await post("/webhooks/dataverse", JSON.stringify(given), { "x-cosell-key": key }));
      statuses.add(await post("/webhooks/dataverse", JSON.stringify(given).slice(0, -1), { "x-cosell-key": key }));
    }
  }
  const { certificates, webhooks } = relay.clouds.partnerCenter;
  for (const body of notifications) {
    for (const given of [{ ...body, ResourceName: canary("resource") }, withCanaries(body, () => true)]) {
      const text = JSON.stringify(given);
      const headers = {
        Authorization: `Signature ${certificates.sign(Buffer.from(text)).toString("base64")}`,
        "X-MS-Certificate-Url": webhooks.certificateUrl,
        "X-MS-Signature-Algorithm": "rsa-sha256",
      };
      statuses.add(await post(`/webhooks/partner-center/${token()}`, text, headers));
      statuses.add(await post(`/webhooks/partner-center/${token()}`, `${text} `, headers));
      statuses.add(await post(`/webhooks/partner-center/${canary("token")}`, text, headers));
      const elsewhere = { ...headers, "X-MS-Certificate-Url": `https://${canary("host")}.example/cert/a.cer` };
      statuses.add(await post(`/webhooks/partner-center/${token()}`, text, elsewhere));
      const algorithm = { ...headers, "X-MS-Signature-Algorithm": canary("algorithm") };
      statuses.add(await post(`/webhooks/partner-center/${token()}`, text, algorithm));
    }
  }
  expect([...statuses].sort()).toEqual([202, 400, 401]);
  for (const path of ["/", "/webhooks/dataverse/", "/readyz/", "/livez?name="]) await relay.get(path + canary("path"));
  const odd = {
    cookie: canary("cookie"),
    referer: `https://${canary("referer")}.example/`,
    "user-agent": canary("agent"),
  };
  await fetch(`${relay.url()}/readyz?q=${canary("query")}`, { method: "DELETE", headers: odd });
  await fetch(`${relay.url()}/metrics`, { headers: { ...odd, "x-long": canary("long").repeat(2_000) } });
  await untilDoneAfter(before);
  expect(await lastEvent()).toBeGreaterThan(before);
  expect(relay.log.some((line) => line.includes("was refused"))).toBe(true);
  expect(await leaks()).toEqual([]);
});

test("[EE27] neither does a sign-in that is refused, or a database that is away, in the middle of work", async () => {
  const { authority } = relay.clouds;
  const customer = deals.customer({ account: account(), contact: contact() });
  authority.settings.clientSecrets = "wrong";
  authority.revokeAccessTokens();
  const id = deals.share({ ...opportunity(), [COLUMN.help]: HELP }, customer);
  await untilHolds(async () => expect((await relay.get("/readyz")).text).toContain("CS-1201"));
  expect(await leaks()).toEqual([]);
  authority.settings.clientSecrets = "accepted";
  const pid = await relay.databasePid();
  if (pid !== null) process.kill(pid, "SIGINT");
  const body = JSON.stringify({
    ...dataverseBodies[0],
    OrganizationId: environmentIds.organization,
    OrganizationName: canary("organization"),
  });
  const answer = await fetch(`${relay.url()}/webhooks/dataverse`, {
    method: "POST",
    body,
    headers: { "x-cosell-key": secret() },
  });
  expect([202, 503]).toContain(answer.status);
  expect(leaksIn(await answer.text())).toEqual([]);
  await untilHolds(async () => {
    await relay.passTime();
    expect(deals.row(id)[COLUMN.status]).toBe(synced);
  });
  expect(await leaks()).toEqual([]);
});

test("[EE27] two hundred different pieces of customer data were on their way, and a leak would be seen", async () => {
  expect(new Set(planted).size).toBeGreaterThanOrEqual(WANTED);
  expect(leaksIn(`fine\n${(await shown()).slice(0, 100)}\n{"name":"${planted[7]?.toLowerCase() ?? ""}"}`)).toHaveLength(
    1,
  );
  // The log was at its most talkative, and every page answered.
  expect(relay.log.some((line) => line.includes('"level":"debug"'))).toBe(true);
  expect(await shown()).toContain("cosell_reconcile_total");
});

function isId(text: string): boolean {
  return /^[0-9a-f-]{36}$/.test(text) || text.startsWith("/Date(");
}

test("[EE26] the relay withholds nothing of what it logs by its own will", () => {
  expect(relay.log.filter((line) => line.includes('"withheld"'))).toEqual([]);
});
