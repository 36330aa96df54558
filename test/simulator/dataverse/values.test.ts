import { helpOptions } from "../../../solution/schema/help-options";
import { aSimulator, call, created, first } from "./simulated";

test.each([
  [{ estimatedvalue: "5" }, "0x80048d19"],
  [{ estimatedvalue: -1 }, "0x8004432f"],
  [{ name: 5 }, "0x80048d19"],
  [{ name: "x".repeat(301) }, "0x80044331"],
  [{ cosell_syncmessage: "x".repeat(1001) }, "0x80044331"],
  [{ cosell_helprequired: 1 }, "0x8004431a"],
  [{ opportunityratingcode: 1.5 }, "0x80048d19"],
  [{ cosell_syncwithpartnercenter: "yes" }, "0x80048d19"],
  [{ estimatedclosedate: "2026-02-30" }, "0x80048d19"],
  [{ estimatedclosedate: "2026-02-03T10:00:00Z" }, "0x80048d19"],
  [{ cosell_lastsyncedon: "yesterday" }, "0x80048d19"],
  [{ closeprobability: 101 }, "0x8004432f"],
  [{ closeprobability: 1.5 }, "0x80048d19"],
  [{ opportunityid: "no-guid" }, "0x80048d19"],
])("[SD13] %j is refused with 400 and %s", async (body, code) => {
  const simulator = await aSimulator();

  const answer = await call(simulator, "POST opportunities", { body });

  expect(answer.status).toBe(400);
  expect(answer.json.error.code).toBe(code);
});

test("[SD13] values are stored in the server's own form", async () => {
  const simulator = await aSimulator();
  const help = helpOptions[2]?.value;
  const id = await created(simulator, "opportunities", {
    description: "",
    estimatedvalue: 10.005,
    estimatedclosedate: "2026-02-03",
    cosell_lastsyncedon: "2026-02-03T10:11:12.345+02:00",
    cosell_helprequired: help,
    closeprobability: null,
  });

  expect((await call(simulator, `GET opportunities(${id})`)).json).toMatchObject({
    description: null,
    estimatedvalue: 10.01,
    estimatedclosedate: "2026-02-03",
    cosell_lastsyncedon: "2026-02-03T08:11:12Z",
    cosell_helprequired: help,
    cosell_syncwithpartnercenter: false,
    closeprobability: null,
  });
});

test("[SD13] a multi-select choice is written and read as numbers with commas", async () => {
  const options = [
    { value: 1, label: "One" },
    { value: 2, label: "Two" },
    { value: 9, label: "Nine" },
  ];
  const simulator = await aSimulator({
    opportunityColumns: [
      {
        name: "contoso_areas",
        type: { kind: "multi-choice", options },
        writable: "always",
        readable: true,
        defaultValue: null,
      },
    ],
  });
  const id = await created(simulator, "opportunities", { name: "Deal", contoso_areas: "9, 1" });

  const { json } = await call(simulator, `GET opportunities(${id})`, {
    headers: { prefer: 'odata.include-annotations="*"' },
  });
  const filter = "Microsoft.Dynamics.CRM.ContainValues(PropertyName='contoso_areas',PropertyValues=['9'])";
  const found = await call(simulator, `GET opportunities?$filter=${encodeURIComponent(filter)}`);

  expect(json["contoso_areas"]).toBe("1,9");
  expect(json["contoso_areas@OData.Community.Display.V1.FormattedValue"]).toBe("One; Nine");
  expect(found.json.value).toHaveLength(1);
  expect((await call(simulator, "POST opportunities", { body: { contoso_areas: "1,3" } })).status).toBe(400);
});

test("[SD14] the platform fills in owner, currency, rate and the amount in base currency", async () => {
  const simulator = await aSimulator();
  const currencies = await call(simulator, "GET transactioncurrencies?$filter=isocurrencycode eq 'EUR'");
  const euro = first(currencies.json.value);
  const id = await created(simulator, "opportunities", {
    estimatedvalue: 92,
    "transactioncurrencyid@odata.bind": `/transactioncurrencies(${euro.transactioncurrencyid})`,
  });
  const plain = await created(simulator, "opportunities", { estimatedvalue: 92 });

  const { json } = await call(simulator, `GET opportunities(${id})`);
  const inBase = await call(simulator, `GET opportunities(${plain})?$expand=transactioncurrencyid`);

  expect(json).toMatchObject({
    estimatedvalue_base: 100,
    exchangerate: 0.92,
    _ownerid_value: simulator.users.application,
  });
  expect(inBase.json).toMatchObject({ estimatedvalue_base: 92, transactioncurrencyid: { isocurrencycode: "USD" } });
});

test("[SD14] the customer follows parent account and contact, and the parents follow the customer", async () => {
  const simulator = await aSimulator();
  const account = await created(simulator, "accounts", { name: "Contoso" });
  const contact = await created(simulator, "contacts", { lastname: "Doe" });
  const byParent = await created(simulator, "opportunities", { "parentcontactid@odata.bind": `/contacts(${contact})` });
  const byCustomer = await created(simulator, "opportunities", {
    "customerid_account@odata.bind": `/accounts(${account})`,
  });

  expect((await call(simulator, `GET opportunities(${byParent})`)).json).toMatchObject({
    _customerid_value: contact,
    _contactid_value: contact,
    _accountid_value: null,
  });
  expect((await call(simulator, `GET opportunities(${byCustomer})`)).json["_parentaccountid_value"]).toBe(account);
});

test("[SD14] an estimated value is kept only while the revenue is provided by the user", async () => {
  const simulator = await aSimulator();
  const id = await created(simulator, "opportunities", { estimatedvalue: 10, isrevenuesystemcalculated: false });

  await call(simulator, `PATCH opportunities(${id})`, { body: { isrevenuesystemcalculated: true } });
  await call(simulator, `PATCH opportunities(${id})`, { body: { estimatedvalue: 99 } });

  expect((await call(simulator, `GET opportunities(${id})`)).json["estimatedvalue"]).toBe(10);
});

test("[SD15] every row tells who created and who last wrote it", async () => {
  const simulator = await aSimulator();
  const id = simulator.records.create("opportunities", { name: "Deal" });

  await call(simulator, `PATCH opportunities(${id})`, { body: { name: "Other" } });

  const { json } = await call(simulator, `GET opportunities(${id})?$expand=modifiedby($select=fullname)`);
  expect(json).toMatchObject({
    _createdby_value: simulator.users.human,
    _modifiedby_value: simulator.users.application,
    modifiedby: { fullname: "# Co-sell relay" },
  });
});

test("[SD16] a business rule of the customer changes columns in the same write", async () => {
  const simulator = await aSimulator({
    businessRule: ({ table, sent }) =>
      table === "opportunity" && typeof sent["name"] === "string" ? { name: sent["name"].toUpperCase() } : {},
  });

  const id = await created(simulator, "opportunities", { name: "deal" });

  expect((await call(simulator, `GET opportunities(${id})`)).json.name).toBe("DEAL");
});

test("[SD13] a secret that was written cannot be read back, only that it is set", async () => {
  const simulator = await aSimulator();
  const id = await created(simulator, "serviceendpoints", {
    name: "E",
    url: "http://127.0.0.1/",
    contract: 8,
    authvalue: "s",
  });

  const { json } = await call(simulator, `GET serviceendpoints(${id})`);

  expect(json).not.toHaveProperty("authvalue");
  expect(json["isauthvalueset"]).toBe(true);
  expect((await call(simulator, `GET serviceendpoints(${id})?$select=authvalue`)).status).toBe(400);
});
