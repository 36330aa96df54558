import type { OpportunityChanges } from "../../../sync-relay/src/core/opportunity";
import {
  ACCOUNT_ID,
  aCrm,
  aRow,
  type CrmFixture,
  CURRENCY_ID,
  type FixtureOptions,
  OPPORTUNITY_ID,
} from "./crm-fixture";
import { stopServers } from "./crm-fixture";
import { batchRefusal, batchReply, refusal } from "./recording-server";

afterEach(stopServers);

const VERSION = 'W/"100"';
const LOOKUP_PATHS = ["name", "parentaccountid.name", "transactioncurrencyid.isocurrencycode"];
const ROW_WITH_LOOKUPS = {
  _parentaccountid_value: ACCOUNT_ID,
  _transactioncurrencyid_value: CURRENCY_ID,
};
const CURRENCIES = {
  body: { value: [{ transactioncurrencyid: CURRENCY_ID, isocurrencycode: "EUR" }] },
};

test("[DV10] a plain update is one PATCH, conditional and tagged, that answers with the row", async () => {
  const { crm, server } = await known({ paths: LOOKUP_PATHS });
  server.reply({ body: aRow({ ...ROW_WITH_LOOKUPS, "@odata.etag": 'W/"101"', name: "Renamed" }) });
  const written = await crm.update(OPPORTUNITY_ID, VERSION, changing({ name: "Renamed" }, { syncStatus: "waiting" }));
  expect(written).toMatchObject({
    kind: "written",
    opportunity: { version: 'W/"101"', values: { name: "Renamed", "parentaccountid.name": "Northwind" } },
  });
  expect(server.requests).toHaveLength(1);
  const [request] = server.requests;
  expect(request?.method).toBe("PATCH");
  expect(request?.address).toMatch(/^\/api\/data\/v9\.2\/opportunities\([^)]+\)\?tag=cosell-relay&\$select=/);
  expect(request?.headers).toMatchObject({ "if-match": VERSION, prefer: "return=representation" });
  expect(request?.headers["x-ms-client-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.parse(request?.body ?? "")).toEqual({ name: "Renamed", cosell_syncstatus: 842130101 });
});

test("[DV11] a lookup that a rule of the customer changed in the same write is read again", async () => {
  const { crm, server } = await known({ paths: LOOKUP_PATHS });
  const other = "bbbb9f00-1111-4222-8333-444455556666";
  server.reply(
    { body: aRow({ ...ROW_WITH_LOOKUPS, _parentaccountid_value: other }) },
    { body: aRow({ _parentaccountid_value: other, parentaccountid: { name: "Southwind" } }) },
  );
  const written = await crm.update(OPPORTUNITY_ID, VERSION, changing({ name: "x" }));
  expect(written).toMatchObject({ opportunity: { values: { "parentaccountid.name": "Southwind" } } });
  expect(methods(server)).toEqual(["PATCH", "GET"]);
});

test("[DV12] a row that was not read before is written and read in one call", async () => {
  const { crm, server } = await aCrm({ paths: LOOKUP_PATHS });
  server.reply(batchReply(1, aRow({ ...ROW_WITH_LOOKUPS, parentaccountid: { name: "Northwind" } })));
  const written = await crm.update(OPPORTUNITY_ID, VERSION, changing({ name: "x" }));
  expect(written).toMatchObject({ kind: "written", opportunity: { values: { "parentaccountid.name": "Northwind" } } });
  expect(methods(server)).toEqual(["POST"]);
  expect(partsOf(server)).toEqual([
    `PATCH opportunities(${OPPORTUNITY_ID})?tag=cosell-relay`,
    `GET opportunities(${OPPORTUNITY_ID})`,
  ]);
  expect(server.requests[0]?.body).toContain(`If-Match: ${VERSION}`);
});

test("[DV13] winning is one batch: the conditional write, then the action, then the read", async () => {
  const { crm, server } = await known({ paths: ["name", "estimatedvalue", "statuscode"] });
  server.reply(batchReply(2, aRow({ statecode: 1, statuscode: 3 })));
  const stage = { stage: "won", from: "in-progress", value: 3 } as const;
  const written = await crm.update(OPPORTUNITY_ID, VERSION, { ...changing({ estimatedvalue: 500 }), stage });
  expect(written).toMatchObject({ kind: "written", opportunity: { values: { statuscode: 3 } } });
  expect(methods(server)).toEqual(["POST"]);
  expect(partsOf(server)).toEqual([
    `PATCH opportunities(${OPPORTUNITY_ID})?tag=cosell-relay`,
    "POST WinOpportunity?tag=cosell-relay",
    `GET opportunities(${OPPORTUNITY_ID})`,
  ]);
  const [values, action] = bodiesOf(server);
  expect(values).toEqual({ estimatedvalue: 500 });
  expect(action).toEqual({
    Status: 3,
    OpportunityClose: {
      "@odata.type": "Microsoft.Dynamics.CRM.opportunityclose",
      subject: "Won in Partner Center",
      actualend: "2027-01-02",
      actualrevenue: 500,
      "opportunityid@odata.bind": `/opportunities(${OPPORTUNITY_ID})`,
    },
  });
});

test("[DV14] a closed row is reopened by a step of its own before anything else, and closed last", async () => {
  const { crm, server } = await known({ paths: ["name", "statuscode"] }, { statecode: 1, statuscode: 3 });
  server.reply(batchReply(3, aRow({ statecode: 2, statuscode: 4 })));
  const stage = { stage: "lost", from: "won", value: 4 } as const;
  await crm.update(OPPORTUNITY_ID, VERSION, { ...changing({ name: "Lost" }), stage });
  expect(partsOf(server).slice(0, 3)).toEqual([
    `PATCH opportunities(${OPPORTUNITY_ID})?tag=cosell-relay`,
    `PATCH opportunities(${OPPORTUNITY_ID})?tag=cosell-relay`,
    "POST LoseOpportunity?tag=cosell-relay",
  ]);
  expect(bodiesOf(server).slice(0, 2)).toEqual([{ statecode: 0, statuscode: 1 }, { name: "Lost" }]);
});

test("[DV14] reopening alone is a plain write of state and status reason", async () => {
  const { crm, server } = await known({ paths: ["name", "statuscode"] }, { statecode: 2, statuscode: 4 });
  server.reply({ body: aRow({ statuscode: 2 }) });
  const stage = { stage: "on-hold", from: "lost", value: 2 } as const;
  expect(await crm.update(OPPORTUNITY_ID, VERSION, { ...changing({}), stage })).toMatchObject({ kind: "written" });
  expect(methods(server)).toEqual(["PATCH"]);
  expect(JSON.parse(server.requests[0]?.body ?? "")).toEqual({ statecode: 0, statuscode: 2 });
});

test("[DV15] a stage may be mapped to the state, or to a column of the customer", async () => {
  const won = { stage: "won", from: "in-progress", value: 1 } as const;
  const byState = await known({ paths: ["statecode"], fieldMap: { statusPath: "statecode" } });
  byState.server.reply(batchReply(2, aRow({ statecode: 1 })));
  await byState.crm.update(OPPORTUNITY_ID, VERSION, { ...changing({}), stage: won });
  expect(bodiesOf(byState.server)[1]).toMatchObject({ Status: -1 });

  const byColumn = await known({ paths: ["new_stage"], fieldMap: { statusPath: "new_stage" } });
  byColumn.server.reply({ body: aRow({ new_stage: 1 }) });
  await byColumn.crm.update(OPPORTUNITY_ID, VERSION, { ...changing({}), stage: won });
  expect(JSON.parse(byColumn.server.requests[0]?.body ?? "")).toEqual({ new_stage: 1 });
});

test("[DV16] a refused write of a closed row is read-only; of an open row it is an error", async () => {
  const closed = await known({ paths: ["name"] }, { statecode: 1 });
  closed.server.reply(refusal(400, "0x80043b0c"));
  const changes = changing({ name: "x" });
  expect(await closed.crm.update(OPPORTUNITY_ID, VERSION, changes)).toEqual({ kind: "read-only" });

  const open = await known({ paths: ["name"] });
  open.server.reply(refusal(400, "0x80040265"));
  await expect(open.crm.update(OPPORTUNITY_ID, VERSION, changes)).rejects.toMatchObject({
    code: "CS-1004",
    details: { httpStatus: 400, upstreamCode: "0x80040265", upstreamMessage: "refused for Contoso" },
  });
});

test("[DV16] whether an unknown row is closed is looked up after a refusal", async () => {
  const { crm, server } = await aCrm({ paths: ["name"] });
  server.reply(batchRefusal(403, "0x80043b0c"), { body: { statecode: 2 } });
  expect(await crm.update(OPPORTUNITY_ID, VERSION, changing({ name: "x" }))).toEqual({ kind: "read-only" });
  expect(server.requests[1]?.address).toContain("?$select=statecode");
});

test("[DV16] a missing privilege is no matter of the row's state", async () => {
  const { crm, server } = await known({ paths: ["name"] }, { statecode: 1 });
  server.reply(refusal(403, "0x80040220"));
  await expect(crm.update(OPPORTUNITY_ID, VERSION, changing({ name: "x" }))).rejects.toMatchObject({ code: "CS-1005" });
});

test("[DV41] a write that took effect is in doubt when what follows it fails", async () => {
  const { crm, server } = await known({ paths: LOOKUP_PATHS });
  const other = { body: aRow({ _parentaccountid_value: OPPORTUNITY_ID }) };
  const inDoubt = { details: { inDoubt: true } };
  for (const following of [{ status: 500 }, refusal(403, "0x80040220"), { status: 429 }]) {
    server.reply(other, following);
    await expect(crm.update(OPPORTUNITY_ID, VERSION, changing({ name: "x" }))).rejects.toMatchObject(inDoubt);
  }
  server.reply({ body: { name: "a row without id" } });
  await expect(crm.update(OPPORTUNITY_ID, VERSION, changing({ name: "x" }))).rejects.toMatchObject(inDoubt);
  server.reply(batchReply(1, { name: "a row without id" }));
  await expect(crm.create(OPPORTUNITY_ID, { values: {}, section: {} })).rejects.toMatchObject(inDoubt);
});

test("[DV17] a refusal inside a batch counts like one of a single write", async () => {
  const { crm, server } = await aCrm({ paths: ["name"] });
  const changes = changing({ name: "x" });
  server.reply(batchRefusal(412, "0x80060882"));
  expect(await crm.update(OPPORTUNITY_ID, VERSION, changes)).toEqual({ kind: "stale" });
  server.reply({ ...batchRefusal(412, "0x80060882"), status: 200 });
  expect(await crm.update(OPPORTUNITY_ID, VERSION, changes)).toEqual({ kind: "stale" });
  server.reply(batchRefusal(404, "0x80040217"));
  expect(await crm.update(OPPORTUNITY_ID, VERSION, changes)).toEqual({ kind: "missing" });
  server.reply(batchRefusal(412, "0x80060892"));
  await expect(crm.update(OPPORTUNITY_ID, VERSION, changes)).rejects.toMatchObject({ code: "CS-1004" });
  server.reply(batchRefusal(429, "0x80072322", ["Retry-After: 7"]));
  const throttled = { code: "CS-1002", details: { retryAfterMs: 7_000 } };
  await expect(crm.update(OPPORTUNITY_ID, VERSION, changes)).rejects.toMatchObject(throttled);
});

test("[DV18] a currency is bound by the environment's list, which is read once", async () => {
  const { crm, server } = await known({ paths: LOOKUP_PATHS });
  const row = { body: aRow(ROW_WITH_LOOKUPS) };
  server.reply(CURRENCIES, row);
  const changes = changing({ "transactioncurrencyid.isocurrencycode": "eur" });
  await crm.update(OPPORTUNITY_ID, VERSION, changes);
  await crm.update(OPPORTUNITY_ID, VERSION, changes);
  expect(methods(server)).toEqual(["GET", "PATCH", "PATCH"]);
  expect(JSON.parse(server.requests[1]?.body ?? "")).toEqual({
    "transactioncurrencyid@odata.bind": `/transactioncurrencies(${CURRENCY_ID})`,
  });
});

test("[DV18] a missing currency is looked for anew, once for all that ask and not twice within three seconds", async () => {
  const fixture = await known({ paths: LOOKUP_PATHS });
  const { crm, server } = fixture;
  const changes = changing({ "transactioncurrencyid.isocurrencycode": "SEK" });
  const update = (): Promise<unknown> => crm.update(OPPORTUNITY_ID, VERSION, changes);
  server.reply(CURRENCIES);
  await Promise.all([1, 2].map(() => expect(update()).rejects.toMatchObject({ code: "CS-1006" })));
  fixture.pass(2_999);
  await expect(update()).rejects.toMatchObject({ code: "CS-1006" });
  expect(methods(server)).toEqual(["GET"]);
  fixture.pass(1);
  const added = { transactioncurrencyid: ACCOUNT_ID, isocurrencycode: "SEK" };
  server.reply({ body: { value: [added] } }, { body: aRow(ROW_WITH_LOOKUPS) });
  await expect(Promise.all([update(), update()])).resolves.toMatchObject([{ kind: "written" }, { kind: "written" }]);
  expect(methods(server)).toEqual(["GET", "GET", "PATCH", "PATCH"]);
});

test("[DV19] a multi-select choice is written as one text, and cleared by null", async () => {
  const { crm, server } = await known({ paths: ["new_areas"] });
  server.reply({ body: aRow() });
  await crm.update(OPPORTUNITY_ID, VERSION, changing({ new_areas: [2, 3] }));
  await crm.update(OPPORTUNITY_ID, VERSION, changing({ new_areas: [] }));
  expect(server.requests.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    { new_areas: "2,3" },
    { new_areas: null },
  ]);
});

/** The adapter after it read the opportunity once. */
async function known(options: FixtureOptions, columns: Parameters<typeof aRow>[0] = {}): Promise<CrmFixture> {
  const fixture = await aCrm(options);
  const parentaccountid = { name: "Northwind" };
  const transactioncurrencyid = { isocurrencycode: "EUR" };
  fixture.server.reply({ body: aRow({ ...ROW_WITH_LOOKUPS, parentaccountid, transactioncurrencyid, ...columns }) });
  await fixture.crm.read(OPPORTUNITY_ID);
  fixture.server.requests.splice(0);
  return fixture;
}

function changing(values: OpportunityChanges["values"], section: OpportunityChanges["section"] = {}) {
  return { values, section };
}

function methods(server: CrmFixture["server"]): readonly string[] {
  return server.requests.map(({ method }) => method);
}

/** The requests inside the only batch, without the options of the read. */
function partsOf(server: CrmFixture["server"]): readonly string[] {
  const body = server.requests[0]?.body ?? "";
  return [...body.matchAll(/^(GET|PATCH|POST) \S+\/api\/data\/v9\.2\/(\S+) HTTP/gm)].map(
    ([, method = "", address = ""]) => `${method} ${method === "GET" ? address.split("?")[0] : address}`,
  );
}

function bodiesOf(server: CrmFixture["server"]): readonly unknown[] {
  const body = server.requests[0]?.body ?? "";
  return [...body.matchAll(/^\{.*\}$/gm)].map(([json]) => JSON.parse(json) as unknown);
}
