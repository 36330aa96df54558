// The same sign-ins on the simulated authority, which checks secrets, certificates and refresh tokens by itself.

import { createDataverseTokens } from "../../../sync-relay/src/adapters/entra/dataverse-tokens";
import type { ClientCredential } from "../../../sync-relay/src/adapters/entra/client-credential";
import { createPartnerCenterTokens } from "../../../sync-relay/src/adapters/entra/partner-center-tokens";
import { createSealing } from "../../../sync-relay/src/adapters/sealing/sealing";
import {
  createAuthoritySimulator,
  type AuthoritySimulator,
} from "../../../sync-relay/simulator/authority/authority-simulator";
import { runCertificate, type TestCertificate } from "../../support/run-certificate";
import { handClock, lastGauges, listLog, memorySecrets } from "./sign-in-fixture";

const CLIENT_ID = "66666666-7777-8888-9999-000000000000";
const DATAVERSE = "https://contoso.crm4.dynamics.com";
const REFERRALS = "https://api.partner.microsoft.com";
const EVENTS = "https://api.partnercenter.microsoft.com";

let certificate: TestCertificate;
let authority: AuthoritySimulator;
let secrets: ReturnType<typeof memorySecrets>;

beforeAll(async () => {
  certificate = await runCertificate("relay");
});

beforeEach(async () => {
  authority = await createAuthoritySimulator({
    clients: [{ clientId: CLIENT_ID, secret: "the-client-secret", certificates: [certificate.certificate] }],
  });
  secrets = memorySecrets();
});

afterEach(() => authority.close());

function signIn(credential: ClientCredential = { kind: "secret", secret: "the-client-secret" }) {
  return {
    authorityUrl: authority.url,
    tenantId: authority.tenantId,
    clientId: CLIENT_ID,
    credential,
    clock: handClock(),
    log: listLog(),
    metrics: lastGauges(),
  };
}

function partnerCenter(audience: string, firstRefreshToken = authority.issueRefreshToken(CLIENT_ID)) {
  const sealing = createSealing({ keys: [Buffer.alloc(32, 7)] });
  return createPartnerCenterTokens({ ...signIn(), audience, firstRefreshToken, secrets, sealing });
}

test.each(["secret", "certificate"] as const)(
  "[TK1] Dataverse accepts the token got with a client %s",
  async (kind) => {
    const { certificate: own, privateKey } = certificate;
    const credential: ClientCredential =
      kind === "secret" ? { kind, secret: "the-client-secret" } : { kind, certificates: [own], privateKey };
    const token = await createDataverseTokens({ ...signIn(credential), dataverseUrl: DATAVERSE }).token();
    expect(authority.acceptToken(token, DATAVERSE)).toEqual({ kind: "accepted", caller: "app" });
  },
);

test("[TK5] a certificate that is not registered is refused: CS-1201", async () => {
  const other = await runCertificate("other");
  const credential = { kind: "certificate", certificates: [other.certificate], privateKey: other.privateKey } as const;
  const source = createDataverseTokens({ ...signIn(credential), dataverseUrl: DATAVERSE });
  await expect(source.token()).rejects.toMatchObject({ code: "CS-1201" });
});

test.each(["wrong", "expired"] as const)("[TK5] a client secret that is %s is CS-1201", async (clientSecrets) => {
  authority.settings.clientSecrets = clientSecrets;
  const source = createDataverseTokens({ ...signIn(), dataverseUrl: DATAVERSE });
  await expect(source.token()).rejects.toMatchObject({ code: "CS-1201" });
});

test.each([429, 500, 503] as const)(
  "[TK5] an authority that answers %i is CS-1203, and the next try succeeds",
  async (status) => {
    authority.settings.fault = { status, count: 1, retryAfterSeconds: 3 };
    const source = createDataverseTokens({ ...signIn(), dataverseUrl: DATAVERSE });
    await expect(source.token()).rejects.toMatchObject({ code: "CS-1203" });
    expect(authority.acceptToken(await source.token(), DATAVERSE).kind).toBe("accepted");
  },
);

test("[TK8] both audiences accept the user's tokens got with one refresh token", async () => {
  const first = authority.issueRefreshToken(CLIENT_ID);
  for (const audience of [REFERRALS, EVENTS]) {
    const token = await partnerCenter(audience, first).token();
    expect(authority.acceptToken(token, audience)).toMatchObject({ kind: "accepted", caller: "user" });
  }
});

test("[TK8] each redeem uses the newest refresh token, so it works even where used ones end at once", async () => {
  authority.settings.usedRefreshTokens = "become-invalid";
  const first = authority.issueRefreshToken(CLIENT_ID);
  const [referrals, events] = [partnerCenter(REFERRALS, first), partnerCenter(EVENTS, first)];
  await referrals.renew();
  await events.renew();
  await referrals.renew();
  expect(authority.acceptToken(await referrals.token(), REFERRALS).kind).toBe("accepted");
});

test.each(["expired", "revoked"] as const)("[TK9] a refresh token that is %s is CS-1202", async (refreshTokens) => {
  authority.settings.refreshTokens = refreshTokens;
  await expect(partnerCenter(REFERRALS).token()).rejects.toMatchObject({ code: "CS-1202" });
});

test("[TK9] a second factor that is asked for is CS-1202", async () => {
  authority.settings.multiFactor = "required";
  await expect(partnerCenter(REFERRALS).token()).rejects.toMatchObject({ code: "CS-1202" });
});
