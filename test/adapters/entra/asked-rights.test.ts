import { createDataverseTokens } from "../../../sync-relay/src/adapters/entra/dataverse-tokens";
import { createInteractiveSignIn } from "../../../sync-relay/src/adapters/entra/interactive-sign-in";
import { createPartnerCenterTokens } from "../../../sync-relay/src/adapters/entra/partner-center-tokens";
import { createSealing } from "../../../sync-relay/src/adapters/sealing/sealing";
import { createFakeAuthority, type FakeAuthority } from "./fake-authority";
import { handClock, lastGauges, listLog, memorySecrets } from "./sign-in-fixture";

let authority: FakeAuthority;
beforeEach(async () => {
  authority = await createFakeAuthority();
});
afterEach(() => authority.close());

const app = {
  tenantId: "11111111-2222-3333-4444-555555555555",
  clientId: "66666666-7777-8888-9999-000000000000",
  credential: { kind: "secret", secret: "the-client-secret" },
} as const;

/** What every sign-in of a person asks besides: who it is, and to stay signed in. They open no API. */
const WHO = ["openid", "profile", "offline_access"];

/** The rights that a request asks for, without those that open nothing. */
const rightsIn = (scope: string | null | undefined): readonly string[] =>
  (scope ?? "").split(" ").filter((right) => right !== "" && !WHO.includes(right));

test("[TK13] as an application the relay asks for its own rights in its own environment, and for nothing else", async () => {
  const around = { clock: handClock(), log: listLog(), metrics: lastGauges() };
  const dataverseUrl = "https://contoso.crm4.dynamics.com";
  await createDataverseTokens({ authorityUrl: authority.url, ...app, dataverseUrl, ...around }).token();
  expect(authority.requests.map(({ form }) => rightsIn(form["scope"]))).toEqual([[`${dataverseUrl}/.default`]]);
});

test.each(["https://api.partner.microsoft.com", "https://api.partnercenter.microsoft.com"])(
  "[TK13] of a refresh token the relay asks for a token of %s alone",
  async (audience) => {
    const around = { clock: handClock(), log: listLog(), metrics: lastGauges(), secrets: memorySecrets() };
    const sealing = createSealing({ keys: [Buffer.alloc(32, 1)] });
    const first = { firstRefreshToken: "first", audience };
    await createPartnerCenterTokens({ authorityUrl: authority.url, ...app, ...first, sealing, ...around }).token();
    expect(authority.requests.map(({ form }) => rightsIn(form["scope"]))).toEqual([[`${audience}/.default`]]);
  },
);

test("[TK13, LG8] a person is asked for one right in the browser, for a code that only this process can redeem", async () => {
  const signIn = createInteractiveSignIn({ authorityUrl: authority.url, ...app });
  const request = { scope: "https://contoso.crm4.dynamics.com/user_impersonation", redirectUri: "http://localhost:1" };
  const [first, second] = [await signIn.inBrowser(request), await signIn.inBrowser(request)];
  const asked = [first, second].map(({ url }) => new URL(url).searchParams);
  for (const parameters of asked) {
    expect(rightsIn(parameters.get("scope"))).toEqual([request.scope]);
    expect([parameters.get("response_type"), parameters.get("code_challenge_method")]).toEqual(["code", "S256"]);
    expect(parameters.get("redirect_uri")).toBe(request.redirectUri);
  }
  expect(new Set(asked.map((parameters) => parameters.get("code_challenge"))).size).toBe(2);
  expect(first.state).not.toBe(second.state);
  await first.redeem("the-code").catch(() => undefined);
  const form = authority.requests[0]?.form ?? {};
  expect(form).toMatchObject({ grant_type: "authorization_code", code: "the-code", redirect_uri: request.redirectUri });
  expect(form["code_verifier"]).toMatch(/^[\w.~-]{43,128}$/);
});
