import {
  createDataverseTokens,
  type DataverseTokensOptions,
} from "../../../sync-relay/src/adapters/entra/dataverse-tokens";
import { runCertificate } from "../../support/run-certificate";
import { createFakeAuthority, refusal, type FakeAuthority } from "./fake-authority";
import { DAY_MS, handClock, lastGauges, listLog, MINUTE_MS } from "./sign-in-fixture";

let authority: FakeAuthority;
let clock: ReturnType<typeof handClock>;

beforeEach(async () => {
  authority = await createFakeAuthority();
  clock = handClock();
});

afterEach(() => authority.close());

function tokens(changes: Partial<DataverseTokensOptions> = {}) {
  return createDataverseTokens({
    authorityUrl: authority.url,
    tenantId: "11111111-2222-3333-4444-555555555555",
    clientId: "66666666-7777-8888-9999-000000000000",
    credential: { kind: "secret", secret: "the-client-secret" },
    dataverseUrl: "https://contoso.crm4.dynamics.com",
    clock,
    log: listLog(),
    metrics: lastGauges(),
    ...changes,
  });
}

test("[TK1] the relay signs in to Dataverse as an application, for the environment's origin", async () => {
  const source = tokens({ dataverseUrl: "https://contoso.crm4.dynamics.com/some/path" });
  expect(await source.token()).toBe("access-1");
  expect(authority.requests).toEqual([
    {
      path: expect.stringMatching(/^\/11111111-2222-3333-4444-555555555555\/oauth2\/v2\.0\/token/),
      form: expect.objectContaining({
        grant_type: "client_credentials",
        client_id: "66666666-7777-8888-9999-000000000000",
        client_secret: "the-client-secret",
        scope: expect.stringContaining("https://contoso.crm4.dynamics.com/.default"),
      }),
    },
  ]);
});

test("[TK1] a certificate signs the request; its private key stays here, and its end is shown", async () => {
  const pair = await runCertificate("relay", new Date("2031-05-06T00:00:00Z"));
  const metrics = lastGauges();
  const credential = {
    kind: "certificate",
    certificates: [pair.certificate],
    privateKey: pair.privateKey,
  } as const;
  const source = tokens({ credential, metrics });
  expect(await source.token()).toBe("access-1");
  const form = authority.requests[0]?.form ?? {};
  expect(form).toMatchObject({ client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" });
  expect(form["client_secret"]).toBeUndefined();
  const header = JSON.parse(
    Buffer.from(form["client_assertion"]?.split(".")[0] ?? "", "base64url").toString(),
  ) as object;
  expect(header).toMatchObject({ "x5t#S256": expect.any(String), x5c: [expect.any(String)] });
  const end = Date.parse("2031-05-06T00:00:00Z");
  expect(await source.health()).toEqual({ ok: true, expiresAtMs: end });
  expect(metrics.gauges.get("cosell_credential_expiry_timestamp_seconds client-certificate")).toBe(end / 1000);
});

test("[DC63] the end of a client secret is known only when somebody has given it, and is then watched", async () => {
  const metrics = lastGauges();
  const endsAtMs = clock.now() + 10 * DAY_MS;
  const source = tokens({ credential: { kind: "secret", secret: "the-client-secret", endsAtMs }, metrics });
  expect(await source.health()).toEqual({
    ok: true,
    expiresAtMs: endsAtMs,
    problem: "The credential ends within 14 days.",
  });
  expect(metrics.gauges.get("cosell_credential_expiry_timestamp_seconds client-secret")).toBe(endsAtMs / 1000);
  expect(await tokens().health()).toEqual({ ok: true });
});

test("[TK2] a token is kept until five minutes before its end", async () => {
  const source = tokens();
  await source.token();
  clock.advance(54 * MINUTE_MS);
  expect(await source.token()).toBe("access-1");
  clock.advance(2 * MINUTE_MS);
  expect(await source.token()).toBe("access-2");
});

test("[TK2] many who need a token at once cause one request", async () => {
  const source = tokens();
  const release = authority.hold();
  const waiting = Array.from({ length: 20 }, () => source.token());
  const renewal = source.renew();
  release();
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(["access-1"]));
  await renewal;
  expect(authority.requests).toHaveLength(1);
});

test("[TK3] a token that the upstream refused is not handed out again", async () => {
  const source = tokens();
  const refused = await source.token();
  expect(await source.token({ stale: refused })).toBe("access-2");
  // A late complaint about the old one does not cost the new one.
  expect(await source.token({ stale: refused })).toBe("access-2");
  expect(authority.requests).toHaveLength(2);
});

test("[TK3] when the authority gives the refused token again, that is an error to try again", async () => {
  authority.answerWith(() => ({
    status: 200,
    body: { token_type: "Bearer", expires_in: 3600, access_token: "always-the-same" },
  }));
  const source = tokens();
  const stale = await source.token();
  await expect(source.token({ stale })).rejects.toMatchObject({ code: "CS-1203" });
});

test("[TK4] a failing renewal is not noticed while the kept token is good for another minute", async () => {
  const source = tokens();
  await source.token();
  authority.answerWith(() => ({ status: 503, body: "down" }));
  clock.advance(58 * MINUTE_MS);
  expect(await source.token()).toBe("access-1");
  expect(await source.health()).toEqual({ ok: true });
  clock.advance(1.5 * MINUTE_MS);
  await expect(source.token()).rejects.toMatchObject({ code: "CS-1203", kind: "transient" });
  expect(await source.health()).toMatchObject({ ok: false, problem: expect.stringContaining("CS-1203") });
});

test.each([
  ["a wrong secret", refusal("invalid_client", 7000215, 401), "CS-1201", "AADSTS7000215"],
  ["an unknown application", refusal("unauthorized_client", 700016), "CS-1201", "AADSTS700016"],
  ["a blocked application", refusal("invalid_grant", 53003), "CS-1201", "AADSTS53003"],
  ["an unknown tenant", refusal("invalid_request", 90002), "CS-1201", "AADSTS90002"],
  ["a server error", { status: 500, body: {} }, "CS-1203", "HTTP 500"],
  ["a passing trouble", refusal("temporarily_unavailable", 90033, 400), "CS-1203", "AADSTS90033"],
  ["a proxy's page", { status: 403, body: "<html>no</html>" }, "CS-1203", "HTTP 403"],
  ["an answer without a token", { status: 200, body: "{}" }, "CS-1203", "HTTP 200"],
])("[TK5] %s is told apart: %s", async (_what, reply, code, upstreamCode) => {
  authority.answerWith(() => reply);
  await expect(tokens().token()).rejects.toMatchObject({ code, details: { upstreamCode } });
});

test("[TK5] the authority's request to wait is passed on", async () => {
  authority.answerWith(() => ({ status: 429, body: {}, headers: { "retry-after": "17" } }));
  await expect(tokens().token()).rejects.toMatchObject({ code: "CS-1203", details: { retryAfterMs: 17_000 } });
});

test("[TK5] an authority that cannot be reached is tried again later", async () => {
  const source = tokens();
  await authority.close();
  await expect(source.token()).rejects.toMatchObject({ code: "CS-1203" });
});

test("[TK5] a redirect of the authority is not followed", async () => {
  const elsewhere = await createFakeAuthority();
  authority.answerWith(() => ({ status: 307, body: "", headers: { location: `${elsewhere.url}/x` } }));
  await expect(tokens().token()).rejects.toMatchObject({ code: "CS-1203" });
  expect(elsewhere.requests).toEqual([]);
  await elsewhere.close();
});

test("[TK5] a private key that cannot sign is an unusable credential", async () => {
  const { certificate } = await runCertificate("relay");
  const credential = { kind: "certificate", certificates: [certificate], privateKey: "not a key" } as const;
  await expect(tokens({ credential }).token()).rejects.toMatchObject({ code: "CS-1201" });
  expect(authority.requests).toEqual([]);
});

test("[TK6] a refused sign-in is not repeated for five seconds, however many ask", async () => {
  authority.answerWith(() => refusal("invalid_client", 7000215, 401));
  const source = tokens();
  for (let n = 0; n < 5; n += 1) await expect(source.token()).rejects.toMatchObject({ code: "CS-1201" });
  expect(authority.requests).toHaveLength(1);
  authority.answerWith(null);
  clock.advance(5_000);
  expect(await source.token()).toBe("access-2");
  expect(await source.health()).toEqual({ ok: true });
});

test("[TK7] a certificate that ends within 14 days is a warning before it is a failure", async () => {
  const pair = await runCertificate("relay", new Date(clock.now() + 10 * DAY_MS));
  const credential = { kind: "certificate", certificates: [pair.certificate], privateKey: pair.privateKey } as const;
  expect(await tokens({ credential }).health()).toMatchObject({
    ok: true,
    problem: expect.stringContaining("14 days"),
  });
});

test("[TK1] over https, the configured authority itself is asked, by its own name", async () => {
  const asked: string[] = [];
  const source = tokens({
    authorityUrl: "https://sign-in.example.com",
    fetch: async (url) => {
      asked.push(new URL(url).host);
      return new Response("{}", { status: 503 });
    },
  });
  await expect(source.token()).rejects.toMatchObject({ code: "CS-1203" });
  expect(new Set(asked)).toEqual(new Set(["sign-in.example.com"]));
});
