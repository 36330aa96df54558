import { aSimulator, call, created, idIn } from "./simulated";

test("[SD1] WhoAmI tells the user that the token stands for", async () => {
  const human = "5f0d2b6e-7a41-4c1e-9a55-0d6f0c2b1a04";
  const simulator = await aSimulator({ acceptToken: (token) => (token === "good" ? { userId: human } : null) });

  const answer = await call(simulator, "GET WhoAmI", { headers: { authorization: "Bearer good" } });

  expect(answer.json).toMatchObject({ UserId: human });
  expect(Object.keys(answer.json)).toEqual(expect.arrayContaining(["BusinessUnitId", "OrganizationId"]));
});

test.each(["Bearer bad", "Basic good", ""])(
  "[SD1] a request signed in with '%s' is refused with 401",
  async (authorization) => {
    const simulator = await aSimulator({ acceptToken: (token) => (token === "good" ? { userId: "x" } : null) });

    const answer = await call(simulator, "GET WhoAmI", { headers: { authorization } });

    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    expect(answer.json.error.code).toMatch(/^0x/);
  },
);

test("[SD2] creating answers 204 with the address of the row, which can then be read", async () => {
  const simulator = await aSimulator();

  const answer = await call(simulator, "POST opportunities", { body: { name: "Deal" } });

  expect(answer.status).toBe(204);
  expect(answer.text).toBe("");
  const address = answer.headers.get("odata-entityid") ?? "";
  expect(address).toBe(`${simulator.url}/api/data/v9.2/opportunities(${idIn(answer)})`);
  const read = await call(simulator, `GET ${address}`);
  expect(read.json).toMatchObject({ name: "Deal", opportunityid: idIn(answer), statecode: 0, statuscode: 1 });
  expect(read.headers.get("odata-version")).toBe("4.0");
});

test("[SD2] with return=representation creating answers 201 and updating 200, both with the row", async () => {
  const simulator = await aSimulator();
  const headers = { prefer: "return=representation" };

  const create = await call(simulator, "POST opportunities?$select=name", { headers, body: { name: "Deal" } });
  const update = await call(simulator, `PATCH opportunities(${create.json.opportunityid})?$select=name`, {
    headers,
    body: { name: "Other" },
  });

  expect(create.status).toBe(201);
  expect(create.json).toMatchObject({ name: "Deal" });
  expect(create.json).not.toHaveProperty("description");
  expect(update.status).toBe(200);
  expect(update.json).toMatchObject({ name: "Other" });
  expect(update.json["@odata.etag"]).not.toBe(create.json["@odata.etag"]);
});

test("[SD2] deleting answers 204 and the row is gone", async () => {
  const simulator = await aSimulator();
  const id = await created(simulator, "opportunities", { name: "Deal" });

  expect((await call(simulator, `DELETE opportunities(${id})`)).status).toBe(204);

  const read = await call(simulator, `GET opportunities(${id})`);
  expect(read.status).toBe(404);
  expect(read.json.error.code).toBe("0x80040217");
});

test.each([
  ["GET nothings", 404],
  ["GET opportunities?$select=nothing", 400],
  ["GET opportunities?$filter=nothing eq 1", 400],
  ["GET opportunities?$expand=nothing", 400],
  ["GET opportunities?$orderby=nothing", 400],
  ["GET opportunities?$search=x", 400],
  ["GET opportunities?$select=parentaccountid", 400],
  ["PUT opportunities", 405],
  ["GET opportunities(bad)", 400],
])("[SD3] %s is refused with %i and the documented error body", async (line, status) => {
  const simulator = await aSimulator();

  const answer = await call(simulator, line);

  expect(answer.status).toBe(status);
  expect(answer.json).toEqual({
    error: { code: expect.stringMatching(/^0x[0-9a-f]{8}$/), message: expect.any(String) },
  });
});

test.each([
  { nothing: 1 },
  { parentaccountid: "5f0d2b6e-7a41-4c1e-9a55-0d6f0c2b1a04" },
  { "nothing@odata.bind": "/accounts(5f0d2b6e-7a41-4c1e-9a55-0d6f0c2b1a04)" },
  { createdon: "2026-01-01T00:00:00Z" },
  { statecode: 1 },
  "not json",
  "[]",
])("[SD3] a body like %j is refused with 400", async (body) => {
  const simulator = await aSimulator();

  const answer = await call(simulator, "POST opportunities", { body });

  expect(answer.status).toBe(400);
  expect(answer.json.error.code).toMatch(/^0x/);
});

test("[SD4] every write changes the eTag, and a write under an old eTag is refused with 412", async () => {
  const simulator = await aSimulator();
  const id = await created(simulator, "opportunities", { name: "Deal" });
  const first: string = (await call(simulator, `GET opportunities(${id})`)).json["@odata.etag"];
  expect(first).toMatch(/^W\/"\d+"$/);

  const fresh = await call(simulator, `PATCH opportunities(${id})`, {
    headers: { "if-match": first },
    body: { name: "A" },
  });
  const stale = await call(simulator, `PATCH opportunities(${id})`, {
    headers: { "if-match": first },
    body: { name: "B" },
  });
  const staleDelete = await call(simulator, `DELETE opportunities(${id})`, { headers: { "if-match": first } });

  expect(fresh.status).toBe(204);
  expect(stale.status).toBe(412);
  expect(stale.json.error.code).toBe("0x80060882");
  expect(staleDelete.status).toBe(412);
  expect((await call(simulator, `GET opportunities(${id})`)).json.name).toBe("A");
});

test("[SD5] PATCH on an unknown id creates the row under that id", async () => {
  const simulator = await aSimulator();
  const id = "11111111-2222-3333-4444-555555555555";

  const answer = await call(simulator, `PATCH opportunities(${id})`, { body: { name: "Deal" } });

  expect(answer.status).toBe(204);
  expect(idIn(answer)).toBe(id);
  expect((await call(simulator, `GET opportunities(${id})`)).json.name).toBe("Deal");
});

test("[SD5] If-Match: * updates only, If-None-Match: * creates only", async () => {
  const simulator = await aSimulator();
  const id = "11111111-2222-3333-4444-555555555555";
  const patch = (header: string, name: string) =>
    call(simulator, `PATCH opportunities(${id})`, { headers: { [header]: "*" }, body: { name } });

  expect((await patch("if-match", "A")).status).toBe(404);
  expect((await patch("if-none-match", "B")).status).toBe(204);
  const again = await patch("if-none-match", "C");
  expect(again.status).toBe(412);
  expect(again.json.error.code).toBe("0x80040237");
  expect((await call(simulator, `GET opportunities(${id})`)).json.name).toBe("B");
});

test("[SD6] a read under the current eTag answers 304 without a body; 'null' is no condition", async () => {
  const simulator = await aSimulator();
  const id = await created(simulator, "opportunities", { name: "Deal" });
  const etag: string = (await call(simulator, `GET opportunities(${id})`)).json["@odata.etag"];

  const unchanged = await call(simulator, `GET opportunities(${id})`, { headers: { "if-none-match": etag } });
  const plain = await call(simulator, `GET opportunities(${id})`, { headers: { "if-none-match": "null" } });
  await call(simulator, `PATCH opportunities(${id})`, { body: { name: "Other" } });
  const changed = await call(simulator, `GET opportunities(${id})`, { headers: { "if-none-match": etag } });

  expect(unchanged.status).toBe(304);
  expect(unchanged.text).toBe("");
  expect(plain.status).toBe(200);
  expect(changed.status).toBe(200);
});

test("[SD11] a row can be read, changed and created by its alternate key", async () => {
  const simulator = await aSimulator();
  const key = "opportunities(cosell_referralidentifier='R-1')";

  const create = await call(simulator, `PATCH ${key}`, { body: { name: "Deal" } });
  const update = await call(simulator, `PATCH ${key}`, { body: { name: "Other" } });

  expect(idIn(update)).toBe(idIn(create));
  expect((await call(simulator, `GET ${key}?$select=name`)).json.name).toBe("Other");
  expect((await call(simulator, "GET opportunities(cosell_referralidentifier='R-2')")).status).toBe(404);
});

test("[SD11] quotes in a key value are doubled, other characters URL-encoded", async () => {
  const simulator = await aSimulator();
  await created(simulator, "opportunities", { name: "Deal", cosell_referralidentifier: "O'Neil +1" });

  const value = encodeURIComponent("O''Neil +1");

  const answer = await call(simulator, `GET opportunities(cosell_referralidentifier='${value}')`);
  expect(answer.json.name).toBe("Deal");
  const slash = await call(simulator, "GET opportunities(cosell_referralidentifier='a%2Fb')");
  expect(slash.status).toBe(400);
});

test("[SD11] a second row with the same key value is refused with 412, whatever its case; empty keys do not clash", async () => {
  const simulator = await aSimulator();
  await created(simulator, "opportunities", { cosell_referralidentifier: "r-1" });
  await created(simulator, "opportunities", {});
  const other = await created(simulator, "opportunities", {});

  const create = await call(simulator, "POST opportunities", { body: { cosell_referralidentifier: "R-1" } });
  const update = await call(simulator, `PATCH opportunities(${other})`, { body: { cosell_referralidentifier: "r-1" } });

  expect(create.status).toBe(412);
  expect(create.json.error.code).toBe("0x80060892");
  expect(update.status).toBe(412);
});

test("[SD11] a column that is no key cannot address a row", async () => {
  const simulator = await aSimulator();
  expect((await call(simulator, "GET opportunities(name='Deal')")).status).toBe(400);
});

test("[SD12] a bind sets a lookup, which is read as _…_value, and null empties it", async () => {
  const simulator = await aSimulator();
  const account = await created(simulator, "accounts", { name: "Contoso" });
  const id = await created(simulator, "opportunities", { "parentaccountid@odata.bind": `/accounts(${account})` });
  const read = async () => (await call(simulator, `GET opportunities(${id})`)).json;

  expect(await read()).toMatchObject({ _parentaccountid_value: account, _customerid_value: account });

  await call(simulator, `PATCH opportunities(${id})`, { body: { "parentaccountid@odata.bind": null } });
  expect((await read())["_parentaccountid_value"]).toBeNull();
});

test("[SD12] a bind takes full addresses and alternate keys", async () => {
  const simulator = await aSimulator();
  const opportunity = await created(simulator, "opportunities", { cosell_referralidentifier: "R-1" });
  const address = `${simulator.url}/api/data/v9.2/opportunities`;

  const byId = await created(simulator, "opportunitycloses", {
    "opportunityid@odata.bind": `${address}(${opportunity})`,
  });
  const byKey = await created(simulator, "opportunitycloses", {
    "opportunityid@odata.bind": "opportunities(cosell_referralidentifier='R-1')",
  });

  for (const id of [byId, byKey]) {
    expect((await call(simulator, `GET opportunitycloses(${id})`)).json["_opportunityid_value"]).toBe(opportunity);
  }
});

test("[SD12] a bind to a row that does not exist, or to the wrong table, is refused and nothing is written", async () => {
  const simulator = await aSimulator();
  const contact = await created(simulator, "contacts", { lastname: "Doe" });
  const create = (bind: string) =>
    call(simulator, "POST opportunities", { body: { "parentaccountid@odata.bind": bind } });

  expect((await create("/accounts(11111111-2222-3333-4444-555555555555)")).status).toBe(404);
  expect((await create(`/contacts(${contact})`)).status).toBe(400);
  expect((await call(simulator, "GET opportunities")).json.value).toEqual([]);
});

test("[SD12] $ref sets and clears a lookup", async () => {
  const simulator = await aSimulator();
  const account = await created(simulator, "accounts", { name: "Contoso" });
  const id = await created(simulator, "opportunities", {});
  const path = `opportunities(${id})/parentaccountid/$ref`;

  await call(simulator, `PUT ${path}`, {
    body: { "@odata.id": `${simulator.url}/api/data/v9.2/accounts(${account})` },
  });
  expect((await call(simulator, `GET opportunities(${id})/parentaccountid`)).json.name).toBe("Contoso");

  await call(simulator, `DELETE ${path}`);
  expect((await call(simulator, `GET opportunities(${id})/parentaccountid`)).status).toBe(204);
});

test("[SD12] deleting a row empties the lookups that pointed at it", async () => {
  const simulator = await aSimulator();
  const account = await created(simulator, "accounts", { name: "Contoso" });
  const id = await created(simulator, "opportunities", { "parentaccountid@odata.bind": `/accounts(${account})` });

  await call(simulator, `DELETE accounts(${account})`);

  expect((await call(simulator, `GET opportunities(${id})`)).json["_parentaccountid_value"]).toBeNull();
});

test("[SD28] table definitions tell columns, keys and whether changes are tracked", async () => {
  const simulator = await aSimulator();

  const answer = await call(simulator, "GET EntityDefinitions(LogicalName='opportunity')?$expand=Attributes");

  expect(answer.json).toMatchObject({ EntitySetName: "opportunities", ChangeTrackingEnabled: true });
  expect(answer.json["Keys"]).toEqual([
    { KeyAttributes: ["cosell_referralidentifier"], EntityKeyIndexStatus: "Active" },
  ]);
  expect(answer.json["Attributes"]).toEqual(
    expect.arrayContaining([expect.objectContaining({ LogicalName: "estimatedvalue", AttributeType: "Money" })]),
  );
  expect((await call(simulator, "GET EntityDefinitions(LogicalName='nothing')")).status).toBe(404);
});

test("[SD28] a cast brings the columns of one kind with what that kind alone has", async () => {
  const simulator = await aSimulator();
  const attributes = "EntityDefinitions(LogicalName='opportunity')/Attributes";
  const valueOf = async (rest: string): Promise<unknown> =>
    (await call(simulator, `GET ${attributes}${rest}`)).json["value"];
  const cast = "/Microsoft.Dynamics.CRM";

  const reasons = await valueOf(
    `${cast}.StatusAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options)`,
  );
  expect(reasons).toEqual([
    expect.objectContaining({
      OptionSet: { Options: expect.arrayContaining([expect.objectContaining({ Value: 3, State: 1 })]) as unknown },
    }),
  ]);
  const owners = await valueOf(`${cast}.OwnerAttributeMetadata?$select=LogicalName,Targets`);
  expect(owners).toEqual([expect.objectContaining({ LogicalName: "ownerid", Targets: ["systemuser"] })]);
  const memos = await valueOf(`${cast}.MemoAttributeMetadata?$select=LogicalName,MaxLength`);
  expect(memos).toContainEqual(expect.objectContaining({ LogicalName: "cosell_audit", MaxLength: 20_000 }));
  expect((await call(simulator, `GET ${attributes}/Nothing`)).status).toBe(400);
});
