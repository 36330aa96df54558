// Every attack on the signature and on the certificate's address over real sockets, with every connection recorded.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createCertificateFetch } from "../../../sync-relay/src/adapters/partner-center/fetch-certificate";
import { LISTED_HOSTS, refusedAddresses, refusedResolutions } from "./address-vectors";
import { connectionsDuring } from "./egress-recorder";
import { aSignedRequest, aWebhook, SUBJECT, theAuthority } from "./signed-request";
import { signatureVectors } from "./signature-vectors";

// Two dozen certificates with keys of their own are made.
jest.setTimeout(120_000);

/** What the certificate store serves. */
let file: Uint8Array = Buffer.alloc(0);
let store: Server;
let host = "";

beforeAll(async () => {
  store = createServer((_request, response) => response.end(file));
  await new Promise<void>((listening) => store.listen(0, "127.0.0.1", listening));
  host = `127.0.0.1:${String((store.address() as AddressInfo).port)}`;
});

afterAll(async () => {
  store.closeAllConnections();
  await new Promise((closed) => store.close(closed));
});

const atStore = () => ({ "x-ms-certificate-url": `http://${host}/cert/a.cer` });

test("[PS18] there are at least 60 attacks on the signature and 80 on the address, and each has a name of its own", () => {
  expect(signatureVectors.length).toBeGreaterThanOrEqual(60);
  expect(refusedAddresses.length).toBeGreaterThanOrEqual(80);
  for (const vectors of [signatureVectors, refusedAddresses, refusedResolutions]) {
    expect(new Set(vectors.map(([name]) => name)).size).toBe(vectors.length);
  }
});

test("[PS18] the request that all attacks start from is verified, and only the store is connected to", async () => {
  const authority = await theAuthority();
  file = authority.leafDer;
  const { webhook } = await aWebhook({ certificates: { hosts: [host] }, fetchCertificate: createCertificateFetch() });
  const seen = await connectionsDuring(async () => {
    expect((await webhook.verify(await aSignedRequest({ headers: atStore() }))).kind).toBe("verified");
  });
  expect(seen).toEqual([host]);
});

test.each(signatureVectors)(
  "[PS18] %s is refused, and nothing but the store is connected to",
  async (_name, attack) => {
    const authority = await theAuthority();
    const { request, served, intermediatePems } = await attack(authority);
    file = served ?? authority.leafDer;
    const { webhook } = await aWebhook({
      certificates: {
        hosts: [host],
        anchors: [authority.rootPem, ...(intermediatePems ?? [authority.intermediatePem])],
      },
      fetchCertificate: createCertificateFetch(),
    });
    const headers = { ...atStore(), ...request.headers };
    const seen = await connectionsDuring(async () => {
      expect((await webhook.verify(await aSignedRequest({ ...request, headers }))).kind).toBe("rejected");
    });
    expect(seen.filter((target) => target !== host)).toEqual([]);
  },
);

test.each(refusedAddresses)("[PS18] %s as certificate address is refused without a connection", async (_name, url) => {
  const { webhook } = await aWebhook({
    certificates: { hosts: LISTED_HOSTS },
    fetchCertificate: createCertificateFetch(),
  });
  const seen = await connectionsDuring(async () => {
    const verified = await webhook.verify(await aSignedRequest({ headers: { "x-ms-certificate-url": url } }));
    expect(verified).toEqual({ kind: "rejected", reason: "certificate-refused" });
  });
  expect(seen).toEqual([]);
});

test.each(refusedResolutions)("[PS18] a listed host that resolves to %s is refused", async (_name, addresses) => {
  const resolved = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  const { webhook } = await aWebhook({
    certificates: { hosts: ["certificates.example"], subject: SUBJECT },
    fetchCertificate: createCertificateFetch({ resolve: () => Promise.resolve(resolved) }),
  });
  const seen = await connectionsDuring(async () => {
    const verified = await webhook.verify(await aSignedRequest());
    expect(verified.kind).toBe("rejected");
  });
  // Asked for by its name; the look-up refused before an address was known.
  expect(seen.filter((target) => target !== "certificates.example:443")).toEqual([]);
});
