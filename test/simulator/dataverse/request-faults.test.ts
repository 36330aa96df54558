import { untilHolds } from "../../end-to-end/until-holds";
import { aClient, aSimulator, call, created } from "./simulated";

test("[SD23] a user over the budget gets 429 with Retry-After and the code, until the window has moved on", async () => {
  let now = Date.parse("2026-01-01T00:00:00Z");
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const simulator = await aSimulator({ clock, settings: { requestsPerWindow: 2, windowMs: 10_000 } });

  await call(simulator, "GET WhoAmI");
  now += 4000;
  const second = await call(simulator, "GET WhoAmI");
  const third = await call(simulator, "GET WhoAmI");
  now += 6000;
  const later = await call(simulator, "GET WhoAmI");

  expect(second.headers.get("x-ms-ratelimit-burst-remaining-xrm-requests")).toBe("0");
  expect(third.status).toBe(429);
  expect(third.headers.get("retry-after")).toBe("6");
  expect(third.json.error.code).toBe("0x80072322");
  expect(later.status).toBe(200);
});

test("[SD23] the budget is per user", async () => {
  const simulator = await aSimulator({ settings: { requestsPerWindow: 1 }, acceptToken: (userId) => ({ userId }) });
  const as = (user: string) => call(simulator, "GET WhoAmI", { headers: { authorization: `Bearer ${user}` } });

  expect((await as("a")).status).toBe(200);
  expect((await as("b")).status).toBe(200);
  expect((await as("a")).status).toBe(429);
});

test("[SD23] too many requests at a time get 429 with their own code", async () => {
  const simulator = await aSimulator({ settings: { concurrentRequests: 1, latencyMs: 50 } });

  const answers = await Promise.all([call(simulator, "GET WhoAmI"), call(simulator, "GET WhoAmI")]);

  const refused = answers.find((answer) => answer.status === 429);
  expect(refused?.json.error.code).toBe("0x80072326");
  expect(answers.some((answer) => answer.status === 200)).toBe(true);
});

test.each([
  [429, "0x80072322"],
  [500, "0x80040216"],
  [503, "0x80044150"],
  [401, "0x80060891"],
  [403, "0x80040220"],
])("[SD24] the next matching requests get the ordered status %i, without effect", async (status, code) => {
  const simulator = await aSimulator();
  simulator.faults.request({
    method: "POST",
    pathPattern: "^opportunities",
    times: 2,
    effect: { kind: "status", status, retryAfterSeconds: 7 },
  });
  const create = () => call(simulator, "POST opportunities", { body: { name: "Deal" } });

  expect((await call(simulator, "GET opportunities")).status).toBe(200);
  expect((await call(simulator, "POST accounts", { body: {} })).status).toBe(204);
  const first = await create();
  expect(first.status).toBe(status);
  expect(first.json.error.code).toBe(code);
  expect(first.headers.get("retry-after")).toBe("7");
  expect((await create()).status).toBe(status);
  expect((await create()).status).toBe(204);
  expect((await call(simulator, "GET opportunities")).json.value).toHaveLength(1);
});

test("[SD24] an error may come as HTML", async () => {
  const simulator = await aSimulator();
  simulator.faults.request({ effect: { kind: "status", status: 503, html: true } });

  const answer = await call(simulator, "GET WhoAmI");

  expect(answer.status).toBe(503);
  expect(answer.headers.get("content-type")).toContain("text/html");
  expect(answer.text).toMatch(/^<!DOCTYPE html>/);
});

test("[SD24] a request may be left without an answer, cut, or answered late", async () => {
  const simulator = await aSimulator();
  simulator.faults.request({ pathPattern: "opportunities", effect: { kind: "hang" } });
  simulator.faults.request({ pathPattern: "accounts", effect: { kind: "drop" } });
  simulator.faults.request({ pathPattern: "WhoAmI", effect: { kind: "slow", delayMs: 20 } });

  const hanging = aClient(simulator).retrieveMultiple({ collection: "opportunities", timeout: 50 });

  await expect(hanging).rejects.toMatchObject({ code: "ECONNRESET" });
  await expect(call(simulator, "POST accounts", { body: {} })).rejects.toThrow();
  expect((await call(simulator, "GET accounts")).json.value).toEqual([]);
  const before = Date.now();
  expect((await call(simulator, "GET WhoAmI")).status).toBe(200);
  expect(Date.now() - before).toBeGreaterThanOrEqual(15);
});

test("[SD25] a request may take effect although the client sees a 504 or a cut connection", async () => {
  const simulator = await aSimulator();
  simulator.faults.request({ effect: { kind: "hidden-effect", seen: "504" } });
  simulator.faults.request({ effect: { kind: "hidden-effect", seen: "drop" } });

  expect((await call(simulator, "POST opportunities", { body: { name: "A" } })).status).toBe(504);
  await expect(call(simulator, "POST opportunities", { body: { name: "B" } })).rejects.toThrow();

  expect((await call(simulator, "GET opportunities")).json.value).toHaveLength(2);
});

test("[SD25] the effect may come later than the failure", async () => {
  let wake = (): void => undefined;
  const sleep = () => new Promise<void>((resolve) => (wake = resolve));
  const simulator = await aSimulator({ clock: { now: () => Date.now(), sleep } });
  simulator.faults.request({ effect: { kind: "hidden-effect", seen: "504", effectAfterMs: 40_000 } });

  expect((await call(simulator, "POST opportunities", { body: { name: "A" } })).status).toBe(504);
  expect((await call(simulator, "GET opportunities")).json.value).toHaveLength(0);
  wake();
  await new Promise((resolve) => setImmediate(resolve));

  expect((await call(simulator, "GET opportunities")).json.value).toHaveLength(1);
});

test("[SD26] faults can be ordered and reset over HTTP, in JSON only", async () => {
  const simulator = await aSimulator();
  const order = (body: unknown, contentType = "application/json") =>
    call(simulator, `POST ${simulator.url}/simulator/faults`, { body, headers: { "content-type": contentType } });
  const fault = { method: "GET", times: 5, effect: { kind: "status", status: 503 } };

  expect((await order({ faults: [fault], webhooks: { loseShare: 1 } })).status).toBe(204);
  expect((await call(simulator, "GET WhoAmI")).status).toBe(503);
  expect(simulator.faults.webhooks.loseShare).toBe(1);
  expect((await order({ reset: true })).status).toBe(204);
  expect((await call(simulator, "GET WhoAmI")).status).toBe(200);
  expect(simulator.faults.webhooks.loseShare).toBe(0);

  expect((await order({ faults: [{ effect: { kind: "explode" } }] })).status).toBe(400);
  expect((await order({ faults: [fault] }, "text/plain")).status).toBe(415);
  expect((await order("{")).status).toBe(400);
  expect((await call(simulator, "GET WhoAmI")).status).toBe(200);
});

test("[SD27] every request is recorded with its conditions and what a batch held, never its credentials", async () => {
  const simulator = await aSimulator();
  const id = await created(simulator, "opportunities", {});
  simulator.requests.reset();

  await call(simulator, `PATCH opportunities(${id})?tag=t`, { headers: { "if-match": "*" }, body: {} });
  await call(simulator, "POST $batch", {
    headers: { "content-type": "multipart/mixed; boundary=b" },
    body: "--b\r\nContent-Type: application/http\r\n\r\nGET /api/data/v9.2/accounts HTTP/1.1\r\n\r\n--b--\r\n",
  });

  expect(simulator.requests.entries).toMatchObject([
    {
      method: "PATCH",
      path: `opportunities(${id})?tag=t`,
      headers: { "if-match": "*" },
      userId: simulator.users.application,
    },
    { method: "POST", path: "$batch", batched: [{ method: "GET", path: "accounts" }] },
  ]);
  expect(JSON.stringify(simulator.requests.entries)).not.toContain("Bearer");
});

test.each([
  ["slow", 204, { kind: "slow", delayMs: 40_000 }],
  ["with a late effect", 504, { kind: "hidden-effect", seen: "504", effectAfterMs: 40_000 }],
] as const)("[SD27] a request that is %s is under way until nothing more comes of it", async (_, status, effect) => {
  let wake = (): void => undefined;
  const sleep = () => new Promise<void>((resolve) => (wake = resolve));
  const simulator = await aSimulator({ clock: { now: () => Date.now(), sleep } });
  simulator.faults.request({ effect });

  const answer = call(simulator, "POST opportunities", { body: { name: "A" } });
  await untilHolds(() => expect(simulator.requests.underWay()).toBe(1));
  expect(simulator.records.list("opportunities")).toHaveLength(0);
  wake();
  await untilHolds(() => expect(simulator.requests.underWay()).toBe(0));

  expect(simulator.records.list("opportunities")).toHaveLength(1);
  expect((await answer).status).toBe(status);
});
