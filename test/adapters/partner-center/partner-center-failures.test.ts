import type { ErrorDetails, RelayError } from "../../../sync-relay/src/core/errors";
import { calls, CORRELATION, failing, failureOf, PAYLOAD, REQUEST, writes } from "./adapter-calls";
import { anAdapter, aRecordingServer, theSurroundings } from "./recording-server";
import type { Canned, RecordingServer } from "./recording-server";
import { aWireReferral, REFERRAL } from "./wire-referral";

let server: RecordingServer;
beforeEach(async () => {
  server = await aRecordingServer();
});
afterEach(() => server.close());

function detailsOf(error: RelayError): ErrorDetails {
  const { cause: _cause, ...details } = error.details;
  return details;
}

describe("a refusal", () => {
  test.each(calls)(
    "[PC13] %s: 400, 409 and 422 are refused for good, with the server's code and words",
    async (name) => {
      for (const status of [400, 405, 409, 413, 415, 422, 423]) {
        const { error } = await failing(server, name, {
          status,
          json: { error: { code: "invalidRequest", message: "No." } },
        });
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
    const { error } = await failing(server, "patch", { ...(answer as object), status: 400 });
    expect(detailsOf(error)).toEqual({ httpStatus: 400, ...expected });
  });

  test("[PC13] a message is cut at 1,024 characters", async () => {
    const { error } = await failing(server, "patch", { status: 400, json: { error: { message: "x".repeat(5000) } } });
    expect(error.details.upstreamMessage).toHaveLength(1024);
  });

  test.each(["create", "list"])("[PC14] a 403 of %s means that the user may not", async (name) => {
    const { error } = await failing(server, name, { status: 403, json: { error: { code: "accessDenied" } } });
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
    const { error } = await failing(server, name, { status: 401 });
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
    const { error, adapter } = await failing(server, "read", answer);
    expect(error).toMatchObject({ code: "CS-1102", details: { retryAfterMs } });
    expect(adapter.budget.pausesMs).toEqual([retryAfterMs]);
  });

  test("[PC15] a 429 leaves no doubt about a write, a 503 does", async () => {
    const throttled = await failing(server, "create", { status: 429 });
    expect(throttled.error.details.inDoubt).toBeUndefined();
    const down = await failing(server, "create", { status: 503, headers: { "retry-after": "5" } });
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
    const { adapter } = await failing(server, "read", { status: 429, headers: { "retry-after": "57" } });
    expect(adapter.metrics.samples).toContain("cosell_upstream_throttled_seconds_total{api=partner-center} 57");
  });
});

describe("a failure of the network or the server", () => {
  test.each(calls)("[PC16] %s: it is transient, and a write is in doubt", async (name) => {
    const answers: readonly Canned[] = [{ status: 500 }, { status: 502, text: "<html/>" }, { status: 503 }];
    for (const answer of [...answers, { status: 504 }, { status: 509 }, { status: 408 }, "drop", "hang"] as const) {
      const { error } = await failing(server, name, answer);
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
    const { error } = await failing(server, "create", {
      status: 201,
      text: "{",
      headers: { "content-length": "1000" },
    });
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
