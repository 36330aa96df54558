import {
  createAuthoritySimulator,
  type AuthoritySimulator,
} from "../../../sync-relay/simulator/authority/authority-simulator";

const CLIENT = "0f4b3c7e-1111-4a8e-9d7e-0a6a4e6b7c01";
const SCOPE = "https://api.partner.microsoft.com/.default";
let authority: AuthoritySimulator;

beforeAll(async () => {
  authority = await createAuthoritySimulator({
    clients: [
      { clientId: CLIENT, secret: "right", redirectUris: ["http://localhost"], allowPublicClient: true },
      { clientId: "closed", secret: "right" },
    ],
    users: [
      { objectId: "1", userName: "careful@contoso.example", roles: ["Referrals admin"] },
      { objectId: "2", userName: "hasty@contoso.example", signsInWith: "password" },
    ],
  });
});
afterAll(() => authority.close());

/** Where the sign-in page sends the browser. */
async function signInAt(query: Readonly<Record<string, string>>) {
  const search = new URLSearchParams({ client_id: CLIENT, response_type: "code", scope: SCOPE, ...query });
  const answer = await fetch(`${authority.url}/${authority.tenantId}/oauth2/v2.0/authorize?${search}`, {
    redirect: "manual",
  });
  return { status: answer.status, location: answer.headers.get("location") ?? "" };
}

test.each([
  ["http://localhost", true],
  ["http://localhost/", true],
  ["http://localhost:43210", true],
  ["http://localhost:43210/", true],
  ["http://localhost:43210/other", false],
  ["http://127.0.0.1:43210", false],
  ["https://localhost:43210", false],
  ["http://localhost.example:43210", false],
])("[SA11] of a registered http://localhost the port does not count: %s", async (redirectUri, taken) => {
  const { status, location } = await signInAt({ redirect_uri: redirectUri });
  expect(status).toBe(taken ? 302 : 400);
  expect(location.startsWith(redirectUri)).toBe(taken);
});

test("[SA12] a sign-in without a code challenge is refused when the setting says so", async () => {
  authority.settings.codeChallenges = "required";
  const { location } = await signInAt({ redirect_uri: "http://localhost:1" });
  authority.settings.codeChallenges = "optional";
  expect(new URL(location).searchParams.get("error_description")).toContain("AADSTS9002325");
});

const token = async (form: Readonly<Record<string, string>>) => {
  const url = `${authority.url}/${authority.tenantId}/oauth2/v2.0/token`;
  return (await (await fetch(url, { method: "POST", body: new URLSearchParams(form) })).json()) as Record<
    string,
    string
  >;
};
const claims = (text: string) =>
  JSON.parse(Buffer.from(text.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;

test.each([
  ["careful@contoso.example", ["pwd", "mfa"], ["Referrals admin"]],
  ["hasty@contoso.example", ["pwd"], []],
])("[SA13] a token tells of %s how it was signed in and with which roles", async (login_hint, amr, roles) => {
  const { location } = await signInAt({ redirect_uri: "http://localhost:1", login_hint });
  const answer = await token({
    grant_type: "authorization_code",
    client_id: CLIENT,
    client_secret: "right",
    code: new URL(location).searchParams.get("code") ?? "",
    redirect_uri: "http://localhost:1",
  });
  expect(claims(answer["access_token"] ?? "")).toMatchObject({ upn: login_hint, amr, roles });
});

test("[SA14] a confidential application gets device codes only where public flows are allowed", async () => {
  const start = async (client_id: string) => {
    const url = `${authority.url}/${authority.tenantId}/oauth2/v2.0/devicecode`;
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams({ client_id, scope: SCOPE }) });
    return (await answer.json()) as Record<string, string> & { error_codes?: readonly number[] };
  };
  expect((await start("closed")).error_codes).toEqual([7000218]);
  const { device_code: code = "" } = await start(CLIENT);
  const grant = { grant_type: "urn:ietf:params:oauth:grant-type:device_code", client_id: CLIENT, device_code: code };
  expect(await token(grant)).toHaveProperty("refresh_token");
  expect(await token({ grant_type: "client_credentials", client_id: CLIENT, scope: SCOPE })).toMatchObject({
    error: "invalid_client",
  });
});
