import type { DataverseSimulator } from "../../../sync-relay/simulator/dataverse/dataverse-simulator";
import { aHookedSimulator, aReceiver, aSimulator, call, created, first, type Receiver } from "./simulated";

function messages(receiver: Receiver): string[] {
  return receiver.received.map((one) => one.body.MessageName);
}

/** Registers endpoint and Update step over the Web API, the way set-up does; returns the ids. */
async function register(
  simulator: DataverseSimulator,
  endpoint: Readonly<Record<string, unknown>>,
  step: Readonly<Record<string, unknown>> = {},
): Promise<{ endpointId: string; stepId: string }> {
  const filter = "primaryobjecttypecode eq 'opportunity' and sdkmessageid/name eq 'Update'";
  const filters = await call(simulator, `GET sdkmessagefilters?$filter=${encodeURIComponent(filter)}`);
  expect(filters.json.value).toHaveLength(1);
  const endpointId = await created(simulator, "serviceendpoints", {
    name: "relay",
    contract: 8,
    connectionmode: 1,
    messagecharset: 1,
    ...endpoint,
  });
  const stepId = await created(simulator, "sdkmessageprocessingsteps", {
    name: "relay: Update",
    mode: 1,
    stage: 40,
    rank: 1,
    supporteddeployment: 0,
    asyncautodelete: true,
    filteringattributes: "name,estimatedvalue",
    "sdkmessageid@odata.bind": "/sdkmessages(20bebb1b-ea3e-db11-86a7-000a3a5473e8)",
    "sdkmessagefilterid@odata.bind": `/sdkmessagefilters(${first(filters.json.value).sdkmessagefilterid})`,
    "eventhandler_serviceendpoint@odata.bind": `/serviceendpoints(${endpointId})`,
    ...step,
  });
  return { endpointId, stepId };
}

test("[SD30] steps that are registered over the Web API are called, for their message, table and columns", async () => {
  const receiver = await aReceiver();
  const simulator = await aSimulator();
  const { stepId } = await register(simulator, { url: receiver.url, authtype: 4, authvalue: "k" });

  const id = await created(simulator, "opportunities", { name: "Deal" });
  await call(simulator, `PATCH opportunities(${id})`, { body: { description: "not filtered" } });
  await call(simulator, `PATCH accounts(${id})`, { body: { name: "another table" } });
  await call(simulator, `PATCH opportunities(${id})`, { body: { name: "Deal" } });
  await simulator.webhooks.idle();

  expect(messages(receiver)).toEqual(["Update"]);
  expect(receiver.received[0]?.body.OwningExtension).toMatchObject({
    Id: stepId,
    LogicalName: "sdkmessageprocessingstep",
  });
});

test("[SD30] a disabled step, a deleted step and a synchronous step are not called", async () => {
  const receiver = await aReceiver();
  const simulator = await aSimulator();
  const endpoint = { url: receiver.url, authtype: 4, authvalue: "k" };
  const disabled = await register(simulator, endpoint);
  await call(simulator, `PATCH sdkmessageprocessingsteps(${disabled.stepId})`, {
    body: { statecode: 1, statuscode: 2 },
  });
  const deleted = await register(simulator, endpoint);
  await call(simulator, `DELETE sdkmessageprocessingsteps(${deleted.stepId})`);
  await register(simulator, endpoint, { mode: 0 });
  const id = await created(simulator, "opportunities", {});

  await call(simulator, `PATCH opportunities(${id})`, { body: { name: "x" } });
  await simulator.webhooks.idle();

  expect(messages(receiver)).toEqual([]);
});

test("[SD30] the webhook option registers Create, Update and Delete; everybody's writes are announced", async () => {
  const { simulator, receiver } = await aHookedSimulator();
  const id = simulator.records.create("opportunities", { name: "Deal" });
  await simulator.webhooks.idle();
  await call(simulator, `PATCH opportunities(${id})`, { body: { name: "Other" } });
  await simulator.webhooks.idle();
  simulator.records.delete("opportunities", id);
  simulator.records.seed("opportunities", { name: "silent" });
  await simulator.webhooks.idle();

  expect(messages(receiver)).toEqual(["Create", "Update", "Delete"]);
  expect(simulator.webhooks.deliveries.map((one) => one.outcome)).toEqual(["delivered", "delivered", "delivered"]);
});

test("[SD34] webhooks carry the documented headers", async () => {
  const { simulator, receiver } = await aHookedSimulator();
  await created(simulator, "opportunities", {});
  await simulator.webhooks.idle();

  expect(receiver.received[0]?.headers).toMatchObject({
    "content-type": "application/json; charset=utf-8",
    "x-ms-dynamics-organization": new URL(simulator.url).host,
    "x-ms-dynamics-entity-name": "opportunity",
    "x-ms-dynamics-request-name": "Create",
    "x-ms-correlation-request-id": receiver.received[0]?.body.CorrelationId,
    "x-cosell-key": 'a "secret" & more',
  });
});

test.each([
  [4, "s3cret", "/hook?code=s3cret", undefined],
  [5, '<settings><setting name="x-key" value="a&amp;b"/></settings>', "/hook", "a&b"],
  [6, '<settings><setting name="p" value="1"/><setting name="q" value="2"/></settings>', "/hook?p=1&q=2", undefined],
])("[SD34] the secret of authentication type %i goes where it belongs", async (authtype, authvalue, url, header) => {
  const receiver = await aReceiver();
  const simulator = await aSimulator();
  await register(simulator, { url: receiver.url, authtype, authvalue });
  const id = await created(simulator, "opportunities", {});

  await call(simulator, `PATCH opportunities(${id})`, { body: { name: "x" } });
  await simulator.webhooks.idle();

  expect(receiver.received[0]?.url).toBe(url);
  expect(receiver.received[0]?.headers["x-key"]).toBe(header);
});

test("[SD39] a write may bypass steps by id, up to three", async () => {
  const receiver = await aReceiver();
  const simulator = await aSimulator();
  const { stepId } = await register(simulator, { url: receiver.url, authtype: 4, authvalue: "k" });
  const id = await created(simulator, "opportunities", {});
  const patch = (ids: string) =>
    call(simulator, `PATCH opportunities(${id})`, {
      headers: { "mscrm.bypassbusinesslogicexecutionstepids": ids },
      body: { name: "x" },
    });

  expect((await patch(stepId)).status).toBe(204);
  expect((await patch([id, id, id, stepId].join())).status).toBe(400);
  await simulator.webhooks.idle();
  expect(receiver.received).toHaveLength(0);
  expect((await patch(id)).status).toBe(204);
  await simulator.webhooks.idle();
  expect(receiver.received).toHaveLength(1);
});

test("[SD39] bypassing without the privilege is refused with 403 until a role gets the privilege", async () => {
  const simulator = await aSimulator({ settings: { canBypassSteps: false } });
  const id = await created(simulator, "opportunities", {});
  const headers = { "mscrm.bypassbusinesslogicexecutionstepids": id };
  const patch = () => call(simulator, `PATCH opportunities(${id})`, { headers, body: { name: "x" } });

  const refused = await patch();
  expect(refused.status).toBe(403);
  expect(refused.json.error.code).toBe("0x80040220");

  const { json } = await call(simulator, "GET roles?$select=roleid");
  await call(simulator, `POST roles(${first(json.value).roleid})/Microsoft.Dynamics.CRM.AddPrivilegesRole`, {
    body: { Privileges: [{ PrivilegeId: "0ea552b0-a491-4470-9a1b-82068deccf66", Depth: "3" }] },
  });
  expect((await patch()).status).toBe(204);
});

test("[SD39] bypassing all custom asynchronous logic silences webhooks", async () => {
  const { simulator, receiver } = await aHookedSimulator();
  const headers = { "mscrm.bypassbusinesslogicexecution": "CustomSync,CustomAsync" };

  await call(simulator, "POST opportunities", { headers, body: {} });
  await simulator.webhooks.idle();

  expect(receiver.received).toHaveLength(0);
});

test.each([502, 503, 504])("[SD40] after %i there is exactly one more attempt", async (status) => {
  const { simulator, receiver } = await aHookedSimulator();
  receiver.answers.push(status, status);

  await created(simulator, "opportunities", {});
  await simulator.webhooks.idle();

  expect(receiver.received).toHaveLength(2);
  expect(receiver.received[0]?.text).toBe(receiver.received[1]?.text);
  expect(simulator.webhooks.deliveries).toMatchObject([{ outcome: "failed", attempts: 2, status }]);
});

test.each([500, 429, 400, 401, 302])("[SD40] after %i there is no other attempt", async (status) => {
  const { simulator, receiver } = await aHookedSimulator();
  receiver.answers.push(status);

  await created(simulator, "opportunities", {});
  await simulator.webhooks.idle();

  expect(receiver.received).toHaveLength(1);
  expect(simulator.webhooks.deliveries).toMatchObject([{ outcome: "failed", attempts: 1, status }]);
});

test("[SD40] a receiver that does not answer in time gets no other attempt, and the failed job can be queried", async () => {
  const { simulator, receiver } = await aHookedSimulator({ settings: { webhookTimeoutMs: 50 } });
  receiver.answers.push("hang");

  await created(simulator, "opportunities", {});
  await simulator.webhooks.idle();

  expect(receiver.received).toHaveLength(1);
  const [delivery] = simulator.webhooks.deliveries;
  expect(delivery).toMatchObject({ outcome: "failed", status: null });
  const filter = `_owningextensionid_value eq ${delivery?.stepId} and statuscode eq 31`;
  const jobs = await call(
    simulator,
    `GET asyncoperations?$select=friendlymessage&$filter=${encodeURIComponent(filter)}`,
  );
  expect(jobs.json.value).toHaveLength(1);
});

test("[SD40] the job of a success is kept only when the step does not delete its jobs", async () => {
  const receiver = await aReceiver();
  const simulator = await aSimulator();
  const kept = await register(
    simulator,
    { url: receiver.url, authtype: 4, authvalue: "k" },
    { asyncautodelete: false },
  );
  await register(simulator, { url: receiver.url, authtype: 4, authvalue: "k" });
  const id = await created(simulator, "opportunities", {});
  await call(simulator, `PATCH opportunities(${id})`, { body: { name: "x" } });
  await simulator.webhooks.idle();

  const jobs = await call(simulator, "GET asyncoperations");

  expect(jobs.json.value).toMatchObject([{ statuscode: 30, _owningextensionid_value: kept.stepId }]);
});

test("[SD41] deliveries can be lost, switched off and duplicated", async () => {
  const { simulator, receiver } = await aHookedSimulator();
  const { webhooks } = simulator.faults;

  webhooks.loseShare = 1;
  await created(simulator, "opportunities", {});
  webhooks.loseShare = 0;
  webhooks.enabled = false;
  await created(simulator, "opportunities", {});
  await simulator.webhooks.idle();
  expect(receiver.received).toHaveLength(0);
  expect(simulator.webhooks.deliveries.map((one) => one.outcome)).toEqual(["lost", "lost"]);

  webhooks.enabled = true;
  webhooks.duplicateShare = 1;
  await created(simulator, "opportunities", {});
  await simulator.webhooks.idle();
  expect(receiver.received).toHaveLength(2);
  expect(receiver.received[0]?.text).toBe(receiver.received[1]?.text);
});

test("[SD41] the same seed loses and shuffles the same deliveries", async () => {
  const waits = async (seed: number) => {
    const slept: number[] = [];
    const clock = { now: () => 0, sleep: (delayMs: number) => Promise.resolve(void slept.push(delayMs)) };
    const { simulator } = await aHookedSimulator({ seed, clock });
    Object.assign(simulator.faults.webhooks, { loseShare: 0.3, delayMs: 100, shuffleWithinMs: 1000 });
    for (let n = 0; n < 20; n += 1) simulator.records.create("opportunities", {});
    await simulator.webhooks.idle();
    return { slept, outcomes: simulator.webhooks.deliveries.filter((one) => one.outcome === "lost").length };
  };

  const once = await waits(7);

  expect(await waits(7)).toEqual(once);
  expect(await waits(8)).not.toEqual(once);
  expect(once.outcomes).toBeGreaterThan(0);
  expect(Math.min(...once.slept)).toBeGreaterThanOrEqual(100);
  expect([...once.slept].sort((a, b) => a - b)).not.toEqual(once.slept);
});

test("[SD42] winning is announced as an Update with state and reason, unless the environment is set otherwise", async () => {
  const { simulator, receiver } = await aHookedSimulator();
  const announced = simulator.records.create("opportunities", {});
  simulator.records.close(announced, "won");
  simulator.settings.closeRaisesUpdate = false;
  const second = simulator.records.create("opportunities", {});
  simulator.records.close(second, "lost");
  await simulator.webhooks.idle();

  const updates = receiver.received.filter((one) => one.body.MessageName === "Update");

  expect(updates.map((one) => one.body.PrimaryEntityId)).toEqual([announced]);
  const keys = updates[0]?.body.InputParameters[0].value.Attributes.map((one) => one.key);
  expect(keys).toEqual(expect.arrayContaining(["statecode", "statuscode", "actualvalue"]));
});
