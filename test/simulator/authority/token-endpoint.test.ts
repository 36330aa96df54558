import {
  createAuthoritySimulator,
  type AuthoritySimulator,
  type AuthoritySimulatorOptions,
} from "../../../sync-relay/simulator/authority/authority-simulator";

const CLIENT = "0f4b3c7e-1111-4a8e-9d7e-0a6a4e6b7c01";
const RESOURCE = "https://api.partner.microsoft.com";
const open: AuthoritySimulator[] = [];

async function anAuthority(options: Partial<AuthoritySimulatorOptions> = {}): Promise<AuthoritySimulator> {
  const clients = [{ clientId: CLIENT, secret: "right", redirectUris: ["https://relay.example/callback"] }];
  const authority = await createAuthoritySimulator({ clients, ...options });
  open.push(authority);
  return authority;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((authority) => authority.close()));
});

interface Sent {
  readonly tenant?: string;
  readonly path?: string;
  readonly form?: Record<string, string>;
}

const appForm = {
  client_id: CLIENT,
  client_secret: "right",
  grant_type: "client_credentials",
  scope: `${RESOURCE}/.default`,
};

async function ask(authority: AuthoritySimulator, { tenant, path = "oauth2/v2.0/token", form = appForm }: Sent = {}) {
  const answer = await fetch(`${authority.url}/${tenant ?? authority.tenantId}/${path}`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}

const claimsOf = (token: unknown) =>
  JSON.parse(Buffer.from(String(token).split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;

test("[SA1] an access token has the shape of a real one", async () => {
  const authority = await anAuthority({ nowMs: () => 1_800_000_000_000 });
  const { status, body } = await ask(authority);
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: "Bearer", expires_in: 3_599 });
  expect(claimsOf(body["access_token"])).toMatchObject({
    aud: RESOURCE,
    tid: authority.tenantId,
    appid: CLIENT,
    idtyp: "app",
    iat: 1_800_000_000,
    exp: 1_800_003_599,
  });
});

test("[SA1] version 1 takes a resource and answers numbers as text", async () => {
  const authority = await anAuthority();
  const { scope: _scope, ...form } = appForm;
  const { body } = await ask(authority, { path: "oauth2/token", form: { ...form, resource: RESOURCE } });
  expect(body).toMatchObject({ resource: RESOURCE, expires_in: "3599" });
  expect(authority.acceptToken(String(body["access_token"]), RESOURCE)).toEqual({ kind: "accepted", caller: "app" });
});

test.each([
  ["an unknown client", { form: { ...appForm, client_id: "nobody" } }, 400, "unauthorized_client", 700016],
  ["an unknown tenant", { tenant: "nowhere" }, 400, "invalid_request", 90002],
  ["an unknown grant", { form: { ...appForm, grant_type: "password" } }, 400, "unsupported_grant_type", 70003],
  ["a scope without resource", { form: { ...appForm, scope: "openid" } }, 400, "invalid_scope", 70011],
  ["an empty secret", { form: { ...appForm, client_secret: "" } }, 401, "invalid_client", 7000215],
] as const)("[SA2] refused: %s", async (_what, sent, status, error, code) => {
  const answer = await ask(await anAuthority(), sent);
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ error, error_codes: [code] });
  expect(answer.body["error_description"]).toMatch(new RegExp(`^AADSTS${code}: .* Trace ID: .* Correlation ID: `));
});

test("[SA2] a secret can expire", async () => {
  const authority = await anAuthority({ settings: { clientSecrets: "expired" } });
  expect((await ask(authority)).body).toMatchObject({ error: "invalid_client", error_codes: [7000222] });
});

test("[SA2] a client assertion that cannot be read is no credential", async () => {
  const form = { ...appForm, client_assertion: "a.b.c", client_assertion_type: "other" };
  expect((await ask(await anAuthority(), { form })).body).toMatchObject({ error_codes: [700027] });
});

test("[SA3] sign-in returns only to registered addresses and can be declined", async () => {
  const authority = await anAuthority({ settings: { signIn: "declined" } });
  const page = (redirectUri: string) => {
    const query = new URLSearchParams({ client_id: CLIENT, redirect_uri: redirectUri, state: "s" });
    return fetch(`${authority.url}/common/oauth2/v2.0/authorize?${query}`, { redirect: "manual" });
  };
  expect((await page("https://evil.example/")).status).toBe(400);
  const location = new URL((await page("https://relay.example/callback")).headers.get("location") ?? "");
  expect(location.searchParams.get("error")).toBe("access_denied");
});

test("[SA8] an access token is good until it expires or is revoked, and only here", async () => {
  let now = Date.now();
  const authority = await anAuthority({ nowMs: () => now });
  const token = String((await ask(authority)).body["access_token"]);
  expect(authority.introspect(token)).toMatchObject({ audience: RESOURCE });
  expect(authority.introspect(`${token}x`)).toBeNull();
  now += 3_600_000;
  expect(authority.introspect(token)).toBeNull();
  const next = String((await ask(authority)).body["access_token"]);
  authority.revokeAccessTokens();
  expect(authority.introspect(next)).toBeNull();
});

test.each([429, 500, 503] as const)(
  "[SA9] the next token requests fail with %i, later ones succeed",
  async (status) => {
    const authority = await anAuthority({ settings: { fault: { status, count: 2, retryAfterSeconds: 7 } } });
    const first = await ask(authority);
    expect(first.status).toBe(status);
    expect(first.headers.get("retry-after")).toBe(status === 500 ? null : "7");
    expect((await ask(authority)).status).toBe(status);
    expect((await ask(authority)).status).toBe(200);
    expect(authority.tokenRequests()).toBe(3);
  },
);

test("[SA10] discovery documents name this authority's endpoints", async () => {
  const authority = await anAuthority();
  const read = async (path: string) => (await (await fetch(authority.url + path)).json()) as Record<string, unknown>;
  const document = await read(`/${authority.tenantId}/v2.0/.well-known/openid-configuration`);
  expect(document["token_endpoint"]).toBe(`${authority.url}/${authority.tenantId}/oauth2/v2.0/token`);
  expect(document["device_authorization_endpoint"]).toContain("/oauth2/v2.0/devicecode");
  const instance = await read("/common/discovery/instance?authorization_endpoint=x");
  expect(instance["tenant_discovery_endpoint"]).toContain("/.well-known/openid-configuration");
});

test("[SA6] a device code waits until it is approved", async () => {
  const authority = await anAuthority({ clients: [{ clientId: "device" }], settings: { deviceCodes: "pending" } });
  const started = await ask(authority, { path: "oauth2/v2.0/devicecode", form: { client_id: "device" } });
  const form = {
    client_id: "device",
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: String(started.body["device_code"]),
    scope: `${RESOURCE}/.default offline_access`,
  };
  expect((await ask(authority, { form })).body).toMatchObject({ error: "authorization_pending" });
  authority.settings.deviceCodes = "approved";
  expect((await ask(authority, { form })).body).toMatchObject({ refresh_token: expect.any(String) });
});
