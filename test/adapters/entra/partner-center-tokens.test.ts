import {
  createPartnerCenterTokens,
  type PartnerCenterTokensOptions,
} from "../../../sync-relay/src/adapters/entra/partner-center-tokens";
import { REFRESH_TOKEN_NAME } from "../../../sync-relay/src/adapters/entra/refresh-token-store";
import { createSealing } from "../../../sync-relay/src/adapters/sealing/sealing";
import { RelayError } from "../../../sync-relay/src/core/errors";
import { createFakeAuthority, refusal, type FakeAuthority, type TokenRequest } from "./fake-authority";
import { DAY_MS, handClock, lastGauges, listLog, memorySecrets, MINUTE_MS } from "./sign-in-fixture";

let authority: FakeAuthority;
let clock: ReturnType<typeof handClock>;
let secrets: ReturnType<typeof memorySecrets>;
let log: ReturnType<typeof listLog>;
let metrics: ReturnType<typeof lastGauges>;

const sealing = createSealing({ keys: [Buffer.alloc(32, 1)] });
const redeemed = () => authority.requests.map((request) => request.form["refresh_token"]);
const refuse = (...bad: string[]) =>
  authority.answerWith(({ form }: TokenRequest) =>
    bad.includes(form["refresh_token"] ?? "") ? refusal("invalid_grant", 700082) : null,
  );

beforeEach(async () => {
  authority = await createFakeAuthority();
  clock = handClock();
  secrets = memorySecrets();
  log = listLog();
  metrics = lastGauges();
});

afterEach(() => authority.close());

function tokens(changes: Partial<PartnerCenterTokensOptions> = {}) {
  return withoutFirst({ firstRefreshToken: "first", ...changes });
}

function withoutFirst(changes: Partial<PartnerCenterTokensOptions> = {}) {
  return createPartnerCenterTokens({
    authorityUrl: authority.url,
    tenantId: "contoso.onmicrosoft.com",
    clientId: "66666666-7777-8888-9999-000000000000",
    credential: { kind: "secret", secret: "the-client-secret" },
    audience: "https://api.partner.microsoft.com",
    secrets,
    sealing,
    clock,
    log,
    metrics,
    ...changes,
  });
}

test("[TK8] the refresh token is redeemed for the audience, and its successor is stored sealed", async () => {
  expect(await tokens().token()).toBe("access-1");
  expect(authority.requests[0]?.form).toMatchObject({
    grant_type: "refresh_token",
    refresh_token: "first",
    scope: expect.stringContaining("https://api.partner.microsoft.com/.default"),
  });
  const sealed = secrets.stored.get(REFRESH_TOKEN_NAME) ?? "";
  expect(sealed).not.toContain("refresh-1");
  expect(JSON.parse(sealing.open(REFRESH_TOKEN_NAME, sealed))).toMatchObject({ token: "refresh-1" });
});

test("[TK8] after a restart the stored refresh token wins over the first", async () => {
  await tokens().token();
  await tokens().token();
  expect(redeemed()).toEqual(["first", "refresh-1"]);
});

test("[TK8] two audiences share one refresh token", async () => {
  const referrals = tokens();
  const events = tokens({ audience: "https://api.partnercenter.microsoft.com" });
  await referrals.token();
  await events.token();
  await referrals.renew();
  expect(redeemed()).toEqual(["first", "refresh-1", "refresh-2"]);
  expect(authority.requests[1]?.form["scope"]).toContain("https://api.partnercenter.microsoft.com/.default");
});

test("[TK8] a successor that could not be stored costs nothing: the old one is redeemed again", async () => {
  const source = tokens();
  await source.token();
  secrets.failNext(new RelayError("CS-1301"));
  await source.renew();
  await source.renew();
  expect(redeemed()).toEqual(["first", "refresh-1", "refresh-1"]);
  expect(log.lines.join()).toContain("CS-1301");
});

test.each([
  ["expired", refusal("invalid_grant", 700082)],
  ["revoked", refusal("invalid_grant", 50173)],
  [
    "short of a second factor",
    { status: 400, body: { ...asObject(refusal("invalid_grant", 50076).body), suberror: "basic_action" } },
  ],
  ["short of consent", refusal("consent_required", 65001)],
])("[TK9] a sign-in that is %s asks for a new sign-in: CS-1202", async (_what, reply) => {
  authority.answerWith(() => reply);
  const source = tokens();
  await expect(source.token()).rejects.toMatchObject({ code: "CS-1202", kind: "unauthorized" });
  expect(await source.health()).toMatchObject({ ok: false, problem: expect.stringContaining("CS-1202") });
});

test("[TK9] a wrong client secret is told apart from an expired sign-in: CS-1201", async () => {
  authority.answerWith(() => refusal("invalid_client", 7000215, 401));
  await expect(tokens().token()).rejects.toMatchObject({ code: "CS-1201" });
});

test("[TK9] without any refresh token nobody is asked: CS-1202", async () => {
  const source = withoutFirst();
  await expect(source.token()).rejects.toMatchObject({ code: "CS-1202" });
  expect(authority.requests).toEqual([]);
});

test("[TK10] when the stored refresh token is refused, the configured one is tried: a new sign-in by restart", async () => {
  await tokens({ firstRefreshToken: "old-sign-in" }).token();
  refuse("refresh-1", "old-sign-in");
  const source = tokens({ firstRefreshToken: "new-sign-in" });
  expect(await source.token()).toBe("access-3");
  await source.renew();
  expect(redeemed()).toEqual(["old-sign-in", "refresh-1", "new-sign-in", "refresh-3"]);
});

test("[TK10] a refresh token that another replica stored meanwhile is tried before giving up", async () => {
  await tokens().token();
  const source = tokens();
  authority.answerWith(({ form }) => {
    if (form["refresh_token"] !== "refresh-1") return null;
    const theirs = JSON.stringify({ token: "theirs", expiresAtMs: clock.now() + DAY_MS });
    secrets.stored.set(REFRESH_TOKEN_NAME, sealing.seal(REFRESH_TOKEN_NAME, theirs));
    return refusal("invalid_grant", 700082);
  });
  expect(await source.token()).toBe("access-3");
  expect(redeemed()).toEqual(["first", "refresh-1", "theirs"]);
});

test("[TK8] a sign-in that is stored while the old one is renewed stays", async () => {
  await tokens().token();
  const source = tokens();
  authority.answerWith(() => {
    const signedIn = JSON.stringify({ token: "another user's", expiresAtMs: clock.now() + DAY_MS });
    secrets.stored.set(REFRESH_TOKEN_NAME, sealing.seal(REFRESH_TOKEN_NAME, signedIn));
    return null;
  });
  await source.token();
  await source.renew();
  expect(redeemed()).toEqual(["first", "refresh-1", "another user's"]);
});

test("[TK11] a stored refresh token that another key sealed is CS-1204, unless a configured one can replace it", async () => {
  await tokens().token();
  const otherKey = { sealing: createSealing({ keys: [Buffer.alloc(32, 2)] }) };
  await expect(withoutFirst(otherKey).token()).rejects.toMatchObject({
    code: "CS-1204",
  });
  expect(await tokens(otherKey).token()).toBe("access-2");
  expect(await withoutFirst(otherKey).token()).toBe("access-3");
});

test("[TK7] the end of the sign-in moves 90 days ahead with each renewal, and shows in health and metrics", async () => {
  const source = tokens();
  const gauge = () => metrics.gauges.get(`cosell_credential_expiry_timestamp_seconds ${REFRESH_TOKEN_NAME}`);
  await source.token();
  clock.advance(DAY_MS);
  await source.renew();
  const end = clock.now() + 90 * DAY_MS;
  expect(await source.health()).toEqual({ ok: true, expiresAtMs: end });
  expect(gauge()).toBe(end / 1000);
});

test("[TK7] a relay that was off for long sees how little is left before it signs in", async () => {
  await tokens().token();
  clock.advance(80 * DAY_MS);
  authority.answerWith(() => ({ status: 503, body: "" }));
  const health = await tokens().health();
  expect(health).toMatchObject({ ok: false, expiresAtMs: clock.now() + 10 * DAY_MS });
  expect(metrics.gauges.get(`cosell_credential_expiry_timestamp_seconds ${REFRESH_TOKEN_NAME}`)).toBe(
    (clock.now() + 10 * DAY_MS) / 1000,
  );
});

test("[TK7] a refused daily renewal is seen at once, while the access token still works", async () => {
  const source = tokens();
  await source.token();
  clock.advance(10 * MINUTE_MS);
  authority.answerWith(() => refusal("invalid_grant", 50173));
  await expect(source.renew()).rejects.toMatchObject({ code: "CS-1202" });
  expect(await source.token()).toBe("access-1");
  expect(await source.health()).toMatchObject({ ok: false, problem: expect.stringContaining("CS-1202") });
});

test("[TK12] no token and no secret is logged", async () => {
  const source = tokens();
  await source.token();
  refuse("refresh-1", "first");
  await expect(source.renew()).rejects.toThrow("CS-1202");
  expect(log.lines.length).toBeGreaterThan(1);
  expect(log.lines.join("\n")).not.toMatch(/access-1|refresh-1|"first"|the-client-secret/);
});

function asObject(body: unknown): object {
  return typeof body === "object" && body !== null ? body : {};
}
