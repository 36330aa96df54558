import { ConfidentialClientApplication, CryptoProvider, PublicClientApplication } from "@azure/msal-node";
import { constants, createHash, KeyObject, sign, X509Certificate } from "node:crypto";
import {
  createAuthoritySimulator,
  type AuthoritySimulator,
} from "../../../sync-relay/simulator/authority/authority-simulator";
import { createRedirectingNetwork } from "../../../sync-relay/simulator/authority/redirecting-network";
import { issueCertificate } from "../../../sync-relay/simulator/certificates/issue-certificate";
import { createKeyPair } from "../../../sync-relay/simulator/certificates/key-pair";

const CLIENT = "0f4b3c7e-1111-4a8e-9d7e-0a6a4e6b7c01";
const PUBLIC_CLIENT = "0f4b3c7e-2222-4a8e-9d7e-0a6a4e6b7c02";
const REFERRALS = "https://api.partner.microsoft.com";
const EVENTS = "https://api.partnercenter.microsoft.com";
const REDIRECT = "https://relay.example/auth/callback";

let authority: AuthoritySimulator;
let certificate: { readonly pem: string; readonly privateKeyPem: string; readonly thumbprint: string };

beforeAll(async () => {
  const keys = await createKeyPair();
  const name = { commonName: "relay" };
  const now = Date.now();
  const { pem, der } = await issueCertificate({
    subject: name,
    keys,
    issuer: { name, keys },
    use: { kind: "signer", domain: "relay.example" },
    notBefore: new Date(now - 60_000),
    notAfter: new Date(now + 3_600_000),
  });
  certificate = {
    pem,
    privateKeyPem: KeyObject.from(keys.privateKey).export({ type: "pkcs8", format: "pem" }).toString(),
    thumbprint: createHash("sha256").update(new X509Certificate(der).raw).digest("hex"),
  };
});

beforeEach(async () => {
  authority = await createAuthoritySimulator({
    clients: [
      { clientId: CLIENT, secret: "right", certificates: [certificate.pem], roles: ["Sync.All"] },
      { clientId: PUBLIC_CLIENT },
    ],
    users: [{ objectId: "u-1", userName: "seller@partner.example", roles: ["Admin"] }],
  });
});

afterEach(() => authority.close());

const settingsOf = (clientId: string) => ({
  auth: { clientId, authority: `https://login.microsoftonline.com/${authority.tenantId}` },
  system: { networkClient: createRedirectingNetwork(authority.url) },
});

function confidential(credential: object = { clientSecret: "right" }) {
  const { auth, system } = settingsOf(CLIENT);
  return new ConfidentialClientApplication({ auth: { ...auth, ...credential }, system });
}

async function signedIn(app: ConfidentialClientApplication) {
  const { challenge, verifier } = await new CryptoProvider().generatePkceCodes();
  const scopes = [`${REFERRALS}/.default`];
  const page = await app.getAuthCodeUrl({
    scopes,
    redirectUri: REDIRECT,
    codeChallenge: challenge,
    codeChallengeMethod: "S256",
    state: "s-1",
  });
  const local = page.replace("https://login.microsoftonline.com", authority.url);
  const location = new URL((await fetch(local, { redirect: "manual" })).headers.get("location") ?? "");
  return {
    location,
    redeem: (codeVerifier = verifier) =>
      app.acquireTokenByCode({
        code: location.searchParams.get("code") ?? "",
        scopes,
        redirectUri: REDIRECT,
        codeVerifier,
      }),
  };
}

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (thrown: unknown) => thrown,
  );

test("[SA1] msal-node gets an app-only token by client secret", async () => {
  const answer = await confidential().acquireTokenByClientCredential({ scopes: ["https://org.example/.default"] });
  const facts = authority.introspect(answer?.accessToken ?? "");
  expect(facts).toMatchObject({
    caller: "app",
    audience: "https://org.example",
    clientId: CLIENT,
    roles: ["Sync.All"],
  });
});

test("[SA1] msal-node gets an app-only token by certificate", async () => {
  const app = confidential({
    clientCertificate: { thumbprintSha256: certificate.thumbprint, privateKey: certificate.privateKeyPem },
  });
  const answer = await app.acquireTokenByClientCredential({ scopes: ["https://org.example/.default"] });
  expect(authority.introspect(answer?.accessToken ?? "")).toMatchObject({ caller: "app" });
});

test("[SA2] a client assertion signed by another key is refused", async () => {
  const other = await createKeyPair();
  const privateKey = KeyObject.from(other.privateKey).export({ type: "pkcs8", format: "pem" }).toString();
  const app = confidential({ clientCertificate: { thumbprintSha256: certificate.thumbprint, privateKey } });
  const refused = await refusalOf(app.acquireTokenByClientCredential({ scopes: ["https://org.example/.default"] }));
  expect(refused).toMatchObject({ errorCode: "invalid_client", errorNo: 700027 });
});

/** A client assertion as the library makes it, with other claims. */
function anAssertion(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const thumbprint = Buffer.from(certificate.thumbprint, "hex").toString("base64url");
  const right = {
    aud: `https://login.microsoftonline.com/${authority.tenantId}/oauth2/v2.0/token`,
    iss: CLIENT,
    sub: CLIENT,
    exp: Math.floor(Date.now() / 1_000) + 600,
  };
  const signed = `${part({ alg: "PS256", "x5t#S256": thumbprint })}.${part({ ...right, ...claims })}`;
  const key = { key: certificate.privateKeyPem, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  return `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}`;
}

test.each([
  ["right claims", {}, undefined],
  ["another audience", { aud: "https://login.microsoftonline.com/other/oauth2/v2.0/token" }, 700023],
  ["another issuer", { iss: "someone" }, 700027],
  ["another subject", { sub: "someone" }, 700027],
  ["an expiry that has passed", { exp: 1 }, 700024],
])("[SA2] a client assertion with %s is judged", async (_what, claims, code) => {
  const body = new URLSearchParams({
    client_id: CLIENT,
    grant_type: "client_credentials",
    scope: "https://org.example/.default",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: anAssertion(claims),
  });
  const answer = await fetch(`${authority.url}/${authority.tenantId}/oauth2/v2.0/token`, { method: "POST", body });
  const { error_codes: codes } = (await answer.json()) as { error_codes?: readonly number[] };
  expect(codes?.[0]).toBe(code);
});

test("[SA2] a wrong client secret is invalid_client 7000215", async () => {
  const app = confidential({ clientSecret: "wrong" });
  const refused = await refusalOf(app.acquireTokenByClientCredential({ scopes: ["https://org.example/.default"] }));
  expect(refused).toMatchObject({ errorCode: "invalid_client", errorNo: 7000215 });
});

test("[SA3] msal-node signs a user in by authorization code with PKCE", async () => {
  const { location, redeem } = await signedIn(confidential());
  expect(location.origin + location.pathname).toBe(REDIRECT);
  expect(location.searchParams.get("state")).toBe("s-1");
  const answer = await redeem();
  expect(answer.account?.username).toBe("seller@partner.example");
  expect(answer.idTokenClaims).toMatchObject({ roles: ["Admin"], tid: authority.tenantId });
  expect(authority.introspect(answer.accessToken)).toMatchObject({ caller: "user", audience: REFERRALS });
});

test("[SA3] a code is good once, and only with its verifier", async () => {
  const { redeem } = await signedIn(confidential());
  expect(await refusalOf(redeem("x".repeat(43)))).toMatchObject({ errorCode: "invalid_grant", errorNo: 501481 });
  expect(await refusalOf(redeem())).toMatchObject({ errorCode: "invalid_grant", errorNo: 70008 });
});

test("[SA4] one refresh token gives tokens for both Partner Center audiences, without a second sign-in", async () => {
  const app = confidential();
  const { account } = await (await signedIn(app)).redeem();
  const silent = await app.acquireTokenSilent({ account: account ?? never(), scopes: [`${EVENTS}/.default`] });
  expect(authority.acceptToken(silent.accessToken, EVENTS)).toMatchObject({ kind: "accepted", caller: "user" });
  expect(authority.acceptToken(silent.accessToken, REFERRALS)).toEqual({ kind: "rejected" });
});

test("[SA4] a refresh token from before seeds msal-node, and every redemption gives a new one", async () => {
  const app = confidential();
  const scopes = [`${REFERRALS}/.default`];
  const refreshToken = authority.issueRefreshToken(CLIENT);
  const answer = await app.acquireTokenByRefreshToken({ refreshToken, scopes, forceCache: true });
  expect(answer?.account?.username).toBe("seller@partner.example");
  const cache = app.getTokenCache().serialize();
  expect(cache).toContain("RefreshToken");
  expect(cache).not.toContain(refreshToken);
});

test.each([
  ["stay-valid", null],
  ["become-invalid", { errorCode: "invalid_grant", errorNo: 9002313 }],
] as const)("[SA4] used refresh tokens %s", async (usedRefreshTokens, expected) => {
  authority.settings.usedRefreshTokens = usedRefreshTokens;
  const refreshToken = authority.issueRefreshToken(CLIENT);
  const redeem = () => confidential().acquireTokenByRefreshToken({ refreshToken, scopes: [`${REFERRALS}/.default`] });
  await redeem();
  const second = await refusalOf(redeem());
  if (expected === null) expect(second).toBeNull();
  else expect(second).toMatchObject(expected);
});

test.each([
  ["multi-factor required", { multiFactor: "required" }, 50076, "InteractionRequiredAuthError"],
  ["expired", { refreshTokens: "expired" }, 700082, "ServerError"],
  ["revoked", { refreshTokens: "revoked" }, 50173, "InteractionRequiredAuthError"],
] as const)("[SA5] a refresh token is refused: %s", async (_why, knob, errorNo, name) => {
  Object.assign(authority.settings, knob);
  const refreshToken = authority.issueRefreshToken(CLIENT);
  const refused = await refusalOf(
    confidential().acquireTokenByRefreshToken({ refreshToken, scopes: [`${REFERRALS}/.default`] }),
  );
  expect(refused).toMatchObject({ errorCode: "invalid_grant", errorNo, name });
});

test("[SA5] an administrator's revocation makes earlier refresh tokens worthless, later ones are good", async () => {
  const earlier = authority.issueRefreshToken(CLIENT);
  authority.revokeRefreshTokens();
  const scopes = [`${REFERRALS}/.default`];
  const redeem = (refreshToken: string) => confidential().acquireTokenByRefreshToken({ refreshToken, scopes });
  expect(await refusalOf(redeem(earlier))).toMatchObject({ errorNo: 50173 });
  expect(await refusalOf(redeem(authority.issueRefreshToken(CLIENT)))).toBeNull();
});

test.each([
  ["approved", null],
  ["blocked", { errorCode: "post_request_failed" }],
] as const)("[SA6] device codes: %s", async (deviceCodes, expected) => {
  authority.settings.deviceCodes = deviceCodes;
  const app = new PublicClientApplication(settingsOf(PUBLIC_CLIENT));
  let shown = "";
  const work = app.acquireTokenByDeviceCode({
    scopes: [`${REFERRALS}/.default`],
    deviceCodeCallback: ({ userCode }) => (shown = userCode),
  });
  const refused = await refusalOf(work);
  expect(shown).not.toBe("");
  if (expected === null) expect(refused).toBeNull();
  else expect(refused).toMatchObject(expected);
});

test("[SA7] the redirecting network refuses every address but the authority's", async () => {
  const network = createRedirectingNetwork(authority.url);
  await expect(network.sendGetRequestAsync("https://login.microsoftonline.com.example/x")).rejects.toThrow();
});

function never(): never {
  throw new Error("no account");
}
