import { RelayError } from "../../../sync-relay/src/core/errors";
import type { ErrorDetails } from "../../../sync-relay/src/core/errors";
import { createPartnerCenter } from "../../../sync-relay/src/adapters/partner-center/partner-center";
import { anAdapter, aRecordingServer, theSurroundings } from "./recording-server";
import type { Canned, RecordingServer } from "./recording-server";
import { aNumberedReferral, aWireReferral, E_TAG, ENGAGEMENT, OPPORTUNITY, REFERRAL } from "./wire-referral";

const CORRELATION = "11111111-1111-4111-8111-111111111111";
const REQUEST = { requestId: "22222222-2222-4222-8222-222222222222", correlationId: CORRELATION };
const CONDITION = { eTag: E_TAG, correlationId: CORRELATION };
const OPERATIONS = [{ op: "replace", path: "/details/dealValue", value: 10000 }] as const;
const PAYLOAD = { name: "Warehouse renewal", externalReferenceId: OPPORTUNITY };
const PATH = "/v1.0/engagements/referrals";

let server: RecordingServer;
beforeEach(async () => {
  server = await aRecordingServer();
});
afterEach(() => server.close());

type Adapter = ReturnType<typeof anAdapter>;
const calls: readonly [string, (adapter: Adapter) => Promise<unknown>][] = [
  ["read", ({ partnerCenter }) => partnerCenter.read(REFERRAL, CORRELATION)],
  ["list", ({ partnerCenter }) => partnerCenter.listEngagement(ENGAGEMENT, CORRELATION)],
  ["create", ({ partnerCenter }) => partnerCenter.create(PAYLOAD, REQUEST)],
  ["patch", ({ partnerCenter }) => partnerCenter.patch(REFERRAL, OPERATIONS, CONDITION)],
];
const writes: readonly string[] = ["create", "patch"];

async function failureOf(work: Promise<unknown>): Promise<RelayError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof RelayError)) throw new Error(`expected a RelayError, got ${String(thrown)}`);
  return thrown;
}

async function failing(name: string, ...answers: readonly Canned[]): Promise<{ error: RelayError; adapter: Adapter }> {
  const adapter = anAdapter(server, { timeoutMs: 200 });
  server.answer(...answers);
  const call = calls.find(([candidate]) => candidate === name)?.[1];
  if (call === undefined) throw new Error(`no call ${name}`);
  return { error: await failureOf(call(adapter)), adapter };
}

function detailsOf(error: RelayError): ErrorDetails {
  const { cause: _cause, ...details } = error.details;
  return details;
}

describe("every request", () => {
  test("[PC5] carries token, correlation id and ids of its own", async () => {
    const { partnerCenter } = anAdapter(server);
    server.answer({ json: aWireReferral() });
    await partnerCenter.read(REFERRAL, CORRELATION);
    await partnerCenter.read(REFERRAL, CORRELATION);
    const [first, second] = server.requests;
    expect(first).toMatchObject({ method: "GET", url: `${PATH}/${REFERRAL}` });
    expect(first?.headers).toMatchObject({
      authorization: "Bearer token-1",
      accept: "application/json",
      "ms-correlationid": CORRELATION,
    });
    const ids = [first, second].flatMap((request) => [
      request?.headers["ms-requestid"],
      request?.headers["client-request-id"],
    ]);
    expect(new Set(ids).size).toBe(4);
  });

  test("[PC5] a create carries the request id it was given, a patch its version and the wish for the result", async () => {
    const { partnerCenter } = anAdapter(server);
    server.answer({ status: 201, json: aWireReferral() }, { json: aWireReferral() });
    await partnerCenter.create(PAYLOAD, REQUEST);
    await partnerCenter.patch(REFERRAL, OPERATIONS, CONDITION);
    const [create, patch] = server.requests;
    expect(create).toMatchObject({ method: "POST", url: PATH, body: JSON.stringify(PAYLOAD) });
    expect(create?.headers).toMatchObject({
      "ms-requestid": REQUEST.requestId,
      "request-id": REQUEST.requestId,
      "content-type": "application/json",
    });
    expect(patch).toMatchObject({ method: "PATCH", url: `${PATH}/${REFERRAL}`, body: JSON.stringify(OPERATIONS) });
    expect(patch?.headers).toMatchObject({ "if-match": E_TAG, prefer: "return=representation" });
    expect(patch?.headers["ms-requestid"]).not.toBe(REQUEST.requestId);
  });

  test.each(calls)(
    "[PC6] %s takes its turn in the shared budget and gives it back, also when it fails",
    async (_n, call) => {
      for (const answer of [{ json: aWireReferral() }, { status: 500 }, "drop"] as const) {
        const adapter = anAdapter(server);
        server.answer(answer);
        await call(adapter).catch(() => undefined);
        expect(adapter.budget.entered()).toBe(1);
        expect(adapter.budget.open()).toBe(0);
      }
    },
  );

  test("[PC7] is counted by operation and status, and timed", async () => {
    const adapter = anAdapter(server, { timeoutMs: 200 });
    server.answer({ json: aWireReferral() }, { status: 404 }, "drop");
    await adapter.partnerCenter.read(REFERRAL, CORRELATION);
    await adapter.partnerCenter.read(REFERRAL, CORRELATION);
    await failureOf(adapter.partnerCenter.patch(REFERRAL, OPERATIONS, CONDITION));
    const counted = adapter.metrics.samples.filter((sample) => sample.startsWith("cosell_upstream_requests_total"));
    expect(counted).toEqual([
      "cosell_upstream_requests_total{api=partner-center,op=read,code=200} 1",
      "cosell_upstream_requests_total{api=partner-center,op=read,code=404} 1",
      "cosell_upstream_requests_total{api=partner-center,op=patch,code=network} 1",
    ]);
    expect(adapter.metrics.samples).toContain("cosell_upstream_request_duration_seconds{api=partner-center,op=read}");
  });

  test.each([
    "http://api.partner.microsoft.com",
    "ftp://a.example",
    "https://user@a.example",
    "https://a.example/?x=1",
  ])("[PC8] the address %s is refused at start", (baseUrl) => {
    expect(() => createPartnerCenter({ baseUrl, ...theSurroundings() })).toThrow("not a usable API address");
  });

  test.each(calls)("[PC8] a redirect of %s is not followed", async (name) => {
    const other = await aRecordingServer();
    const { error } = await failing(name, { status: 307, headers: { location: `${other.url}${PATH}` } });
    expect(error.code).toBe("CS-1106");
    expect(other.requests).toEqual([]);
    await other.close();
  });
});

describe("reading", () => {
  test.each([
    [404, "missing"],
    [410, "missing"],
    [403, "forbidden"],
  ])("[PC9] a %p is %s, not an error", async (status, kind) => {
    const { partnerCenter } = anAdapter(server);
    server.answer({ status, text: "<html>no</html>" });
    expect(await partnerCenter.read(REFERRAL, CORRELATION)).toEqual({ kind });
    expect(await partnerCenter.patch(REFERRAL, OPERATIONS, CONDITION)).toEqual({ kind });
  });

  test("[PC9] a 403 that asks for another sign-in is an error: the referral may well be ours", async () => {
    const { error } = await failing("read", { status: 403, json: { error: { code: "insufficent_claims" } } });
    expect(error.code).toBe("CS-1105");
  });

  test.each<[string, Canned]>([
    ["HTML", { text: "<html>maintenance</html>" }],
    ["nothing", {}],
    ["another object", { json: { hello: 1 } }],
    ["no version", { json: aWireReferral({ eTag: null }) }],
    ["too much", { text: `"${"x".repeat(17 * 1024 * 1024)}"` }],
  ])("[PC3] an answer of %s is not understood", async (_name, answer) => {
    const adapter = anAdapter(server);
    server.answer(answer);
    expect((await failureOf(adapter.partnerCenter.read(REFERRAL, CORRELATION))).code).toBe("CS-1106");
  });

  test("[PC8] an id cannot lead to another address", async () => {
    const { partnerCenter } = anAdapter(server);
    server.answer({ status: 404 });
    await partnerCenter.read("../../webhooks?x=#", CORRELATION);
    expect(server.requests[0]?.url).toBe(`${PATH}/../../webhooks?x=#`);
  });
});

describe("writing", () => {
  test("[PC10] a patch answers the referral as it is after the write", async () => {
    const { partnerCenter } = anAdapter(server);
    server.answer({ json: aWireReferral({ eTag: '"next"' }) });
    const written = await partnerCenter.patch(REFERRAL, OPERATIONS, CONDITION);
    expect(written).toMatchObject({ kind: "written", referral: { eTag: '"next"' } });
    expect(server.requests).toHaveLength(1);
  });

  test("[PC10] a patch that is answered without the referral is followed by one read", async () => {
    for (const answer of [{ status: 204 }, { status: 200, text: "OK" }]) {
      const { partnerCenter } = anAdapter(server);
      server.answer(answer, { json: aWireReferral({ eTag: '"next"' }) });
      const written = await partnerCenter.patch(REFERRAL, OPERATIONS, CONDITION);
      expect(written).toMatchObject({ kind: "written", referral: { eTag: '"next"' } });
    }
    expect(server.requests.map(({ method }) => method)).toEqual(["PATCH", "GET", "PATCH", "GET"]);
  });

  test("[PC10] when that read fails, the write is known to have been sent", async () => {
    const { error } = await failing("patch", { status: 204 }, { status: 500 });
    expect(error).toMatchObject({ code: "CS-1101", details: { inDoubt: true } });
  });

  const mismatch = { error: { code: "preconditionFailed", message: "Etag", innerError: { code: "99918" } } };
  test.each<[string, Canned]>([
    ["412", { status: 412, json: mismatch }],
    ["412 without words", { status: 412 }],
    ["409 with the code of a changed resource", { status: 409, json: { error: { code: "ResourceModified" } } }],
  ])("[PC11] %s means that somebody wrote first", async (_name, answer) => {
    const { partnerCenter } = anAdapter(server);
    server.answer(answer);
    expect(await partnerCenter.patch(REFERRAL, OPERATIONS, CONDITION)).toEqual({ kind: "stale" });
  });

  test("[PC11] a patch without a version is never sent", async () => {
    const { partnerCenter } = anAdapter(server);
    const written = await partnerCenter.patch(REFERRAL, OPERATIONS, { ...CONDITION, eTag: "" });
    expect(written).toEqual({ kind: "stale" });
    expect(server.requests).toEqual([]);
  });

  test.each([200, 201, 202])("[PC12] a create answered %p with the referral is done", async (status) => {
    const { partnerCenter } = anAdapter(server);
    server.answer({ status, json: aWireReferral() });
    expect((await partnerCenter.create(PAYLOAD, REQUEST)).id).toBe(REFERRAL);
    expect(server.requests).toHaveLength(1);
  });

  test("[PC12] a create answered without the referral finds it by its CRM id among recent ones", async () => {
    const { partnerCenter } = anAdapter(server);
    const others = [
      aNumberedReferral(1, { externalReferenceId: "another" }),
      aNumberedReferral(2, { organizationId: "msft" }),
      aNumberedReferral(3, { createdDateTime: "2025-03-01T11:58:00Z" }),
    ];
    server.answer({ status: 201 }, { json: { value: [...others, aWireReferral()] } });
    expect((await partnerCenter.create(PAYLOAD, REQUEST)).id).toBe(REFERRAL);
    expect(server.requests[1]?.url).toContain("$filter=updatedDateTime ge 2026-03-01T11:55:00.000Z");
  });

  test("[PC12] an invitation answered without the referral finds Microsoft's in the engagement", async () => {
    const { partnerCenter } = anAdapter(server);
    const microsofts = aNumberedReferral(2, { organizationId: "msft", externalReferenceId: null });
    server.answer({ status: 202 }, { json: { value: [aWireReferral(), microsofts] } });
    const payload = { engagementId: ENGAGEMENT, target: [{ type: "BusinessProfileLocation", id: "msft" }] };
    expect((await partnerCenter.create(payload, REQUEST)).organizationId).toBe("msft");
    expect(server.requests[1]?.url).toContain(`engagementId eq '${ENGAGEMENT}'`);
  });

  test.each<[string, Canned]>([
    ["none fits", { json: { value: [] } }],
    ["two fit", { json: { value: [aNumberedReferral(1), aNumberedReferral(2)] } }],
    ["it cannot be looked for", { status: 500 }],
    ["it may not be looked for", { status: 403 }],
  ])("[PC12] when %s, the create is in doubt", async (_name, answer) => {
    const { error } = await failing("create", { status: 201, text: "created" }, answer);
    expect(error.details.inDoubt).toBe(true);
  });
});

describe("a refusal", () => {
  test.each(calls)(
    "[PC13] %s: 400, 409 and 422 are refused for good, with the server's code and words",
    async (name) => {
      for (const status of [400, 405, 409, 413, 415, 422, 423]) {
        const { error } = await failing(name, { status, json: { error: { code: "invalidRequest", message: "No." } } });
        expect(error.code).toBe("CS-1104");
        expect(detailsOf(error)).toEqual({
          httpStatus: status,
          upstreamCode: "invalidRequest",
          upstreamMessage: "No.",
        });
      }
    },
  );

  test.each<[string, Canned, ErrorDetails]>([
    [
      "the referrals API's shape, most specific words first",
      {
        json: { error: { code: "invalidRequest", message: "Bad.", innererror: { code: "1", message: "Deal value." } } },
      },
      { upstreamCode: "invalidRequest", upstreamMessage: "Deal value." },
    ],
    [
      "the core API's shape",
      { json: { code: "2001", description: "No such thing.", data: [], source: "PartnerApi" } },
      { upstreamCode: "2001", upstreamMessage: "No such thing." },
    ],
    ["the gateway's shape", { json: { statusCode: 400, message: "Bad." } }, { upstreamMessage: "Bad." }],
    ["plain text", { text: "Bad Request" }, {}],
    ["HTML", { text: "<html><body>Bad Request</body></html>" }, {}],
    ["nothing", {}, {}],
    ["a code that quotes the request", { json: { error: { code: "no <b>Fabrikam</b>", message: 7 } } }, {}],
    ["a list", { json: ["invalidRequest"] }, {}],
  ])("[PC13] an error body in %s is read", async (_name, answer, expected) => {
    const { error } = await failing("patch", { ...(answer as object), status: 400 });
    expect(detailsOf(error)).toEqual({ httpStatus: 400, ...expected });
  });

  test("[PC13] a message is cut at 1,024 characters", async () => {
    const { error } = await failing("patch", { status: 400, json: { error: { message: "x".repeat(5000) } } });
    expect(error.details.upstreamMessage).toHaveLength(1024);
  });

  test.each(["create", "list"])("[PC14] a 403 of %s means that the user may not", async (name) => {
    const { error } = await failing(name, { status: 403, json: { error: { code: "accessDenied" } } });
    expect(error).toMatchObject({ code: "CS-1105", details: { upstreamCode: "accessDenied" } });
  });

  test.each(calls)("[PC14] a 401 of %s renews the token once", async (_name, call) => {
    const adapter = anAdapter(server);
    server.answer({ status: 401 }, { json: { ...aWireReferral(), value: [] } });
    await call(adapter);
    expect(server.requests.map(({ headers }) => headers["authorization"])).toEqual([
      "Bearer token-1",
      "Bearer token-2",
    ]);
    expect(adapter.tokens.refused).toEqual(["token-1"]);
  });

  test.each(calls)("[PC14] a second 401 of %s is an error, and nothing is in doubt", async (name) => {
    const { error } = await failing(name, { status: 401 });
    expect(error.code).toBe("CS-1105");
    expect(error.details.inDoubt).toBeUndefined();
    expect(server.requests).toHaveLength(2);
  });

  test("[PC14] a create repeats its request id with the new token", async () => {
    const { partnerCenter } = anAdapter(server);
    server.answer({ status: 401 }, { json: aWireReferral() });
    await partnerCenter.create(PAYLOAD, REQUEST);
    const ids = server.requests.map(({ headers }) => headers["ms-requestid"]);
    expect(ids).toEqual([REQUEST.requestId, REQUEST.requestId]);
  });
});

describe("throttling", () => {
  const tooMany = { statusCode: 429, message: "Rate limit is exceeded. Try again in 57 seconds." };
  test.each<[string, Canned, number]>([
    ["seconds", { status: 429, headers: { "retry-after": "57" } }, 57_000],
    ["a date", { status: 429, headers: { "retry-after": "Sun, 01 Mar 2026 12:02:00 GMT" } }, 120_000],
    ["words only", { status: 429, json: tooMany }, 57_000],
    ["nothing", { status: 429 }, 30_000],
    ["a past date", { status: 429, headers: { "retry-after": "Sun, 01 Mar 2026 11:00:00 GMT" } }, 0],
    ["a year", { status: 429, headers: { "retry-after": "31536000" } }, 3_600_000],
    ["a 503 with seconds", { status: 503, headers: { "retry-after": "5" } }, 5_000],
  ])("[PC15] %s: everybody pauses as long as asked", async (_name, answer, retryAfterMs) => {
    const { error, adapter } = await failing("read", answer);
    expect(error).toMatchObject({ code: "CS-1102", details: { retryAfterMs } });
    expect(adapter.budget.pausesMs).toEqual([retryAfterMs]);
  });

  test("[PC15] a 429 leaves no doubt about a write, a 503 does", async () => {
    const throttled = await failing("create", { status: 429 });
    expect(throttled.error.details.inDoubt).toBeUndefined();
    const down = await failing("create", { status: 503, headers: { "retry-after": "5" } });
    expect(down.error).toMatchObject({ code: "CS-1102", details: { inDoubt: true } });
  });

  test("[PC15] a pause that cannot be shared does not hide the answer", async () => {
    const around = theSurroundings();
    const budget = { ...around.budget, pause: () => Promise.reject(new Error("database down")) };
    const { partnerCenter } = anAdapter(server, { budget });
    server.answer({ status: 429, headers: { "retry-after": "5" } });
    expect((await failureOf(partnerCenter.read(REFERRAL, CORRELATION))).code).toBe("CS-1102");
  });

  test("[PC15] the time lost is measured", async () => {
    const { adapter } = await failing("read", { status: 429, headers: { "retry-after": "57" } });
    expect(adapter.metrics.samples).toContain("cosell_upstream_throttled_seconds_total{api=partner-center} 57");
  });
});

describe("a failure of the network or the server", () => {
  test.each(calls)("[PC16] %s: it is transient, and a write is in doubt", async (name) => {
    const answers: readonly Canned[] = [{ status: 500 }, { status: 502, text: "<html/>" }, { status: 503 }];
    for (const answer of [...answers, { status: 504 }, { status: 509 }, { status: 408 }, "drop", "hang"] as const) {
      const { error } = await failing(name, answer);
      expect(error.code).toBe("CS-1101");
      expect(error.details.inDoubt).toBe(writes.includes(name));
    }
  });

  test.each(calls)("[PC16] %s: when nobody listens, nothing was sent", async (_name, call) => {
    const adapter = anAdapter(server);
    await server.close();
    const error = await failureOf(call(adapter));
    expect(error).toMatchObject({ code: "CS-1101", details: { inDoubt: false } });
    server = await aRecordingServer();
  });

  test("[PC16] an answer that breaks off leaves a write in doubt", async () => {
    const { error } = await failing("create", { status: 201, text: "{", headers: { "content-length": "1000" } });
    expect(error).toMatchObject({ code: "CS-1101", details: { inDoubt: true } });
  });

  test("[PC16] an answer that is too large leaves a write in doubt", async () => {
    const adapter = anAdapter(server);
    server.answer({ status: 201, text: "x".repeat(17 * 1024 * 1024) });
    const error = await failureOf(adapter.partnerCenter.create(PAYLOAD, REQUEST));
    expect(error).toMatchObject({ code: "CS-1106", details: { inDoubt: true } });
  });
});

test("[PC20] the log holds ids and statuses, but no words of the server, no token and no payload", async () => {
  const adapter = anAdapter(server, { timeoutMs: 200 });
  const words = { error: { code: "Canary-1", message: "Canary-2 Fabrikam" } };
  const answers: readonly Canned[] = [
    { status: 400, json: words },
    { status: 500, json: words },
    { json: { value: [{ id: "Canary-3" }] } },
    "drop",
    { status: 401, json: words },
  ];
  for (const answer of answers) {
    server.answer(answer);
    for (const [, call] of calls) await call(adapter).catch(() => undefined);
  }
  const text = JSON.stringify(adapter.log.lines);
  expect(text).toContain(CORRELATION);
  for (const secret of ["Canary", "Fabrikam", "token-", "Warehouse"]) expect(text).not.toContain(secret);
});
