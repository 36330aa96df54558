import { aClient, aSimulator } from "./simulated";

test("[SD22] dynamics-web-api creates, reads, updates, upserts and deletes", async () => {
  const simulator = await aSimulator();
  const client = aClient(simulator);

  const key = await client.create<object, string>({
    collection: "opportunities",
    data: { name: "Deal – ünïcode", estimatedvalue: 5 },
  });
  const read = await client.retrieve({ collection: "opportunities", key, select: ["name"], includeAnnotations: "*" });
  expect(read).toMatchObject({ name: "Deal – ünïcode" });
  await client.update({ collection: "opportunities", key, data: { name: "Other" }, tag: "cosell-relay" });
  const row = await client.upsert({
    collection: "opportunities",
    key: "cosell_referralidentifier='R-1'",
    data: { name: "Upserted" },
    returnRepresentation: true,
  });
  expect(row).toMatchObject({ name: "Upserted", cosell_referralidentifier: "R-1" });
  await client.deleteRecord({ collection: "opportunities", key });

  const list = await client.retrieveMultiple({ collection: "opportunities", select: ["name"], filter: "name ne null" });
  expect(list.value.map((one: { name?: string }) => one.name)).toEqual(["Upserted"]);
  expect(simulator.requests.entries.some((one) => one.path.includes("tag=cosell-relay"))).toBe(true);
});

test("[SD22] dynamics-web-api gets status and code of a refusal", async () => {
  const client = aClient(await aSimulator());
  const key = await client.create<object, string>({ collection: "opportunities", data: {} });

  const update = client.update({ collection: "opportunities", key, data: {}, ifmatch: 'W/"1"' });

  await expect(update).rejects.toMatchObject({ status: 412, code: "0x80060882" });
});

test("[SD22] dynamics-web-api calls functions and actions", async () => {
  const simulator = await aSimulator();
  const client = aClient(simulator);
  const key = await client.create<object, string>({ collection: "opportunities", data: {} });

  const who = await client.callFunction<{ UserId: string }>("WhoAmI");
  await client.callAction({
    actionName: "WinOpportunity",
    action: {
      Status: -1,
      OpportunityClose: {
        "@odata.type": "Microsoft.Dynamics.CRM.opportunityclose",
        "opportunityid@odata.bind": `/opportunities(${key})`,
      },
    },
  });

  expect(who.UserId).toBe(simulator.users.application);
  expect(await client.retrieve({ collection: "opportunities", key })).toMatchObject({ statecode: 1 });
});

test("[SD22] dynamics-web-api follows pages and delta links", async () => {
  const simulator = await aSimulator();
  const client = aClient(simulator);
  for (const name of ["A", "B", "C"]) simulator.records.create("opportunities", { name });

  const all = await client.retrieveAll({ collection: "opportunities", select: ["name"], maxPageSize: 2 });
  const tracked = await client.retrieveMultiple({ collection: "opportunities", select: ["name"], trackChanges: true });
  simulator.records.create("opportunities", { name: "D" });
  const delta = await client.retrieveMultiple({ collection: "opportunities" }, tracked.oDataDeltaLink);

  expect(all.value).toHaveLength(3);
  expect(tracked.value).toHaveLength(3);
  expect(delta.value.map((one: { name?: string }) => one.name)).toEqual(["D"]);
});
