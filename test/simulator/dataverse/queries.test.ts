import type { DataverseSimulator } from "../../../sync-relay/simulator/dataverse/dataverse-simulator";
import { aSimulator, call, created, first } from "./simulated";

async function threeDeals(): Promise<DataverseSimulator> {
  const simulator = await aSimulator();
  for (const [name, estimatedvalue, cosell_syncwithpartnercenter] of [
    ["Alpha (1)", 10, true],
    ["beta's", 20, false],
    ["Gamma", 30, true],
  ] as const) {
    await created(simulator, "opportunities", { name, estimatedvalue, cosell_syncwithpartnercenter });
  }
  await created(simulator, "opportunities", { description: "no name" });
  return simulator;
}

async function namesFor(simulator: DataverseSimulator, filter: string): Promise<(string | null)[]> {
  const answer = await call(simulator, `GET opportunities?$select=name&$filter=${encodeURIComponent(filter)}`);
  expect(answer.status).toBe(200);
  return answer.json.value.map((row) => row.name);
}

test("[SD7] $select returns the named columns, the id and the eTag only", async () => {
  const simulator = await threeDeals();

  const { json } = await call(simulator, "GET opportunities?$select=name,_ownerid_value&$top=1");

  expect(Object.keys(first(json.value)).sort()).toEqual(["@odata.etag", "_ownerid_value", "name", "opportunityid"]);
});

test("[SD7] $expand follows lookups, with selected columns and further lookups", async () => {
  const simulator = await aSimulator();
  const contact = await created(simulator, "contacts", { firstname: "Ada", lastname: "Doe" });
  const account = await created(simulator, "accounts", {
    name: "Contoso",
    "primarycontactid@odata.bind": `/contacts(${contact})`,
  });
  const id = await created(simulator, "opportunities", { "parentaccountid@odata.bind": `/accounts(${account})` });

  const { json } = await call(
    simulator,
    `GET opportunities(${id})?$select=name&$expand=parentaccountid($select=name;$expand=primarycontactid($select=fullname)),` +
      `parentcontactid($select=fullname),transactioncurrencyid($select=isocurrencycode),customerid_account($select=name)`,
  );

  expect(json).toMatchObject({
    parentaccountid: { name: "Contoso", primarycontactid: { fullname: "Ada Doe" } },
    parentcontactid: null,
    transactioncurrencyid: { isocurrencycode: "USD" },
    customerid_account: { name: "Contoso" },
  });
  expect(json["parentaccountid"]).not.toHaveProperty("accountnumber");
});

test("[SD7] $expand lists the contacts of an account, filtered", async () => {
  const simulator = await aSimulator();
  const account = await created(simulator, "accounts", { name: "Contoso" });
  for (const emailaddress1 of ["a@contoso.example", "b@contoso.example"]) {
    await created(simulator, "contacts", {
      emailaddress1,
      "parentcustomerid_account@odata.bind": `/accounts(${account})`,
    });
  }
  const expand = "contact_customer_accounts($select=emailaddress1;$filter=emailaddress1 eq 'b@contoso.example')";

  const expanded = await call(simulator, `GET accounts(${account})?$expand=${encodeURIComponent(expand)}`);
  const navigated = await call(simulator, `GET accounts(${account})/contact_customer_accounts?$top=1`);

  expect(expanded.json["contact_customer_accounts"]).toEqual([
    expect.objectContaining({ emailaddress1: "b@contoso.example" }),
  ]);
  expect(navigated.json.value).toHaveLength(1);
});

test.each([
  ["name eq 'gamma'", ["Gamma"]],
  ["name eq 'beta''s'", ["beta's"]],
  ["name ne 'Gamma'", ["Alpha (1)", "beta's", null]],
  ["name eq null", [null]],
  ["name ne null and estimatedvalue ge 20", ["beta's", "Gamma"]],
  ["estimatedvalue lt 20 or estimatedvalue gt 20", ["Alpha (1)", "Gamma"]],
  ["not (estimatedvalue le 20) and name ne null", ["Gamma"]],
  ["name eq 'Gamma' or name eq 'Alpha (1)' and estimatedvalue eq 99", ["Gamma"]],
  ["(name eq 'Gamma' or name eq 'Alpha (1)') and estimatedvalue eq 10", ["Alpha (1)"]],
  ["contains(name,'(1)')", ["Alpha (1)"]],
  ["startswith(name,'GA') or endswith(name,'''s')", ["beta's", "Gamma"]],
  ["cosell_syncwithpartnercenter eq true", ["Alpha (1)", "Gamma"]],
  ["transactioncurrencyid/isocurrencycode eq 'EUR'", []],
  ["createdon gt 2020-01-01T00:00:00Z and name eq 'Gamma'", ["Gamma"]],
  ["Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=[\"Gamma\",'x'])", ["Gamma"]],
])("[SD8] the filter %s finds %j", async (filter, names) => {
  expect(await namesFor(await threeDeals(), filter)).toEqual(names);
});

test("[SD8] a lookup compares with a GUID", async () => {
  const simulator = await aSimulator();
  const account = await created(simulator, "accounts", { name: "Contoso" });
  await created(simulator, "opportunities", { name: "A", "parentaccountid@odata.bind": `/accounts(${account})` });
  await created(simulator, "opportunities", { name: "B" });

  expect(await namesFor(simulator, `_parentaccountid_value eq ${account}`)).toEqual(["A"]);
  expect(await namesFor(simulator, `parentaccountid/name eq 'contoso'`)).toEqual(["A"]);
});

test.each([
  "name eq",
  "name like 'x'",
  "name eq 5",
  "estimatedvalue eq '5'",
  "(name eq 'x'",
  "name eq 'x' name",
  "name eq 'x",
  "name gt null",
  "upper(name) eq 'X'",
  `${"(".repeat(200)}name eq 'x'${")".repeat(200)}`,
])("[SD8] the filter %s is refused with 400", async (filter) => {
  const simulator = await aSimulator();
  expect((await call(simulator, `GET opportunities?$filter=${encodeURIComponent(filter)}`)).status).toBe(400);
});

test("[SD9] $orderby and $top sort and cut, $count counts", async () => {
  const simulator = await threeDeals();

  const { json } = await call(simulator, "GET opportunities?$orderby=estimatedvalue desc,name&$top=2&$count=true");
  const count = await call(simulator, "GET opportunities/$count");

  expect(json.value.map((row) => row.name)).toEqual(["Gamma", "beta's"]);
  expect(json["@odata.count"]).toBe(2);
  expect(count.text).toBe("4");
});

test("[SD9] odata.maxpagesize cuts a result into pages that the next links lead through", async () => {
  const simulator = await threeDeals();
  const headers = { prefer: "odata.maxpagesize=3" };

  const page = await call(simulator, "GET opportunities?$select=name&$filter=statecode eq 0", { headers });
  const second = await call(simulator, `GET ${page.json["@odata.nextLink"]}`, { headers });

  expect(page.json.value).toHaveLength(3);
  expect(second.json.value).toHaveLength(1);
  expect(second.json["@odata.nextLink"]).toBeUndefined();
});

test("[SD10] annotations come when asked for: labels, names of lookups and their table and navigation property", async () => {
  const simulator = await aSimulator();
  const account = await created(simulator, "accounts", { name: "Contoso" });
  const id = await created(simulator, "opportunities", {
    estimatedvalue: 1234.5,
    cosell_syncwithpartnercenter: true,
    "parentaccountid@odata.bind": `/accounts(${account})`,
  });
  const path = `GET opportunities(${id})?$select=statecode,estimatedvalue,cosell_syncwithpartnercenter,_customerid_value`;

  const all = (await call(simulator, path, { headers: { prefer: 'odata.include-annotations="*"' } })).json;
  const none = (await call(simulator, path)).json;

  const formatted = "OData.Community.Display.V1.FormattedValue";
  expect(all).toMatchObject({
    [`statecode@${formatted}`]: "Open",
    [`estimatedvalue@${formatted}`]: "$1,234.50",
    [`cosell_syncwithpartnercenter@${formatted}`]: "Yes",
    [`_customerid_value@${formatted}`]: "Contoso",
    "_customerid_value@Microsoft.Dynamics.CRM.lookuplogicalname": "account",
    "_customerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty": "customerid_account",
  });
  expect(Object.keys(none).filter((name) => /.@/.test(name))).toEqual([]);
});
