import { relayRoleName } from "../../../solution/schema/webhook-steps";
import { environmentIds } from "../../../sync-relay/simulator/dataverse/environment";
import { sdkMessageIds } from "../../../sync-relay/simulator/dataverse/seed";
import type { DataverseSimulator } from "../../../sync-relay/simulator/dataverse/dataverse-simulator";
import { aSimulator, call, created, first } from "./simulated";

const { administratorUser, humanUser, applicationUser, businessUnit, relayRole, administratorRole } = environmentIds;

/** A simulator that looks at roles; the token is the id of the user. */
const strict = () =>
  aSimulator({
    settings: { privileges: "checked" },
    applicationId: null,
    acceptToken: (token) => (token === "stranger" ? "not-a-member" : { userId: token }),
  });
const as = (user: string) => ({ authorization: `Bearer ${user}` });

test("[SD60] only an administrator writes registrations, users and roles; everybody with a role reads them", async () => {
  const simulator = await strict();
  const body = { name: "E", url: "https://relay.example/hook", contract: 8, authtype: 4, authvalue: "s" };
  const refused = await call(simulator, "POST serviceendpoints", { body, headers: as(humanUser) });
  expect(refused.status).toBe(403);
  expect(refused.json.error.code).toBe("0x80040220");
  expect((await call(simulator, "GET serviceendpoints", { headers: as(humanUser) })).status).toBe(200);
  expect((await call(simulator, "POST serviceendpoints", { body, headers: as(administratorUser) })).status).toBe(204);
  const user = { fullname: "X", "businessunitid@odata.bind": `/businessunits(${businessUnit})` };
  expect((await call(simulator, "POST systemusers", { body: user, headers: as(humanUser) })).status).toBe(403);
});

test("[SD60] a user without any role may only ask who it is, and a stranger not even that", async () => {
  const simulator = await strict();
  const nobody = as(applicationUser);
  expect((await call(simulator, "GET WhoAmI()", { headers: nobody })).status).toBe(200);
  expect((await call(simulator, "GET opportunities", { headers: nobody })).status).toBe(403);
  const stranger = await call(simulator, "GET WhoAmI()", { headers: as("stranger") });
  expect(stranger.status).toBe(403);
  expect(stranger.json.error.code).toBe("0x80072560");
});

async function anApplicationUser(simulator: DataverseSimulator): Promise<string> {
  return created(simulator, "systemusers", {
    applicationid: "0f4b3c7e-1111-4a8e-9d7e-0a6a4e6b7c01",
    "businessunitid@odata.bind": `/businessunits(${businessUnit})`,
  });
}

test("[SD61] an application user needs a business unit, and there is one for an app registration", async () => {
  const simulator = await aSimulator();
  const applicationid = "0f4b3c7e-1111-4a8e-9d7e-0a6a4e6b7c01";
  expect((await call(simulator, "POST systemusers", { body: { applicationid } })).status).toBe(400);
  await anApplicationUser(simulator);
  const body = { applicationid, "businessunitid@odata.bind": `/businessunits(${businessUnit})` };
  expect((await call(simulator, "POST systemusers", { body })).status).toBe(400);
  const { json } = await call(simulator, `GET systemusers?$filter=applicationid eq ${applicationid}`);
  expect(json.value).toHaveLength(1);
  expect(first(json.value)["fullname"]).toBe("# 0f4b3c7e");
});

test("[SD62] roles are given and taken by reference, once each, and only those of the user's business unit", async () => {
  const simulator = await aSimulator();
  const user = await anApplicationUser(simulator);
  const path = `systemusers(${user})/systemuserroles_association`;
  const body = { "@odata.id": `${simulator.url}/api/data/v9.2/roles(${relayRole})` };
  expect((await call(simulator, `POST ${path}/$ref`, { body })).status).toBe(204);
  expect((await call(simulator, `POST ${path}/$ref`, { body })).status).toBe(204);
  const names = async () => (await call(simulator, `GET ${path}?$select=name`)).json.value.map(({ name }) => name);
  expect(await names()).toEqual([relayRoleName]);
  expect((await call(simulator, `DELETE ${path}(${relayRole})/$ref`)).status).toBe(204);
  expect((await call(simulator, `DELETE ${path}(${relayRole})/$ref`)).status).toBe(404);
  expect(await names()).toEqual([]);
  const unit = await created(simulator, "businessunits", { name: "Other" });
  const move = { "businessunitid@odata.bind": `/businessunits(${unit})` };
  await call(simulator, `PATCH roles(${administratorRole})`, { body: move });
  const foreign = { "@odata.id": `/roles(${administratorRole})` };
  expect((await call(simulator, `POST ${path}/$ref`, { body: foreign })).status).toBe(400);
  expect((await call(simulator, `POST ${path}/$ref`, { body: {} })).status).toBe(400);
});

const endpoint = { name: "E", url: "https://relay.example/hook", contract: 8, authtype: 5 };

test.each([
  ["no settings", undefined],
  ["a bare key", "secret"],
  ["an unescaped &", '<settings><setting name="a" value="b & c" /></settings>'],
  ["an open quote", '<settings><setting name="a" value="b /></settings>'],
])("[SD63] an endpoint with headers whose value has %s is refused", async (_what, authvalue) => {
  const simulator = await aSimulator();
  const refused = await call(simulator, "POST serviceendpoints", { body: { ...endpoint, authvalue } });
  expect(refused.status).toBe(400);
  expect(refused.json.error.message).toBe("AuthValue is Invalid");
  const good = '<settings><setting name="a" value="b &amp; &quot;c" /></settings>';
  expect((await call(simulator, "POST serviceendpoints", { body: { ...endpoint, authvalue: good } })).status).toBe(204);
});

test("[SD63] an endpoint without an absolute address is refused", async () => {
  const simulator = await aSimulator();
  const body = { ...endpoint, authtype: 4, authvalue: "s", url: "relay.example/hook" };
  expect((await call(simulator, "POST serviceendpoints", { body })).status).toBe(400);
});

/** A step for a message, with its endpoint; `changes` go into its body. */
async function aStep(simulator: DataverseSimulator, message: keyof typeof sdkMessageIds, changes: object = {}) {
  const endpointId = await created(simulator, "serviceendpoints", { ...endpoint, authtype: 4, authvalue: "s" });
  const body = {
    name: message,
    mode: 1,
    stage: 40,
    "sdkmessageid@odata.bind": `/sdkmessages(${sdkMessageIds[message]})`,
    "eventhandler_serviceendpoint@odata.bind": `/serviceendpoints(${endpointId})`,
    ...changes,
  };
  const answer = await call(simulator, "POST sdkmessageprocessingsteps", { body });
  const id = /\(([^)]*)\)$/.exec(answer.headers.get("odata-entityid") ?? "")?.[1] ?? "";
  return { status: answer.status, id, endpointId };
}

test("[SD64] filtering columns go with Update only, and a message filter with its message", async () => {
  const simulator = await aSimulator();
  expect((await aStep(simulator, "Update", { filteringattributes: "name" })).status).toBe(204);
  expect((await aStep(simulator, "Create", { filteringattributes: "name" })).status).toBe(400);
  const filters = await call(simulator, `GET sdkmessagefilters?$filter=_sdkmessageid_value eq ${sdkMessageIds.Delete}`);
  const bind = {
    "sdkmessagefilterid@odata.bind": `/sdkmessagefilters(${first(filters.json.value).sdkmessagefilterid})`,
  };
  expect((await aStep(simulator, "Delete", bind)).status).toBe(204);
  expect((await aStep(simulator, "Create", bind)).status).toBe(400);
});

test.each([
  ["Create", 1, "id", 204],
  ["Create", 1, "Id", 204],
  ["Create", 0, "id", 400],
  ["Create", 2, "id", 400],
  ["Create", 1, "Target", 400],
  ["Update", 0, "Target", 204],
  ["Update", 1, "Target", 204],
  ["Update", 1, "id", 400],
  ["Delete", 0, "Target", 204],
  ["Delete", 1, "Target", 400],
] as const)("[SD65] an image of %s, kind %i, on %s is answered %i", async (message, imagetype, property, status) => {
  const simulator = await aSimulator();
  const { id } = await aStep(simulator, message);
  const body = {
    name: "I",
    entityalias: "i",
    imagetype,
    messagepropertyname: property,
    "sdkmessageprocessingstepid@odata.bind": `/sdkmessageprocessingsteps(${id})`,
  };
  expect((await call(simulator, "POST sdkmessageprocessingstepimages", { body })).status).toBe(status);
});

test("[SD66] an endpoint that steps call is not deleted; the images of a step go with it", async () => {
  const simulator = await aSimulator();
  const { id, endpointId } = await aStep(simulator, "Update");
  await created(simulator, "sdkmessageprocessingstepimages", {
    name: "I",
    entityalias: "i",
    imagetype: 1,
    messagepropertyname: "Target",
    "sdkmessageprocessingstepid@odata.bind": `/sdkmessageprocessingsteps(${id})`,
  });
  expect((await call(simulator, `DELETE serviceendpoints(${endpointId})`)).status).toBe(400);
  expect((await call(simulator, `DELETE sdkmessageprocessingsteps(${id})`)).status).toBe(204);
  expect((await call(simulator, "GET sdkmessageprocessingstepimages")).json.value).toEqual([]);
  expect((await call(simulator, `DELETE serviceendpoints(${endpointId})`)).status).toBe(204);
});

test("[SD60] a role reads the tables that its privileges name, also through lookups, and a refusal names the missing one", async () => {
  const simulator = await aSimulator({
    settings: { privileges: "checked" },
    acceptToken: (token) => ({ userId: token }),
  });
  const relay = as(applicationUser);
  const statusOf = async (path: string) => (await call(simulator, path, { headers: relay })).status;
  expect(await statusOf("GET opportunities?$expand=parentaccountid($select=name)")).toBe(200);
  expect(await statusOf("GET EntityDefinitions(LogicalName='opportunity')")).toBe(200);
  for (const [path, name] of [
    ["GET solutions?$select=version", "prvReadSolution"],
    ["GET opportunities?$expand=ownerid($expand=businessunitid($select=name))", "prvReadBusinessUnit"],
    [`GET systemusers(${applicationUser})/systemuserroles_association`, "prvReadRole"],
    [`DELETE opportunities(${applicationUser})`, "prvDeleteOpportunity"],
    [`PATCH accounts(${applicationUser})`, "prvWriteAccount"],
  ] as const) {
    const refused = await call(simulator, path, { headers: relay });
    expect([path, refused.status, refused.json.error.code]).toEqual([path, 403, "0x80040220"]);
    expect(refused.json.error.message).toContain(`is missing ${name} privilege`);
  }
  const [privilege] = simulator.records.list("privileges").filter(({ name }) => name === "prvReadSolution");
  simulator.records.seed("roleprivilegescollection", {
    roleid: relayRole,
    privilegeid: privilege?.["privilegeid"] ?? null,
  });
  expect(await statusOf("GET solutions?$select=version")).toBe(200);
});
