import { RECORDED_REQUESTS, createRequestLog } from "../../../sync-relay/simulator/partner-center/request-log";
import type { FaultKind } from "../../../sync-relay/simulator/partner-center/fault-plan";
import { aDeal, aSimulator, clientOf, closeAll, replace, send } from "./started-simulator";

afterEach(closeAll);

test("[SP19] each host answers errors in its own shape, and the gateway in a third", async () => {
  const simulator = await aSimulator();
  const referrals = await clientOf(simulator).read("none");
  expect(referrals.body).toEqual({ error: { code: "itemNotFound", message: expect.any(String) } });
  const events = await send(`${simulator.eventsUrl}/webhooks/v1/registration`);
  expect(events.body).toEqual({ code: "404", description: expect.any(String), data: [], source: expect.any(String) });
  simulator.faults.order({ kind: "throttle", retryAfterSeconds: 57 });
  const gateway = await clientOf(simulator).read("none");
  expect(gateway.headers.get("retry-after")).toBe("57");
  expect(gateway.body).toEqual({ statusCode: 429, message: "Rate limit is exceeded. Try again in 57 seconds." });
});

test("[SP19] a refused token on the webhooks host says which realm", async () => {
  const simulator = await aSimulator({ acceptToken: () => ({ kind: "rejected" }) });
  const { status, headers, body } = await send(`${simulator.eventsUrl}/webhooks/v1/registration`);
  expect([status, body.code]).toEqual([401, "401"]);
  expect(headers.get("www-authenticate")).toMatch(/^OAuth realm=urn:cpsvc:cpid:/);
});

test.each([
  ["DELETE", undefined, {}, 405],
  ["POST", "{", {}, 400],
  ["POST", '{"__proto__":{}}', {}, 400],
  ["POST", "x", { "content-type": "text/plain" }, 415],
  ["POST", '"x"', {}, 400],
  ["PATCH", "[]", { "content-type": "application/json-patch+json" }, 415],
  ["POST", `"${"x".repeat(1_100_000)}"`, {}, 413],
])("[SP19] %s with a request that cannot be read has an error body", async (method, body, headers, status) => {
  const simulator = await aSimulator();
  const { base } = clientOf(simulator);
  const url = method === "PATCH" ? `${base}/${simulator.referrals.newDeal().id}` : base;
  const answer = await send(url, { method, ...(body === undefined ? {} : { body }), headers });
  expect(answer.status).toBe(status);
  expect(answer.body.error.code).toBe("invalidRequest");
});

test("[SP19] every answer carries the request's correlation id, or one of its own", async () => {
  const { read } = clientOf(await aSimulator());
  expect((await read("x", { "MS-CorrelationId": "c-1" })).headers.get("ms-correlationid")).toBe("c-1");
  expect((await read("x")).headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
});

/** The status of a create, 0 when the connection broke, and how many referrals there are after it. */
async function createUnder(kind: FaultKind) {
  const simulator = await aSimulator();
  simulator.faults.order({ kind, delayMs: 20, retryAfterSeconds: 3 });
  const answer = await clientOf(simulator)
    .create(aDeal())
    .catch(() => null);
  return { simulator, answer, count: simulator.referrals.all().length };
}

test.each([
  ["throttle", 429],
  ["server-error", 500],
  ["unavailable", 503],
  ["unauthorized", 401],
  ["html", 502],
  ["drop-before-effect", null],
] as const)("[SP20] %s fails before anything is done", async (kind, status) => {
  const { answer, count, simulator } = await createUnder(kind);
  expect([answer?.status ?? null, count]).toEqual([status, 0]);
  if (kind === "unavailable" || kind === "throttle") expect(answer?.headers.get("retry-after")).toBe("3");
  if (kind === "html") expect(answer?.headers.get("content-type")).toContain("text/html");
  expect((await clientOf(simulator).create(aDeal())).status).toBe(200);
});

test.each([
  ["timeout-after-effect", 504],
  ["drop-after-effect", null],
  ["malformed-json", 200],
  ["unknown-enum", 200],
  ["slow", 200],
] as const)("[SP21] %s: the work is done whatever the caller sees", async (kind, status) => {
  const { answer, count } = await createUnder(kind);
  expect([answer?.status ?? null, count]).toEqual([status, 1]);
  if (kind === "malformed-json") expect(() => JSON.parse(answer?.text ?? "{}") as unknown).toThrow();
  if (kind === "unknown-enum") expect(answer?.body).toMatchObject({ status: "FutureActive", addedNextYear: {} });
});

test("[SP21] a drop after the effect also hits an answer without body", async () => {
  const simulator = await aSimulator();
  const { id } = simulator.referrals.newDeal();
  simulator.faults.order({ kind: "drop-after-effect", method: "PATCH" });
  await expect(clientOf(simulator).patch(id, [replace("/salesStage", "20")])).rejects.toThrow();
  expect(simulator.referrals.get(id)).toMatchObject({ salesStage: "20" });
});

test("[SP22] a late effect lands after the caller has been told of a failure", async () => {
  const { simulator, answer, count } = await createUnder("late-effect");
  expect([answer?.status, count]).toEqual([504, 0]);
  await simulator.settled();
  expect(simulator.referrals.all()).toMatchObject([{ name: "Contoso renewal" }]);
});

test("[SP22] a late update is judged by the state it then finds", async () => {
  const simulator = await aSimulator();
  const { id, eTag } = simulator.referrals.newDeal();
  simulator.faults.order({ kind: "late-effect", delayMs: 20 });
  const { patch } = clientOf(simulator);
  expect((await patch(id, [replace("/salesStage", "20")], { "if-match": eTag })).status).toBe(504);
  simulator.referrals.edit(id, { name: "edited meanwhile" });
  await simulator.settled();
  expect(simulator.referrals.get(id)).toMatchObject({ salesStage: null, name: "edited meanwhile" });
});

test("[SP23] the eTag drifts before the write, which is then refused once", async () => {
  const simulator = await aSimulator();
  const { id, eTag } = simulator.referrals.newDeal();
  simulator.faults.order({ kind: "etag-drift", method: "PATCH" });
  const patch = (tag: string) => clientOf(simulator).patch(id, [replace("/salesStage", "20")], { "if-match": tag });
  expect((await patch(eTag)).status).toBe(412);
  expect((await patch(simulator.referrals.get(id)?.eTag ?? "")).status).toBe(204);
});

test("[SP24] a fault strikes only what it matches, as often as ordered", async () => {
  const simulator = await aSimulator();
  const client = clientOf(simulator);
  simulator.faults.order({ kind: "server-error", count: 2, method: "GET", pathContains: "status eq" });
  expect((await client.list()).status).toBe(200);
  expect((await client.create(aDeal())).status).toBe(200);
  const filtered = () => client.list("$filter=status eq 'Active'");
  expect([(await filtered()).status, (await filtered()).status, (await filtered()).status]).toEqual([500, 500, 200]);
});

test("[SP24] faults are ordered, listed and cleared over HTTP", async () => {
  const simulator = await aSimulator();
  const url = `${simulator.referralsUrl}/simulator/faults`;
  expect((await send(url, { method: "POST", body: { kind: "throttle", count: 2 } })).status).toBe(201);
  expect((await send(url)).body).toMatchObject([{ kind: "throttle", count: 2, retryAfterSeconds: 57 }]);
  expect((await clientOf(simulator).list()).status).toBe(429);
  expect((await send(url, { method: "DELETE" })).status).toBe(204);
  expect((await clientOf(simulator).list()).status).toBe(200);
});

test.each([{ kind: "earthquake" }, { kind: "slow", delayMs: -1 }, { kind: "slow", why: "x" }, []])(
  "[SP24] an order that makes no sense is refused: %j",
  async (body) => {
    const simulator = await aSimulator();
    expect((await send(`${simulator.referralsUrl}/simulator/faults`, { method: "POST", body })).status).toBe(400);
    expect(simulator.faults.waiting()).toEqual([]);
  },
);

test("[SP25] a hidden rate limit refuses what goes beyond it and says how long to wait", async () => {
  let now = 1_800_000_000_000;
  const rateLimit = { capacity: 2, refillPerSecond: 0.5 };
  const simulator = await aSimulator({ nowMs: () => now, settings: { rateLimit } });
  const ask = async () => {
    const { status, headers } = await clientOf(simulator).list();
    return [status, headers.get("retry-after")];
  };
  expect([await ask(), await ask(), await ask()]).toEqual([
    [200, null],
    [200, null],
    [429, "2"],
  ]);
  now += 4_000;
  expect(await ask()).toEqual([200, null]);
});

test("[SP26] requests are recorded with headers, body and outcome until reset", async () => {
  const simulator = await aSimulator();
  simulator.faults.order({ kind: "drop-after-effect", method: "POST" });
  await expect(clientOf(simulator).create(aDeal(), { "MS-CorrelationId": "c-1" })).rejects.toThrow();
  await clientOf(simulator).list("$top=1");
  await send(`${simulator.eventsUrl}/webhooks/v1/registration/events`);
  await fetch(simulator.referralsUrl);
  expect(simulator.requests.all()).toMatchObject([
    { host: "referrals", method: "POST", status: 0, body: aDeal(), headers: { "ms-correlationid": "c-1" } },
    { host: "referrals", method: "GET", url: "/v1.0/engagements/referrals?$top=1", status: 200 },
    { host: "events", method: "GET", status: 200 },
  ]);
  simulator.requests.reset();
  expect(simulator.requests.all()).toEqual([]);
});

test("[SP26] the record keeps the newest requests and forgets the oldest", () => {
  const log = createRequestLog();
  for (let url = 0; url < 3 * RECORDED_REQUESTS; url += 1) {
    log.add({ host: "referrals", method: "GET", url: String(url), headers: {}, body: null, status: 200 });
  }
  expect(log.all().at(-1)?.url).toBe(String(3 * RECORDED_REQUESTS - 1));
  expect(log.all().length).toBeGreaterThanOrEqual(RECORDED_REQUESTS);
  expect(log.all().length).toBeLessThan(2 * RECORDED_REQUESTS);
});

test("[SP27] only loopback names are answered", async () => {
  const simulator = await aSimulator();
  const { request } = await import("node:http");
  const status = await new Promise((resolve) => {
    request(simulator.referralsUrl, { headers: { host: "evil.example" } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).end();
  });
  expect(status).toBe(421);
});

test("[SP25] added latency holds every request back and can be changed at any time", async () => {
  const simulator = await aSimulator({ settings: { latencyMs: 60_000 } });
  const answer = await fetch(clientOf(simulator).base, {
    headers: { authorization: "Bearer token" },
    signal: AbortSignal.timeout(100),
  }).catch(() => null);
  expect(answer).toBeNull();
  simulator.settings.latencyMs = 0;
  expect((await clientOf(simulator).list()).status).toBe(200);
});
