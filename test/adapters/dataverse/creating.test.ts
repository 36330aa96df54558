import type { NewOpportunity } from "../../../sync-relay/src/ports/crm";
import { ACCOUNT_ID, aCrm, aRow, type CrmFixture, OPPORTUNITY_ID, stopServers } from "./crm-fixture";
import { batchRefusal, batchReply, refusal } from "./recording-server";

afterEach(stopServers);

const CONTACT_ID = "cc8d9f00-1111-4222-8333-444455556666";
const FOUND_BOTH = {
  body: { value: [{ accountid: ACCOUNT_ID, contact_customer_accounts: [{ contactid: CONTACT_ID }] }] },
};
const FOUND_NONE = { body: { value: [] } };
const CREATED = { status: 204 };

test("[DV20] with a known customer a create is two calls: one query, one batch", async () => {
  const { crm, server } = await aCrm();
  server.reply(FOUND_BOTH, batchReply(1, aRow()));
  expect(await crm.create(OPPORTUNITY_ID, fromReferral())).toMatchObject({ kind: "created" });
  expect(calls(server)).toEqual(["GET accounts", "POST $batch"]);
  expect(partsOf(server)).toEqual([`PATCH opportunities(${OPPORTUNITY_ID})?tag=cosell-relay`]);
  expect(server.requests[1]?.body).toContain("If-None-Match: *");
  expect(bodyOf(server)).toEqual({
    name: "Data platform",
    estimatedvalue: 50000,
    isrevenuesystemcalculated: false,
    cosell_syncwithpartnercenter: true,
    cosell_referralidentifier: "R-1",
    "parentaccountid@odata.bind": `/accounts(${ACCOUNT_ID})`,
    "parentcontactid@odata.bind": `/contacts(${CONTACT_ID})`,
  });
});

test("[DV21] the oldest active account that matches counts, and its contact is looked for in the same query", async () => {
  const { crm, server } = await aCrm();
  server.reply(FOUND_BOTH, batchReply(1, aRow()));
  await crm.create(OPPORTUNITY_ID, fromReferral());
  expect(server.requests[0]?.address).toBe(
    "/api/data/v9.2/accounts?$select=accountid" +
      "&$filter=name eq 'O''Hara & Sons' and address1_postalcode eq '75001' and statecode eq 0" +
      "&$orderby=createdon asc&$top=1" +
      "&$expand=contact_customer_accounts($select=contactid" +
      ";$filter=emailaddress1 eq 'ada+1@ohara.example' and statecode eq 0;$orderby=createdon asc;$top=1)",
  );
  expect(server.requests[0]?.url).toContain("O%27%27Hara%20%26%20Sons");
});

test("[DV22] a new customer is created under ids that its match values alone decide, only if absent", async () => {
  const first = await aCrm();
  first.server.reply(FOUND_NONE, CREATED, CREATED, batchReply(1, aRow()));
  await first.crm.create(OPPORTUNITY_ID, fromReferral());
  const second = await aCrm();
  second.server.reply(FOUND_NONE, refusal(412, "0x80060892"), refusal(412, "0x80060892"), batchReply(1, aRow()));
  const other = { ...fromReferral({ "parentcontactid.lastname": "Martin" }), section: { referralId: "R-2" } };
  expect(await second.crm.create(ACCOUNT_ID, other)).toMatchObject({ kind: "created" });

  for (const { server } of [first, second]) {
    expect(calls(server).map((call) => call.replace(/\(.*/, ""))).toEqual([
      "GET accounts",
      "PATCH accounts",
      "PATCH contacts",
      "POST $batch",
    ]);
    expect(server.requests[1]?.headers).toMatchObject({ "if-none-match": "*" });
  }
  const paths = (fixture: CrmFixture): readonly string[] => calls(fixture.server).slice(0, 3);
  expect(paths(first)).toEqual(paths(second));
  const account = JSON.parse(first.server.requests[1]?.body ?? "") as unknown;
  expect(account).toEqual({ name: "O'Hara & Sons", address1_postalcode: "75001" });
  const contact = JSON.parse(first.server.requests[2]?.body ?? "") as Record<string, unknown>;
  const accountKey = /accounts\(([^)]+)\)/.exec(calls(first.server)[1] ?? "")?.[1] ?? "none";
  expect(contact).toEqual({
    emailaddress1: "ada+1@ohara.example",
    lastname: "Dupont",
    "parentcustomerid_account@odata.bind": `/accounts(${accountKey})`,
  });
});

test("[DV23] an opportunity without a customer is created alone, and a contact without an account by itself", async () => {
  const alone = await aCrm();
  alone.server.reply(batchReply(1, aRow()));
  await alone.crm.create(OPPORTUNITY_ID, { values: { name: "x", "parentaccountid.name": null }, section: {} });
  expect(calls(alone.server)).toEqual(["POST $batch"]);

  const contact = await aCrm();
  contact.server.reply({ body: { value: [{ contactid: CONTACT_ID }] } }, batchReply(1, aRow()));
  const values = { name: "x", "parentcontactid.emailaddress1": "ada@ohara.example" };
  await contact.crm.create(OPPORTUNITY_ID, { values, section: {} });
  expect(calls(contact.server)).toEqual(["GET contacts", "POST $batch"]);
  expect(bodyOf(contact.server)).toMatchObject({ "parentcontactid@odata.bind": `/contacts(${CONTACT_ID})` });
});

test("[DV24] a create in a closed stage opens the row and closes it in the same batch", async () => {
  const { crm, server } = await aCrm();
  server.reply(FOUND_BOTH, batchReply(2, aRow({ statecode: 1, statuscode: 3 })));
  await crm.create(OPPORTUNITY_ID, fromReferral({ statuscode: 3 }));
  expect(partsOf(server)).toEqual([
    `PATCH opportunities(${OPPORTUNITY_ID})?tag=cosell-relay`,
    "POST WinOpportunity?tag=cosell-relay",
  ]);
  expect(bodyOf(server)).not.toHaveProperty("statuscode");
});

test("[DV25] a failed condition is an earlier try only when the opportunity is there", async () => {
  const { crm, server } = await aCrm();
  server.reply(FOUND_BOTH, batchRefusal(412, "0x80060892"), { body: aRow() });
  expect(await crm.create(OPPORTUNITY_ID, fromReferral())).toEqual({ kind: "exists" });
  server.reply(FOUND_BOTH, batchRefusal(412, "0x80060892"), refusal(404, "0x80040217"));
  await expect(crm.create(OPPORTUNITY_ID, fromReferral())).rejects.toMatchObject({ code: "CS-1004" });
});

function fromReferral(values: NewOpportunity["values"] = {}): NewOpportunity {
  return {
    values: {
      name: "Data platform",
      estimatedvalue: 50000,
      "parentaccountid.name": "O'Hara & Sons",
      "parentaccountid.address1_postalcode": "75001",
      "parentaccountid.address1_country": null,
      "parentcontactid.emailaddress1": "ada+1@ohara.example",
      "parentcontactid.lastname": "Dupont",
      ...values,
    },
    section: { syncOn: true, referralId: "R-1" },
  };
}

function calls(server: CrmFixture["server"]): readonly string[] {
  return server.requests.map(({ method, url }) => `${method} ${url.replace("/api/data/v9.2/", "").split("?")[0]}`);
}

function partsOf(server: CrmFixture["server"]): readonly string[] {
  const body = server.requests.at(-1)?.body ?? "";
  return [...body.matchAll(/^((?:PATCH|POST) )\S+\/api\/data\/v9\.2\/(\S+) HTTP/gm)].map(
    ([, method = "", address = ""]) => method + address,
  );
}

function bodyOf(server: CrmFixture["server"]): unknown {
  return JSON.parse(/^\{.*\}$/m.exec(server.requests.at(-1)?.body ?? "")?.[0] ?? "null");
}
