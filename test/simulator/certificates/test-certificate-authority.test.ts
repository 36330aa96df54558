import { createVerify, X509Certificate } from "node:crypto";
import { hostileKinds, type HostileKind } from "../../../sync-relay/simulator/certificates/hostile-certificates";
import {
  createTestCertificateAuthority,
  type TestCertificateAuthority,
} from "../../../sync-relay/simulator/certificates/test-certificate-authority";

const body = Buffer.from('{"EventName":"test-created"}');
let authority: TestCertificateAuthority;

beforeAll(async () => {
  authority = await createTestCertificateAuthority();
});

const verifies = (der: Buffer, signature: Buffer, hash = "RSA-SHA256") =>
  createVerify(hash).update(body).verify(new X509Certificate(der).publicKey, signature);

async function hostileLeaf(kind: HostileKind): Promise<X509Certificate> {
  return new X509Certificate((await authority.hostile(kind)).leafDer);
}

test("[CA1] the certificate that signs callbacks looks like Microsoft's and chains to the root over the intermediate", () => {
  const leaf = new X509Certificate(authority.leafDer);
  const intermediate = new X509Certificate(authority.intermediatePem);
  const root = new X509Certificate(authority.rootPem);
  expect(leaf.subject.split("\n")).toEqual([
    "C=US",
    "O=Microsoft Corporation",
    "CN=pcnotifications-dispatch.microsoft.com",
  ]);
  expect(leaf.issuer).toContain("O=Microsoft Corporation");
  expect(leaf.ca).toBe(false);
  expect(leaf.subjectAltName).toBe("DNS:pcnotifications-dispatch.microsoft.com");
  expect(leaf.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
  expect(leaf.verify(intermediate.publicKey) && leaf.checkIssued(intermediate)).toBe(true);
  expect(intermediate.ca && intermediate.verify(root.publicKey) && intermediate.checkIssued(root)).toBe(true);
  expect(root.ca && root.verify(root.publicKey)).toBe(true);
});

test("[CA1] the signature is RSA PKCS#1 v1.5 with SHA-256 over the raw bytes", () => {
  const signature = authority.sign(body);
  expect(signature).toHaveLength(256);
  expect(verifies(authority.leafDer, signature)).toBe(true);
  expect(verifies(authority.leafDer, signature, "RSA-SHA1")).toBe(false);
});

test("[CA1] two authorities never share keys", async () => {
  const other = await createTestCertificateAuthority();
  expect(verifies(other.leafDer, authority.sign(body))).toBe(false);
});

test.each(hostileKinds.filter((kind) => kind !== "wrong-key" && kind !== "truncated"))(
  "[CA2] hostile signer %s signs with the key of the certificate it serves",
  async (kind) => {
    const signer = await authority.hostile(kind);
    expect(verifies(signer.leafDer, signer.sign(body))).toBe(true);
  },
);

test("[CA2] a hostile signer is made once", async () => {
  expect(await authority.hostile("expired")).toBe(await authority.hostile("expired"));
});

test("[CA3] validity variants lie outside today", async () => {
  const now = Date.now();
  expect(Date.parse((await hostileLeaf("expired")).validTo)).toBeLessThan(now);
  expect(Date.parse((await hostileLeaf("not-yet-valid")).validFrom)).toBeGreaterThan(now);
  const [intermediate] = (await authority.hostile("intermediate-expired")).intermediatePems;
  expect(Date.parse(new X509Certificate(intermediate ?? "").validTo)).toBeLessThan(now);
});

test.each([
  ["other-organization", "O=Contoso Ltd"],
  ["organization-substring", "O=Not O=Microsoft Corporation Inc"],
  ["organization-other-case", "O=MICROSOFT CORPORATION"],
  ["other-common-name", "CN=login.example.com"],
  ["common-name-suffix", "CN=pcnotifications-dispatch.microsoft.com.example.com"],
] as const)("[CA3] variant %s has %s in its subject", async (kind, expected) => {
  expect((await hostileLeaf(kind)).subject.split("\n")).toContain(expected);
});

test("[CA3] names that only look right are not the right name", async () => {
  expect((await hostileLeaf("organization-with-space")).subject.split("\n")).not.toContain("O=Microsoft Corporation");
  expect((await hostileLeaf("no-organization")).subject).not.toContain("O=");
  expect((await hostileLeaf("issuer-other-organization")).issuer).not.toContain("Microsoft");
  expect((await hostileLeaf("issuer-organization-substring")).issuer).toContain("O=Not O=Microsoft Corporation Inc");
});

test("[CA3] chain variants break the chain where their name says", async () => {
  const top = async (kind: HostileKind) =>
    new X509Certificate((await authority.hostile(kind)).intermediatePems.at(0) ?? "");
  const root = new X509Certificate(authority.rootPem);
  expect((await top("leaf-as-authority")).ca).toBe(false);
  expect((await top("intermediate-not-authority")).ca).toBe(false);
  expect((await top("other-root")).issuer).toBe(root.subject);
  expect((await top("other-root")).verify(root.publicKey)).toBe(false);
  expect((await authority.hostile("path-too-long")).intermediatePems).toHaveLength(2);
  expect((await authority.hostile("self-signed")).intermediatePems).toEqual([]);
  const copy = await hostileLeaf("self-signed-copy-of-root");
  expect(copy.issuer).toBe(root.subject);
  expect(copy.verify(root.publicKey)).toBe(false);
});

test("[CA3] key variants are weak, foreign or unreadable", async () => {
  expect((await hostileLeaf("rsa-1024")).publicKey.asymmetricKeyDetails?.modulusLength).toBe(1024);
  const wrong = await authority.hostile("wrong-key");
  expect(wrong.leafDer).toEqual(authority.leafDer);
  expect(verifies(wrong.leafDer, wrong.sign(body))).toBe(false);
  const { leafDer } = await authority.hostile("truncated");
  expect(() => new X509Certificate(leafDer)).toThrow();
});

test("[CA3] extension variants say so in the certificate", async () => {
  const der = async (kind: HostileKind) => (await authority.hostile(kind)).leafDer.toString("latin1");
  const keyUsage = (bits: string) => `\x03\x02${bits}`;
  expect(await der("unknown-critical-extension")).toContain("\x06\x03\x88\x37\x01\x01\x01\xff");
  expect(await der("may-not-sign")).toContain(keyUsage("\x05\x20"));
  expect(authority.leafDer.toString("latin1")).toContain(keyUsage("\x05\xa0"));
});

test("[CA3] the SHA-1 variant is really signed with SHA-1, the good one with SHA-256", async () => {
  const withRsa = (hash: number) => Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, hash]);
  const { leafDer } = await authority.hostile("sha1-certificate");
  expect([leafDer.includes(withRsa(5)), leafDer.includes(withRsa(11))]).toEqual([true, false]);
  expect(authority.leafDer.includes(withRsa(11))).toBe(true);
  const issuer = new X509Certificate(authority.intermediatePem);
  expect(new X509Certificate(leafDer).verify(issuer.publicKey)).toBe(true);
});

test("[CA3] the intermediate may have no authority below it, and the name-constrained one only its domain", async () => {
  const pathLengthZero = Buffer.from([0x30, 0x06, 0x01, 0x01, 0xff, 0x02, 0x01, 0x00]);
  expect(new X509Certificate(authority.intermediatePem).raw.includes(pathLengthZero)).toBe(true);
  const [constrained = ""] = (await authority.hostile("name-constraints")).intermediatePems;
  expect(new X509Certificate(constrained).raw.toString("latin1")).toContain("example.com");
});
