import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { JsonObject } from "../../sync-relay/src/core/json";
import { COLUMN, dealsOf, HELP, statusValue, text, type Deals } from "./deals";
import { untilHolds } from "./until-holds";
import { START_WITHIN_MS, startWholeRelay, type WholeRelay } from "./whole-relay";

// Several waits in a row on a busy machine.
jest.setTimeout(120_000);

let relay: WholeRelay;
let deals: Deals;

/** One word, so that it would pass for an id or a code wherever texts are only filtered by their look. */
const CANARY = "CANARYx7";
const synced = statusValue("synced");
const needsAttention = statusValue("needs-attention");

beforeAll(async () => {
  relay = await startWholeRelay({
    environment: { COSELL_SWEEP_SECONDS: "2", COSELL_COALESCE_MS: "60", COSELL_LOG_LEVEL: "debug" },
  });
  deals = dealsOf(relay.clouds);
}, START_WITHIN_MS);

afterAll(() => relay.close(), START_WITHIN_MS);

const account = {
  name: `${CANARY}account`,
  address1_line1: `${CANARY}street`,
  address1_line2: `${CANARY}floor`,
  address1_city: `${CANARY}city`,
  address1_stateorprovince: `${CANARY}state`,
  address1_postalcode: `${CANARY}code`,
};
const contact = {
  firstname: `${CANARY}first`,
  lastname: `${CANARY}last`,
  emailaddress1: `${CANARY}@customer.example`,
  telephone1: `${CANARY}phone`,
};
const opportunity = { name: `${CANARY}deal`, description: `${CANARY}notes`, [COLUMN.products]: `${CANARY}product` };

function portalDeal(): JsonObject {
  return {
    name: `${CANARY}deal`,
    type: "Shared",
    qualification: "SalesQualified",
    customerProfile: {
      name: `${CANARY}account`,
      address: { addressLine1: `${CANARY}street`, city: `${CANARY}city`, postalCode: `${CANARY}code`, country: "FR" },
      team: [
        {
          firstName: `${CANARY}first`,
          lastName: `${CANARY}last`,
          email: `${CANARY}2@customer.example`,
          phoneNumber: `${CANARY}phone`,
        },
      ],
    },
    details: {
      notes: `${CANARY}notes`,
      dealValue: 1_200,
      currency: "EUR",
      closingDateTime: "2027-06-30T00:00:00Z",
      requirements: { solutions: [{ id: `${CANARY}product`, name: `${CANARY}product`, type: "Name" }] },
    },
  };
}

/** Everything that operators and their tools get to see. */
async function shown(): Promise<string> {
  const database = await readFile(join(relay.dataDir, "postgres", "server.log"), "utf8");
  const pages = await Promise.all(["/metrics", "/readyz", "/version"].map((path) => relay.get(path)));
  return [...relay.log, database, ...pages.map((page) => page.text)].join("\n");
}

const leaks = async () => (await shown()).split("\n").filter((line) => new RegExp(CANARY, "i").test(line));

test("[EE25] creating and updating in both directions shows no customer data to operators", async () => {
  const id = deals.share({ ...opportunity, [COLUMN.help]: HELP }, deals.customer({ account, contact }));
  const deal = deals.newDeal(portalDeal());
  await untilHolds(() => {
    expect(deals.row(id)[COLUMN.status]).toBe(synced);
    expect(deals.theRowOf(deal)[COLUMN.status]).toBe(synced);
  });
  deals.edit(id, { description: `${CANARY}more`, name: `${CANARY}renamed` });
  deals.portal(deal, { name: `${CANARY}renamed`, details: { notes: `${CANARY}more` } });
  await untilHolds(() => {
    expect(deals.theOwnOf(id)).toMatchObject({ details: { notes: `${CANARY}more` } });
    expect(deals.theRowOf(deal)).toMatchObject({ name: `${CANARY}renamed`, description: `${CANARY}more` });
  });
  await relay.atRest();
  expect(await leaks()).toEqual([]);
});

test("[EE25] failures of every kind show no customer data to operators", async () => {
  const { dataverse, partnerCenter } = relay.clouds;
  const customer = deals.customer({ account, contact });
  const unknownCountry = deals.share(opportunity, deals.customer({ account: { address1_country: CANARY }, contact }));
  await untilHolds(() => expect(deals.row(unknownCountry)[COLUMN.message]).toContain(CANARY));
  partnerCenter.settings.coSellRules = "strict";
  const refused = deals.share({ ...opportunity, [COLUMN.help]: HELP, description: null }, customer);
  await untilHolds(() => expect(deals.row(refused)[COLUMN.status]).toBe(needsAttention));
  partnerCenter.settings.coSellRules = "lax";
  for (const kind of ["server-error", "html", "malformed-json", "unknown-enum", "drop-after-effect"] as const) {
    partnerCenter.faults.order({ kind, method: "POST" });
    deals.share(opportunity, customer);
    await untilHolds(() => expect(partnerCenter.faults.waiting()).toEqual([]));
  }
  const words = `A plug-in says: ${CANARY} is not allowed`;
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
  const body = JSON.stringify({ MessageName: CANARY, PrimaryEntityName: CANARY, PrimaryEntityId: CANARY });
  for (const key of [CANARY, relay.clouds.environment["COSELL_DATAVERSE_WEBHOOK_SECRET"] ?? ""]) {
    await fetch(`${relay.url()}/webhooks/dataverse`, { method: "POST", body, headers: { "x-cosell-key": key } });
  }
  await relay.get(`/${CANARY}?${CANARY}=${CANARY}`);
  await untilHolds(() => expect(text(deals.row(refused)[COLUMN.message])).toContain("refused"));
  // Each failure has left its trace.
  await untilHolds(() => {
    for (const trace of ["CS-1001", "CS-1004", "CS-1005", "CS-1104", '"op":"create","status":502', "was refused"]) {
      expect([trace, relay.log.some((line) => line.includes(trace))]).toEqual([trace, true]);
    }
  });
  expect(await leaks()).toEqual([]);
});

test("[EE26] the relay withholds nothing of what it logs by its own will", () => {
  expect(relay.log.filter((line) => line.includes('"withheld"'))).toEqual([]);
});
