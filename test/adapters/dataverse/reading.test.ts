import { createOpportunityQuery } from "../../../sync-relay/src/adapters/dataverse/opportunity-query";
import { contractFieldMap } from "../../contract/crm-contract";
import { anEntry } from "../../core/mapping/a-field-map";
import { ACCOUNT_ID, aCrm, aRow, OPPORTUNITY_ID, stopServers } from "./crm-fixture";
import { batchReply } from "./recording-server";

afterEach(stopServers);

test("[DV1] one GET reads every mapped path, by select and expand", async () => {
  const paths = [
    "name",
    "new_region",
    "parentaccountid.name",
    "parentaccountid.ownerid.fullname",
    "ownerid.internalemailaddress",
    "customerid.name",
    "new_Partner.new_code",
  ];
  const { crm, server } = await aCrm({ paths });
  server.reply({
    body: aRow({
      new_region: 7,
      parentaccountid: { name: "Northwind", owninguser: { fullname: "Ada Dupont" } },
      owninguser: { internalemailaddress: "ada@contoso.example" },
      customerid_account: null,
      new_Partner: { new_code: "P-1" },
    }),
  });
  const read = await crm.read(OPPORTUNITY_ID);
  expect(read).toMatchObject({
    opportunity: {
      id: OPPORTUNITY_ID,
      version: 'W/"100"',
      createdAt: "2026-12-01T10:00:00Z",
      modifiedAt: "2027-01-01T10:00:00Z",
      values: {
        name: "Fleet renewal",
        new_region: 7,
        "parentaccountid.name": "Northwind",
        "parentaccountid.ownerid.fullname": "Ada Dupont",
        "ownerid.internalemailaddress": "ada@contoso.example",
        "customerid.name": null,
        "new_Partner.new_code": "P-1",
      },
    },
  });
  expect(server.requests).toHaveLength(1);
  const { method, address } = server.requests[0] ?? { method: "", address: "" };
  expect(method).toBe("GET");
  const [path, query = ""] = address.split("?");
  expect(path).toBe(`/api/data/v9.2/opportunities(${OPPORTUNITY_ID})`);
  const [select, expand] = query.split("&");
  expect(select?.replace("$select=", "").split(",")).toEqual(
    expect.arrayContaining([
      "name",
      "new_region",
      "cosell_syncwithpartnercenter",
      "cosell_syncstate",
      "_parentaccountid_value",
      "_owninguser_value",
      "_new_partner_value",
    ]),
  );
  expect(expand).toBe(
    "$expand=parentaccountid($select=name;$expand=owninguser($select=fullname))" +
      ",owninguser($select=internalemailaddress),customerid_account($select=name),new_Partner($select=new_code)",
  );
});

test("[DV2] the co-sell section is read by the schema's columns and option values", async () => {
  const { crm, server } = await aCrm({ paths: ["name"] });
  server.reply({
    body: aRow({
      cosell_syncwithpartnercenter: true,
      cosell_referralidentifier: "R-1",
      cosell_syncstatus: 842130102,
      cosell_lastsyncedon: "2027-01-01T09:00:00Z",
      cosell_audit: null,
    }),
  });
  const section = { syncOn: true, referralId: "R-1", syncStatus: "synced", audit: "", syncMessage: null };
  expect(await crm.read(OPPORTUNITY_ID)).toMatchObject({
    opportunity: { section: { ...section, lastSyncedOn: "2027-01-01T09:00:00Z" } },
  });
});

test("[DV3] a multi-select choice is a list of numbers, and times stay the text that Dataverse sent", async () => {
  const { crm, server } = await aCrm({
    paths: ["new_areas", "new_code", "new_seenon"],
    fieldMap: { toCrm: { create: [anEntry("new_areas", "x", { as: "choices" })], update: [] } },
  });
  server.reply({ body: aRow({ new_areas: "2,3", new_code: "2,3", new_seenon: "2027-01-01T09:00:00Z" }) });
  expect(await crm.read(OPPORTUNITY_ID)).toMatchObject({
    opportunity: { values: { new_areas: [2, 3], new_code: "2,3", new_seenon: "2027-01-01T09:00:00Z" } },
  });
});

test("[DV4] the referral id is encoded in the alternate key, with quotes doubled", async () => {
  const { crm, server } = await aCrm({ paths: ["name"] });
  server.reply({ status: 404, body: { error: { code: "0x80060891", message: "no such key" } } });
  expect(await crm.findByReferral("a'b&c=d,e")).toBeNull();
  expect(server.requests[0]?.url).toContain("opportunities(cosell_referralidentifier='a''b%26c%3Dd%2Ce')?$select=");
});

test("[DV5] a mapping too long for an address is read all the same, in one call", async () => {
  const paths = Array.from({ length: 90 }, (_, n) => `new_columnwithalongname${n}`);
  const { crm, server } = await aCrm({ paths });
  server.reply(batchReply(0, aRow({ new_columnwithalongname89: "here" })));
  expect(await crm.read(OPPORTUNITY_ID)).toMatchObject({
    opportunity: { values: { new_columnwithalongname89: "here" } },
  });
  expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual(["POST /api/data/v9.2/$batch"]);
});

test("[DV6] a path that would change the query is refused when the adapter is made", () => {
  for (const path of ["name&$filter=x", "a..b", "", "parentaccountid.name)", "na me"]) {
    const make = (): unknown => createOpportunityQuery({ ...contractFieldMap, crmPaths: [path] });
    expect(make).toThrow(/^CS-1007/);
  }
});

test("[DV7] the relay learns which user it is", async () => {
  const { crm, server } = await aCrm();
  server.reply({ body: { UserId: ACCOUNT_ID.toUpperCase(), OrganizationId: OPPORTUNITY_ID.toUpperCase() } });
  expect(await crm.whoAmI()).toEqual({ userId: ACCOUNT_ID, organizationId: OPPORTUNITY_ID });
});
