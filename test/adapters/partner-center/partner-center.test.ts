import { createPartnerCenter } from "../../../sync-relay/src/adapters/partner-center/partner-center";
import { calls, CONDITION, CORRELATION, failing, failureOf, OPERATIONS, PAYLOAD, REQUEST } from "./adapter-calls";
import { anAdapter, aRecordingServer, theSurroundings } from "./recording-server";
import type { Canned, RecordingServer } from "./recording-server";
import { aNumberedReferral, aWireReferral, E_TAG, ENGAGEMENT, REFERRAL } from "./wire-referral";

const PATH = "/v1.0/engagements/referrals";

let server: RecordingServer;
beforeEach(async () => {
  server = await aRecordingServer();
});
afterEach(() => server.close());

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
    const { error } = await failing(server, name, { status: 307, headers: { location: `${other.url}${PATH}` } });
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
    const { error } = await failing(server, "read", { status: 403, json: { error: { code: "insufficent_claims" } } });
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
    const { error } = await failing(server, "patch", { status: 204 }, { status: 500 });
    expect(error).toMatchObject({ code: "CS-1101", details: { inDoubt: true } });
  });

  const mismatch = { error: { code: "preconditionFailed", message: "Etag", innerError: { code: "99918" } } };
  test.each<[string, Canned]>([
    ["412", { status: 412, json: mismatch }],
    ["412 without words", { status: 412 }],
  ])("[PC11] %s means that somebody wrote first", async (_name, answer) => {
    const { partnerCenter } = anAdapter(server);
    server.answer(answer);
    expect(await partnerCenter.patch(REFERRAL, OPERATIONS, CONDITION)).toEqual({ kind: "stale" });
  });

  test("[PC11] a 409 means that somebody wrote first when the referral has another version by now", async () => {
    const { partnerCenter } = anAdapter(server);
    const conflict = { status: 409, json: { error: { code: "resourceModified", message: "No." } } };
    server.answer(conflict, { json: aWireReferral({ eTag: '"next"' }) });
    expect(await partnerCenter.patch(REFERRAL, OPERATIONS, CONDITION)).toEqual({ kind: "stale" });
    server.answer(conflict, { json: aWireReferral() });
    const error = await failureOf(partnerCenter.patch(REFERRAL, OPERATIONS, CONDITION));
    expect(error).toMatchObject({ code: "CS-1104", details: { httpStatus: 409, upstreamMessage: "No." } });
    expect(error.details.inDoubt).toBeUndefined();
    server.answer(conflict, { status: 404 });
    expect(await partnerCenter.patch(REFERRAL, OPERATIONS, CONDITION)).toEqual({ kind: "missing" });
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
    const { error } = await failing(server, "create", { status: 201, text: "created" }, answer);
    expect(error.details.inDoubt).toBe(true);
  });
});
