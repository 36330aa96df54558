// An https address on loopback whose certificate is made for the test, right or with one thing wrong, by the builder that
// makes the certificates of Partner Center's callbacks.

import { KeyObject } from "node:crypto";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createGoodChain, type GoodChain } from "../../sync-relay/simulator/certificates/good-chain";
import { issueCertificate } from "../../sync-relay/simulator/certificates/issue-certificate";
import { createKeyPair } from "../../sync-relay/simulator/certificates/key-pair";

const DAY_MS = 24 * 60 * 60_000;

export interface TlsAddressOptions {
  readonly chain: GoodChain;
  /** Days from now to the first and the last moment of the certificate. */
  readonly days?: readonly [number, number];
  readonly domain?: string;
  /** `itself`: nobody vouches for it. */
  readonly issuer?: "authority" | "itself";
  /** False: the server keeps the intermediate certificate to itself. */
  readonly sendsIntermediate?: boolean;
  readonly answer?: RequestListener;
}

/** An authority that only the test trusts. */
export function aCertificateAuthority(): Promise<GoodChain> {
  return createGoodChain(new Date());
}

/** A proxy before the relay that publishes the webhooks alone. */
export function asTheRelay(relay: { readonly url: () => string }): RequestListener {
  return (request, response) => {
    const path = request.url ?? "/";
    if (!path.startsWith("/webhooks/")) return void response.writeHead(404).end();
    fetch(`${relay.url()}${path}`, { method: request.method ?? "GET" })
      .then(async (answer) => {
        const text = await answer.text();
        response.writeHead(answer.status, { allow: answer.headers.get("allow") ?? "" }).end(text);
      })
      // As a proxy whose relay is away.
      .catch(() => response.writeHead(502).end());
  };
}

/** Looks at such an address, which is gone afterwards whatever the look came to. */
export async function atTlsAddress<T>(options: TlsAddressOptions, look: (url: string) => Promise<T>): Promise<T> {
  const { chain, sendsIntermediate = true } = options;
  const certificate = await issue(options);
  const sent = sendsIntermediate ? [certificate.pem, chain.intermediate.pem] : [certificate.pem];
  const key = KeyObject.from(certificate.keys.privateKey).export({ type: "pkcs8", format: "pem" });
  const server = createServer({ key, cert: sent.join("\n") }, options.answer ?? ((_, response) => response.end()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await look(`https://localhost:${(server.address() as AddressInfo).port}`);
  } finally {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}

async function issue({ chain, days = [-1, 90], domain = "localhost", issuer }: TlsAddressOptions) {
  const keys = await createKeyPair();
  const subject = { commonName: domain, organization: "Contoso" };
  const from = (count: number): Date => new Date(Date.now() + count * DAY_MS);
  return issueCertificate({
    subject,
    keys,
    issuer: issuer === "itself" ? { name: subject, keys } : chain.intermediate,
    use: { kind: "signer", domain },
    notBefore: from(days[0]),
    notAfter: from(days[1]),
  });
}
