import tls from "node:tls";
import { createDataverseTokens } from "../../../sync-relay/src/adapters/entra/dataverse-tokens";
import { probeAddress } from "../../../sync-relay/src/adapters/http/probe-address";
import { createCertificateFetch } from "../../../sync-relay/src/adapters/partner-center/fetch-certificate";
import { openDatabase } from "../../../sync-relay/src/adapters/store/postgres/database";
import { raiseTlsFloor } from "../../../sync-relay/src/adapters/system/tls-floor";
import { runCertificate, type TestCertificate } from "../../support/run-certificate";
import { aCrm, stopServers } from "../dataverse/crm-fixture";
import { handClock, lastGauges, listLog } from "../entra/sign-in-fixture";
import { CORRELATION } from "../partner-center/adapter-calls";
import { anAdapter } from "../partner-center/recording-server";
import { REFERRAL } from "../partner-center/wire-referral";
import { spokenWith, startTlsServer, type TlsServer } from "./tls-server";

const ADDRESS = "127.0.0.1";
const before = {
  floor: [tls.DEFAULT_MIN_VERSION, tls.DEFAULT_MAX_VERSION, tls.DEFAULT_CIPHERS] as const,
  trusted: tls.getCACertificates("default"),
};
let server: TlsServer | undefined;
let good: TestCertificate;
let untrusted: TestCertificate;
let outOfDate: TestCertificate;
let otherName: TestCertificate;

beforeAll(async () => {
  const past = new Date("2021-01-01");
  [good, untrusted, outOfDate, otherName] = await Promise.all([
    runCertificate("localhost", undefined, ADDRESS),
    runCertificate("localhost", undefined, ADDRESS),
    runCertificate("localhost", past, ADDRESS),
    runCertificate("elsewhere.example", undefined, "192.0.2.1"),
  ]);
  tls.setDefaultCACertificates([good, outOfDate, otherName].map(({ certificate }) => certificate));
  // As if options of Node had lowered everything.
  [tls.DEFAULT_MIN_VERSION, tls.DEFAULT_CIPHERS] = ["TLSv1", "ALL:@SECLEVEL=0"];
  raiseTlsFloor();
});

afterEach(async () => {
  server?.close();
  await stopServers();
});

afterAll(() => {
  tls.setDefaultCACertificates([...before.trusted]);
  [tls.DEFAULT_MIN_VERSION, tls.DEFAULT_MAX_VERSION, tls.DEFAULT_CIPHERS] = before.floor;
});

/** Every way in which the relay and its command line speak to others. */
const waysOut: readonly (readonly [string, (server: TlsServer) => Promise<unknown>])[] = [
  ["Partner Center", ({ url }) => anAdapter({ url }).partnerCenter.read(REFERRAL, CORRELATION)],
  ["Dataverse", async ({ url }) => (await aCrm({ baseUrl: url })).crm.whoAmI()],
  ["the sign-in authority", ({ url }) => tokensFrom(url).token()],
  ["a certificate store", ({ url }) => createCertificateFetch()(new URL(`${url}/a.cer`))],
  ["the public address", ({ url }) => probeAddress(url)],
  ["a database", ({ databasePort }) => askDatabase(databasePort)],
];

function tokensFrom(authorityUrl: string) {
  const ids = { tenantId: "contoso.example", clientId: "66666666-7777-8888-9999-000000000000" };
  const credential = { kind: "secret", secret: "the-client-secret" } as const;
  const around = { clock: handClock(), log: listLog(), metrics: lastGauges() };
  return createDataverseTokens({ authorityUrl, ...ids, credential, dataverseUrl: "https://x.example", ...around });
}

async function askDatabase(port: number): Promise<void> {
  const connectionString = `postgresql://relay:hunter2@${ADDRESS}:${port}/cosell?sslmode=verify-full`;
  const database = openDatabase({ connectionString }, "test", listLog());
  await database.query("select 1").finally(() => database.close());
}

/** What the server gets to hear when the way out is taken. */
async function heardOver(goes: (server: TlsServer) => Promise<unknown>, options: tls.TlsOptions): Promise<TlsServer> {
  server = await startTlsServer(options);
  await goes(server).catch(() => undefined);
  return server;
}

const shown = ({ certificate, privateKey }: TestCertificate) => ({ cert: certificate, key: privateKey });
const tls12 = { maxVersion: "TLSv1.2" } as const;
const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" } as const;

describe.each(waysOut)("to %s", (_name, goes) => {
  test.each([
    ["TLS 1.3", () => ({})],
    ["TLS 1.2 with forward secrecy", () => ({ ...tls12, ciphers: "ECDHE-RSA-AES256-GCM-SHA384" })],
  ] as const)("[TL1] a server with a good certificate and %s is spoken to", async (_what, options) => {
    const { arrived } = await heardOver(goes, { ...shown(good), ...options() });
    expect(arrived).toHaveLength(1);
  });

  test.each([
    ["TLSv1.1", "", () => old],
    ["TLSv1.2", "AES128-SHA", () => ({ ...tls12, ciphers: "AES128-SHA" })],
    ["TLSv1.2", "AES256-GCM-SHA384", () => ({ ...tls12, ciphers: "AES256-GCM-SHA384" })],
    ["TLSv1.2", "ECDHE-RSA-AES256-SHA384", () => ({ ...tls12, ciphers: "ECDHE-RSA-AES256-SHA384" })],
  ] as const)("[TL1] a server that has only %s %s hears nothing", async (protocol, cipher, options) => {
    const spoken = await heardOver(goes, { ...shown(good), ...options() });
    expect(await spokenWith(spoken)).toContain(`${protocol} ${cipher}`);
    expect(spoken.arrived).toEqual([]);
  });

  test.each([
    ["nobody vouches for", () => untrusted],
    ["is out of date", () => outOfDate],
    ["is for another name", () => otherName],
  ])("[TL2] a server whose certificate %s hears nothing", async (_what, certificate) => {
    const { arrived } = await heardOver(goes, shown(certificate()));
    expect(arrived).toEqual([]);
  });
});

test("[TL1] of what a server offers the strongest suite is taken, whatever the server prefers last", async () => {
  server = await startTlsServer({ ...shown(good), honorCipherOrder: false });
  const { port } = new URL(server.url);
  const socket = tls.connect({ host: ADDRESS, port: Number(port) });
  await new Promise((up) => socket.once("secureConnect", up));
  expect([socket.getProtocol(), socket.getCipher().name]).toEqual(["TLSv1.3", "TLS_AES_256_GCM_SHA384"]);
  socket.destroy();
});

test("[TL3] a database that does not speak TLS hears the question for it and nothing else", async () => {
  server = await startTlsServer({});
  await expect(askDatabase(server.databasePort)).rejects.toThrow();
  expect(server.inTheClear.map((bytes) => bytes.length)).toEqual([8]);
});
