import type { NamingSigner } from "../../../sync-relay/simulator/certificates/named-issuers";
import { allowedIssuerUrl } from "../../../sync-relay/src/adapters/partner-center/issuer-address";
import { aSignedRequest, aWebhook, CERTIFICATE_URL, served, theAuthority, unavailable } from "./signed-request";

const HOST = "pki.example";
const addresses = [`http://${HOST}/certs/Issuing%20Authority%2001.crt`, `https://${HOST}/certs/policy.cer`];

const signers = new Map<string, Promise<NamingSigner>>();

/** A signer whose issuers are at these addresses; making one takes a second. */
async function aSigner(at: readonly string[] = addresses): Promise<NamingSigner> {
  const known = signers.get(at.join()) ?? (await theAuthority()).naming(at);
  signers.set(at.join(), Promise.resolve(known));
  return known;
}

interface Given {
  readonly issuerHosts?: readonly string[];
  readonly signer?: NamingSigner;
  /** What an issuer's address serves instead. */
  readonly instead?: (url: URL) => ReturnType<typeof served> | undefined;
}

/** A webhook that has only the root configured, and a request of the signer. */
async function notified(given: Given = {}) {
  const signer = given.signer ?? (await aSigner());
  const under = await aWebhook({
    certificates: { anchors: [(await theAuthority()).rootPem], issuerHosts: given.issuerHosts ?? [HOST] },
    fetchCertificate: (url) => {
      if (url.href === CERTIFICATE_URL) return served(signer.leafDer);
      const issuer = signer.issuers[addresses.indexOf(url.href)];
      return given.instead?.(url) ?? (issuer === undefined ? unavailable() : served(issuer));
    },
  });
  const request = await aSignedRequest({ sign: (bytes) => signer.sign(bytes) });
  const outcome = async () => {
    const verified = await under.webhook.verify(request);
    return verified.kind === "rejected" ? verified.reason : verified.kind;
  };
  return { ...under, outcome };
}

test("[PS17] issuers that are not configured are fetched from where the certificates name them", async () => {
  const { outcome, fetched } = await notified();
  expect(await outcome()).toBe("verified");
  expect(fetched).toEqual([CERTIFICATE_URL, ...addresses]);
});

test("[PS17] issuers are fetched once in a day, and a failure is left alone for a minute", async () => {
  let down = true;
  const { outcome, fetched, clock } = await notified({ instead: () => (down ? unavailable() : undefined) });
  expect(await outcome()).toBe("unverified");
  down = false;
  expect(await outcome()).toBe("unverified");
  expect(fetched).toHaveLength(2);
  clock.advance(60_000);
  expect(await outcome()).toBe("verified");
  expect(fetched).toHaveLength(5);
  clock.advance(23 * 60 * 60_000);
  expect(await outcome()).toBe("verified");
  expect(fetched).toHaveLength(5);
});

test("[PS17] nothing is fetched when the configured intermediates lead to a root, or for another name", async () => {
  const signer = await aSigner();
  const anchors = [(await theAuthority()).rootPem, ...signer.issuers.map(pem)];
  for (const [changes, expected] of [
    [{}, "verified"],
    [{ subject: "other.example" }, "certificate-refused"],
  ] as const) {
    const { webhook, fetched } = await aWebhook({
      certificates: { anchors, issuerHosts: [HOST], ...changes },
      fetchCertificate: () => served(signer.leafDer),
    });
    const verified = await webhook.verify(await aSignedRequest({ sign: (bytes) => signer.sign(bytes) }));
    expect(verified.kind === "rejected" ? verified.reason : verified.kind).toBe(expected);
    expect(fetched).toEqual([CERTIFICATE_URL]);
  }
});

test.each([
  ["no host", []],
  ["another host", ["other.example"]],
  ["a host below", ["example"]],
])("[PS17] with %s on the list, nothing is fetched and the certificate is refused", async (_name, issuerHosts) => {
  const { outcome, fetched } = await notified({ issuerHosts });
  expect(await outcome()).toBe("certificate-refused");
  expect(fetched).toEqual([CERTIFICATE_URL]);
});

test("[PS17] what is no issuer's certificate, or another's, leads nowhere", async () => {
  const { rootPem, intermediatePem, leafDer } = await theAuthority();
  for (const file of [
    Buffer.from("<html>"),
    Buffer.alloc(0),
    Buffer.from(intermediatePem),
    leafDer,
    Buffer.from(rootPem),
  ]) {
    const { outcome, fetched } = await notified({ instead: () => served(file) });
    expect(await outcome()).toBe("certificate-refused");
    expect(fetched).toEqual([CERTIFICATE_URL, addresses[0]]);
  }
});

test("[PS17] a forged issuer of the right name is refused", async () => {
  const forged = await aSigner([...addresses, `https://${HOST}/certs/other.cer`]);
  const { outcome } = await notified({
    instead: (url) => served(forged.issuers[addresses.indexOf(url.href)] ?? Buffer.alloc(0)),
  });
  expect(await outcome()).toBe("certificate-refused");
});

test("[PS17] a path with more issuers than any real one is not followed to its end", async () => {
  const at = [1, 2, 3, 4].map((level) => `http://${HOST}/certs/${level}.crt`);
  const signer = await aSigner(at);
  const { outcome, fetched } = await notified({
    signer,
    instead: (url) => served(signer.issuers[at.indexOf(url.href)] ?? Buffer.alloc(0)),
  });
  expect(await outcome()).toBe("certificate-refused");
  expect(fetched).toHaveLength(4);
});

const listed = [HOST, "127.0.0.1:4711", "10.0.0.5", `${HOST}:8443`];

test.each([...addresses, "http://127.0.0.1:4711/certs/a.der"])("[PS17] %s is an address for issuers", (url) => {
  expect(allowedIssuerUrl(url, listed)?.href).toBe(url);
});

test.each([
  ["another host", "http://attacker.example/certs/a.crt"],
  ["a host that ends like the listed one", `http://x${HOST}/certs/a.crt`],
  ["another scheme", `ldap://${HOST}/certs/a.crt`],
  ["a file of this machine", "file:///certs/a.crt"],
  ["user info", `http://user@${HOST}/certs/a.crt`],
  ["a port, even a listed one", `https://${HOST}:8443/certs/a.crt`],
  ["a query", `http://${HOST}/certs/a.crt?x=y.crt`],
  ["a fragment", `http://${HOST}/certs/a.crt#y.crt`],
  ["dot segments", `http://${HOST}/certs/../a.crt`],
  ["an escaped dot segment", `http://${HOST}/certs/%2e%2e/a.crt`],
  ["an escaped slash", `http://${HOST}/certs%2Fa.crt`],
  ["a backslash", `http://${HOST}\\certs\\a.crt`],
  ["a list of certificates", `http://${HOST}/certs/a.p7c`],
  ["a listed private address", "http://10.0.0.5/certs/a.crt"],
  ["capitals in the host", `http://${HOST.toUpperCase()}/certs/a.crt`],
  ["a line break", `http://${HOST}/certs/a\n.crt`],
  ["a very long address", `http://${HOST}/${"a".repeat(400)}.crt`],
  ["nothing", ""],
])("[PS17] %s is no address for issuers", (_name, url) => {
  expect(allowedIssuerUrl(url, listed)).toBeUndefined();
});

function pem(der: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`;
}
