import { aCrm, aRow, type CrmFixture, OPPORTUNITY_ID, stopServers } from "./crm-fixture";
import { refusal, type Reply } from "./recording-server";

afterEach(stopServers);

const CHANGES = { values: { name: "x" }, section: {} };

test("[DV40] a request to slow down pauses everybody for as long as asked", async () => {
  const { crm, server, told } = await aCrm();
  const throttled = [
    { status: 429, retryAfter: "12", ms: 12_000 },
    { status: 503, retryAfter: "3", ms: 3_000 },
    { status: 429, retryAfter: "Sat, 02 Jan 2027 03:04:25 GMT", ms: 20_000 },
    { status: 429, retryAfter: "999999999", ms: 3_600_000 },
    { status: 429, retryAfter: "soon", ms: 10_000 },
    { status: 429, retryAfter: null, ms: 10_000 },
  ];
  for (const { status, retryAfter, ms } of throttled) {
    server.reply({
      ...refusal(status, "0x80072322"),
      headers: retryAfter === null ? {} : { "retry-after": retryAfter },
    });
    const details = { httpStatus: status, retryAfterMs: ms };
    await expect(crm.read(OPPORTUNITY_ID)).rejects.toMatchObject({ code: "CS-1002", details });
  }
  expect(told.pausesMs).toEqual(throttled.map(({ ms }) => ms));
  expect(told.waitedSeconds).toEqual(throttled.map(({ ms }) => ms / 1000));
});

test("[DV40] a pause that cannot be shared hides neither the answer nor the time that Dataverse asked for", async () => {
  const { crm, server, told } = await aCrm({ sharesPauses: false });
  server.reply({ ...refusal(429, "0x80072322"), headers: { "retry-after": "5" } });
  await expect(crm.read(OPPORTUNITY_ID)).rejects.toMatchObject({ code: "CS-1002", details: { retryAfterMs: 5_000 } });
  expect(told.waitedSeconds).toEqual([5]);
  expect(told.log.join()).toContain("could not be shared");
});

test("[DV41] a write that may have taken effect is in doubt; a read, or a request never sent, is not", async () => {
  const fates: readonly Reply[] = [
    { status: 500, body: "oops" },
    { status: 503 },
    { status: 302, body: "" },
    { status: 408, body: "" },
    { body: aRow(), cutOff: true },
    { silent: true },
  ];
  const { crm, server } = await aCrm({ timeoutMs: 200 });
  for (const fate of fates) {
    server.reply(fate);
    const inDoubt = { code: "CS-1001", details: { inDoubt: true } };
    await expect(crm.update(OPPORTUNITY_ID, "v", CHANGES)).rejects.toMatchObject(inDoubt);
    const unread = { code: "CS-1001", details: { inDoubt: false } };
    await expect(crm.read(OPPORTUNITY_ID)).rejects.toMatchObject(unread);
  }
  const nowhere = await aCrm({ baseUrl: "http://127.0.0.1:1" });
  await expect(nowhere.crm.update(OPPORTUNITY_ID, "v", CHANGES)).rejects.toMatchObject({
    code: "CS-1001",
    details: { inDoubt: false },
  });
});

test("[DV42] a refused token is renewed once, and no more", async () => {
  const { crm, server, told } = await aCrm();
  server.reply({ status: 401 }, { body: aRow() });
  expect(await crm.read(OPPORTUNITY_ID)).toMatchObject({ kind: "found" });
  expect(told.stale).toEqual(["token-1"]);
  expect(server.requests.map(({ headers }) => headers["authorization"])).toEqual(["Bearer token-1", "Bearer token-2"]);

  server.reply({ status: 401 });
  await expect(crm.read(OPPORTUNITY_ID)).rejects.toMatchObject({ code: "CS-1005", details: { httpStatus: 401 } });
  expect(server.requests).toHaveLength(4);
});

test("[DV43] a refusal becomes the code that says what to do", async () => {
  const { crm, server } = await aCrm();
  const refusals = [
    { reply: refusal(403, "0x80040220"), code: "CS-1005" },
    { reply: refusal(400, "0x80040265"), code: "CS-1004" },
    { reply: refusal(413, "0x80040265"), code: "CS-1004" },
    { reply: refusal(400, "0x80060888", "Could not find a property named 'new_x' on type"), code: "CS-1007" },
    { reply: refusal(400, "0x80048d19", "Invalid property 'new_x' was found in entity"), code: "CS-1007" },
    { reply: refusal(400, "0x80041103"), code: "CS-1007" },
  ];
  for (const { reply, code } of refusals) {
    server.reply(reply);
    await expect(crm.read(OPPORTUNITY_ID)).rejects.toMatchObject({ code });
  }
});

test("[DV44] only Dataverse's own words mean that an opportunity is gone", async () => {
  const { crm, server } = await aCrm();
  server.reply(refusal(404, "0x80040217"));
  expect(await crm.read(OPPORTUNITY_ID)).toEqual({ kind: "missing" });
  for (const reply of [{ status: 404, body: "<html>" }, refusal(404, "0x80060888")]) {
    server.reply(reply);
    await expect(crm.read(OPPORTUNITY_ID)).rejects.toMatchObject({ code: "CS-1001" });
  }
});

test("[DV45] an answer that cannot be understood fails its own call and nothing else", async () => {
  const { crm, server } = await aCrm();
  const answers: readonly Reply[] = [
    { body: '{"half":' },
    { body: "[]" },
    { body: "<html>", headers: { "content-type": "text/html" } },
    { body: aRow({ description: "--batchresponse_ in a customer's text" }) },
    { body: '{"name":"a row without id"}' },
  ];
  for (const answer of answers) {
    server.reply(answer);
    await expect(crm.read(OPPORTUNITY_ID)).rejects.toMatchObject({ code: "CS-1001" });
  }
  server.reply({ body: aRow() });
  expect(await crm.read(OPPORTUNITY_ID)).toMatchObject({ kind: "found" });
});

test("[DV45] a refusal in a shape that nobody knows counts by its status", async () => {
  const { crm, server } = await aCrm();
  const shapes = ["[]", "null", "7", '"words"', '{"error":7}', '[{"a":1}]', '{"error":{"message":{"x":1}}}'];
  const statuses = { 400: "CS-1004", 401: "CS-1005", 403: "CS-1005", 404: "CS-1001", 429: "CS-1002", 500: "CS-1001" };
  for (const [status, code] of Object.entries(statuses)) {
    for (const body of shapes) {
      server.reply({ status: Number(status), body });
      await expect(crm.read(OPPORTUNITY_ID)).rejects.toMatchObject({ code });
    }
  }
});

test("[DV45] an answer without end is broken off, and the next one is read", async () => {
  const { crm, server } = await aCrm();
  server.reply({ body: aRow({ description: "x".repeat(9 * 1024 * 1024) }) });
  await expect(crm.read(OPPORTUNITY_ID)).rejects.toMatchObject({ code: "CS-1001" });
  server.reply({ body: aRow() });
  expect(await crm.read(OPPORTUNITY_ID)).toMatchObject({ kind: "found" });
});

test("[DV45] an answer that is slow to read is not read", async () => {
  const { crm, server } = await aCrm();
  // The library takes a second and more for it.
  server.reply({ body: JSON.stringify({ value: Array.from({ length: 500 }, () => "A".repeat(5_000)) }) });
  await expect(crm.whoAmI()).rejects.toMatchObject({
    code: "CS-1001",
    details: { cause: { cause: new Error("the answer is too large") } },
  });
});

test("[DV46] every call is budgeted and counted, and what Dataverse said stays out of the log", async () => {
  const { crm, server, told } = await aCrm();
  server.reply({ body: aRow() }, refusal(400, "0x80040265"), { status: 500, body: "Contoso" }, { body: "{" });
  await crm.read(OPPORTUNITY_ID);
  for (let n = 0; n < 3; n += 1) await crm.read(OPPORTUNITY_ID).catch(() => undefined);
  expect([told.entered(), told.ended()]).toEqual([4, 4]);
  const name = "cosell_upstream_requests_total";
  expect(told.counted).toEqual(
    ["200", "400", "500", "none"].map((code) => ({ name, api: "dataverse", op: "read", code })),
  );
  expect(told.log).toHaveLength(3);
  expect(told.log.join()).toContain("0x80040265");
  expect(told.log.join()).not.toContain("Contoso");
});

test("[DV47] at most ten requests are in flight", async () => {
  const { crm, server } = await aCrm();
  server.reply({ body: aRow() });
  const release = server.hold();
  const reads = Array.from({ length: 25 }, () => crm.read(OPPORTUNITY_ID));
  await reached(server, 10);
  release();
  expect(await Promise.all(reads)).toHaveLength(25);
  expect(server.mostInFlight()).toBe(10);
});

async function reached(server: CrmFixture["server"], count: number): Promise<void> {
  while (server.requests.length < count) await new Promise((resolve) => setImmediate(resolve));
}
