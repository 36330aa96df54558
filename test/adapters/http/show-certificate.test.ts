// Certificates are real, made here; this process trusts none of their roots, so `objection` names the missing trust
// unless the certificate's own time is wrong. The doctor's test stages the trusted ones in a process of its own.

import { createServer, type Server } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Socket } from "node:net";
import { showCertificate, type ShownCertificate } from "../../../sync-relay/src/adapters/http/show-certificate";
import type { GoodChain } from "../../../sync-relay/simulator/certificates/good-chain";
import { aCertificateAuthority, atTlsAddress, type TlsAddressOptions } from "../../support/tls-address";

const DAY_MS = 24 * 60 * 60_000;
let chain: GoodChain;

beforeAll(async () => {
  chain = await aCertificateAuthority();
});

async function shownAt(options: Omit<TlsAddressOptions, "chain">, change = (url: string) => url) {
  const shown = await atTlsAddress({ chain, ...options }, (url) => showCertificate(change(url)));
  if (shown.kind !== "shown") throw new Error(`no certificate: ${shown.kind}`);
  return shown.certificate;
}

const daysFromNow = (timeMs: number): number => Math.round((timeMs - Date.now()) / DAY_MS);

test("[DC60] of a certificate its days, its issuer, its hosts and its fitness are read", async () => {
  const shown = await shownAt({ days: [-2, 30] });
  expect(shown).toMatchObject({
    issuer: "Microsoft Corporation, Simulated Issuing Authority 01",
    names: ["localhost"],
    isForHost: true,
    objection: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  } satisfies Partial<ShownCertificate>);
  expect([daysFromNow(shown.fromMs), daysFromNow(shown.endsAtMs)]).toEqual([-2, 30]);
});

test.each<[readonly [number, number], string]>([
  [[-30, -1], "CERT_HAS_EXPIRED"],
  [[2, 30], "CERT_NOT_YET_VALID"],
])("[DC60] of a certificate for the days %j from now both are read, and %s", async (days, objection) => {
  const shown = await shownAt({ days });
  expect([daysFromNow(shown.fromMs), daysFromNow(shown.endsAtMs)]).toEqual(days);
  expect(shown).toMatchObject({ isForHost: true, objection });
});

test.each<[Omit<TlsAddressOptions, "chain">, Partial<ShownCertificate>]>([
  [{ issuer: "itself" }, { objection: "DEPTH_ZERO_SELF_SIGNED_CERT" }],
  [{ sendsIntermediate: false }, { objection: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }],
  [{ domain: "relay.contoso.example" }, { isForHost: false, names: ["relay.contoso.example"] }],
])("[DC60] a certificate with %j is shown as %j", async (options, wanted) => {
  expect(await shownAt(options)).toMatchObject(wanted);
});

test("[DC60] an address by number is looked at too", async () => {
  const shown = await shownAt({}, (url) => url.replace("localhost", "127.0.0.1"));
  expect(shown).toMatchObject({ isForHost: false, names: ["localhost"] });
});

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("[DC62] what takes a connection without TLS is told from what takes none", async () => {
  const plain = createServer((_, response) => response.end("hello"));
  expect(await showCertificate(await listening(plain))).toEqual({ kind: "no-tls" });
  const abrupt = createTcpServer((socket: Socket) => socket.destroy());
  const url = await listening(abrupt);
  expect(await showCertificate(url)).toEqual({ kind: "no-tls" });
  for (const server of [plain, abrupt]) await new Promise<void>((resolve) => server.close(() => resolve()));
  expect(await showCertificate(url)).toEqual({ kind: "unreachable" });
});
