import { helpOptions } from "../../../solution/schema/help-options";
import { aHookedSimulator, aReceiver, aSimulator, call, created, first, type Received } from "./simulated";
import { byKey, contextShape, differences, imageShape, targetShape } from "./webhook-shape";

const CONTRACTS = "http://schemas.microsoft.com/xrm/2011/Contracts";

function last(received: readonly Received[]): Received {
  const one = received.at(-1);
  if (!one) throw new Error("no webhook");
  return one;
}

function attributes(received: Received): Record<string, unknown> {
  return byKey(received.body.InputParameters[0].value.Attributes);
}

test.each(["Create", "Update", "Delete"] as const)(
  "[SD31] the body of a %s has the shape of real captures",
  async (message) => {
    const { simulator, receiver } = await aHookedSimulator();
    const id = await created(simulator, "opportunities", { name: "Deal", estimatedvalue: 5 });
    if (message === "Update") await call(simulator, `PATCH opportunities(${id})`, { body: { name: "Other" } });
    if (message === "Delete") await call(simulator, `DELETE opportunities(${id})`);
    await simulator.webhooks.idle();

    const { body } = last(receiver.received);

    expect(differences(body, contextShape)).toEqual([]);
    expect(differences(body.ParentContext, contextShape)).toEqual([]);
    expect(body).toMatchObject({
      MessageName: message,
      Mode: 1,
      Stage: 40,
      Depth: 1,
      PrimaryEntityName: "opportunity",
      PrimaryEntityId: id,
    });
    expect(body.ParentContext).toMatchObject({ Stage: 30, ParentContext: null });
    expect(body.InputParameters[0].key).toBe("Target");
    const target = body.InputParameters[0].value;
    if (message === "Delete") {
      expect(target).toMatchObject({ __type: `EntityReference:${CONTRACTS}`, Id: id, LogicalName: "opportunity" });
    } else {
      expect(differences(target, targetShape)).toEqual([]);
      expect(target.__type).toBe(`Entity:${CONTRACTS}`);
    }
    expect(body.OutputParameters).toEqual(message === "Create" ? [{ key: "id", value: id }] : []);
  },
);

test("[SD31] values have the typed forms of the captures", async () => {
  const { simulator, receiver } = await aHookedSimulator();
  const account = await created(simulator, "accounts", { name: "Contoso" });
  const help = helpOptions[0]?.value;
  const id = await created(simulator, "opportunities", {
    name: "Deal",
    estimatedvalue: 12.5,
    estimatedclosedate: "2026-02-03",
    cosell_lastsyncedon: "2026-02-03T04:05:06Z",
    cosell_syncwithpartnercenter: true,
    cosell_helprequired: help,
    closeprobability: 40,
    "parentaccountid@odata.bind": `/accounts(${account})`,
  });
  await simulator.webhooks.idle();

  const { body, text } = last(receiver.received);

  expect(attributes(last(receiver.received))).toMatchObject({
    opportunityid: id,
    name: "Deal",
    estimatedvalue: { __type: `Money:${CONTRACTS}`, Value: 12.5 },
    estimatedclosedate: `/Date(${Date.parse("2026-02-03")})/`,
    cosell_lastsyncedon: `/Date(${Date.parse("2026-02-03T04:05:06Z")})/`,
    cosell_syncwithpartnercenter: true,
    cosell_helprequired: { __type: `OptionSetValue:${CONTRACTS}`, Value: help },
    closeprobability: 40,
    parentaccountid: {
      __type: `EntityReference:${CONTRACTS}`,
      Id: account,
      KeyAttributes: [],
      LogicalName: "account",
      Name: null,
      RowVersion: null,
    },
  });
  expect(byKey(body.InputParameters[0].value.FormattedValues)).toMatchObject({
    statecode: "Open",
    estimatedvalue: "$12.50",
  });
  expect(text).toContain("\\/Date(");
  expect(text).not.toMatch(/[^\\]\//);
});

test("[SD32] GUIDs and dates may be wrapped, as other hosts write them", async () => {
  const { simulator, receiver } = await aHookedSimulator({ settings: { scalars: "wrapped" } });
  const id = await created(simulator, "opportunities", { name: "Deal", estimatedclosedate: "2026-02-03" });
  await simulator.webhooks.idle();

  expect(attributes(last(receiver.received))).toMatchObject({
    name: "Deal",
    opportunityid: { __type: "Guid:#System", __value: id },
    estimatedclosedate: { __type: "DateTime:#System", __value: `/Date(${Date.parse("2026-02-03")})/` },
  });
  expect(last(receiver.received).body.PrimaryEntityId).toBe(id);
});

test("[SD33] the target of an Update holds the sent columns and the modification only", async () => {
  const { simulator, receiver } = await aHookedSimulator();
  const id = await created(simulator, "opportunities", { name: "Deal", description: "kept" });
  await call(simulator, `PATCH opportunities(${id})`, { body: { name: "Other" } });
  await simulator.webhooks.idle();

  const received = last(receiver.received);

  expect(Object.keys(attributes(received)).sort()).toEqual(["modifiedby", "modifiedon", "name", "opportunityid"]);
  expect(received.body.InputParameters[0].value.FormattedValues).toEqual([]);
});

test("[SD33] every step gets the primary name image; registered images come beside it, with names of lookups", async () => {
  const receiver = await aReceiver();
  const simulator = await aSimulator({ webhook: { url: receiver.url, headers: {}, filteringAttributes: ["name"] } });
  const steps = await call(simulator, "GET sdkmessageprocessingsteps?$filter=sdkmessageid/name eq 'Update'");
  const step = first(steps.json.value);
  await created(simulator, "sdkmessageprocessingstepimages", {
    name: "Both",
    entityalias: "Both",
    imagetype: 2,
    messagepropertyname: "Target",
    attributes: "name,ownerid",
    "sdkmessageprocessingstepid@odata.bind": `/sdkmessageprocessingsteps(${step.sdkmessageprocessingstepid})`,
  });
  const id = simulator.records.create("opportunities", { name: "Before" });
  simulator.records.update("opportunities", { id, body: { name: "After" } });
  await simulator.webhooks.idle();

  const { body } = last(receiver.received);
  const post = byKey(body.PostEntityImages) as Record<string, { Attributes: { key: string; value: unknown }[] }>;
  const pre = byKey(body.PreEntityImages) as typeof post;

  expect(Object.keys(post)).toEqual(["AsynchronousStepPrimaryName", "Both"]);
  expect(Object.keys(pre)).toEqual(["Both"]);
  for (const image of [...Object.values(post), ...Object.values(pre)])
    expect(differences(image, imageShape)).toEqual([]);
  expect(byKey(post["AsynchronousStepPrimaryName"]?.Attributes ?? [])).toEqual({ name: "After", opportunityid: id });
  expect(byKey(post["Both"]?.Attributes ?? [])).toMatchObject({ name: "After", ownerid: { Name: "Sample Seller" } });
  expect(byKey(pre["Both"]?.Attributes ?? [])).toMatchObject({ name: "Before" });
});

test("[SD35] OperationCreatedOn is moved back by the offset that it carries", async () => {
  const time = Date.parse("2026-01-16T12:52:16Z");
  const clock = { now: () => time, sleep: () => Promise.resolve() };
  for (const [organizationOffsetMinutes, expected] of [
    [120, `/Date(${time - 7_200_000}+0200)/`],
    [-420, `/Date(${time + 25_200_000}-0700)/`],
  ] as const) {
    const { simulator, receiver } = await aHookedSimulator({ clock, settings: { organizationOffsetMinutes } });
    await created(simulator, "opportunities", {});
    await simulator.webhooks.idle();
    expect(last(receiver.received).body.OperationCreatedOn).toBe(expected);
  }
});

test("[SD36] text may arrive as UTF-8 that was read as Windows-1252", async () => {
  const { simulator, receiver } = await aHookedSimulator();
  const name = "€100 Ж";
  await created(simulator, "opportunities", { name });
  simulator.settings.charset = "mojibake";
  await created(simulator, "opportunities", { name });
  await simulator.webhooks.idle();

  const names = receiver.received.map((one) => attributes(one)["name"]);

  expect(names).toContain(name);
  expect(names).toContain("â‚¬100 Ð–");
});

test("[SD37] a body over 256 KB loses its parts with row data and says so in a header", async () => {
  const { simulator, receiver } = await aHookedSimulator();
  const small = await created(simulator, "opportunities", { name: "small" });
  const large = await created(simulator, "opportunities", { cosell_syncstate: "ß".repeat(99_000), description: "x" });
  await simulator.webhooks.idle();
  const of = (id: string) => receiver.received.find((one) => one.body.PrimaryEntityId === id);

  expect(of(large)?.headers["x-ms-dynamics-msg-size-exceeded"]).toBeDefined();
  const gone = ["ParentContext", "InputParameters", "PreEntityImages", "PostEntityImages"];
  for (const key of gone) expect(of(large)?.body).not.toHaveProperty(key);
  expect(of(large)?.body).toMatchObject({ PrimaryEntityName: "opportunity", MessageName: "Create" });
  expect(of(small)?.headers["x-ms-dynamics-msg-size-exceeded"]).toBeUndefined();
});

test("[SD38] a webhook tells who wrote, and the tag of the write unless the environment hides it", async () => {
  const { simulator, receiver } = await aHookedSimulator();
  const id = await created(simulator, "opportunities?tag=cosell-relay", {});
  await simulator.webhooks.idle();
  simulator.settings.tagInSharedVariables = false;
  await call(simulator, `PATCH opportunities(${id})?tag=cosell-relay`, { body: { name: "x" } });
  await simulator.webhooks.idle();
  simulator.records.update("opportunities", { id, body: { name: "y" } });
  await simulator.webhooks.idle();

  const [create, hidden, human] = receiver.received.map((one) => one.body);

  expect(byKey(create?.SharedVariables ?? [])).toMatchObject({ tag: "cosell-relay" });
  expect(byKey(hidden?.SharedVariables ?? [])).not.toHaveProperty("tag");
  expect(create).toMatchObject({ UserId: simulator.users.application, InitiatingUserId: simulator.users.application });
  expect(human).toMatchObject({ UserId: simulator.users.human, InitiatingUserId: simulator.users.human });
});
