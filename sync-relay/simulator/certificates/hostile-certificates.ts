// Signers that a receiver of callbacks must refuse. Each is the good signer with one thing wrong; `sign` really signs
// with the key of the certificate served (except `wrong-key`), so that only the certificate checks can catch it.

import { issueCertificate, type CertificateOrder, type IssuedCertificate } from "./issue-certificate";
import { createKeyPair } from "./key-pair";
import { SIGNER_DOMAIN, SIGNER_ORGANIZATION, validAround, type GoodChain } from "./good-chain";

export interface Signer {
  /** What the certificate URL serves: the leaf alone. */
  readonly leafDer: Buffer;
  /** Everything between the leaf and the root; give these to the receiver so that only the named fault remains. */
  readonly intermediatePems: readonly string[];
  /** RSA PKCS#1 v1.5 with SHA-256. */
  sign(bytes: Uint8Array): Buffer;
}

export const hostileKinds = [
  "expired",
  "not-yet-valid",
  "other-organization",
  "organization-substring",
  "organization-other-case",
  "organization-with-space",
  "no-organization",
  "other-common-name",
  "common-name-suffix",
  "issuer-other-organization",
  "issuer-organization-substring",
  "leaf-as-authority",
  "self-signed",
  "self-signed-copy-of-root",
  "rsa-1024",
  "wrong-key",
  "other-root",
  "sha1-certificate",
  "intermediate-expired",
  "intermediate-not-authority",
  "intermediate-may-not-certify",
  "path-too-long",
  "name-constraints",
  "unknown-critical-extension",
  "may-not-sign",
  "truncated",
] as const;

export type HostileKind = (typeof hostileKinds)[number];

/** Bits of a key that was fit for use in 2005. */
const WEAK_RSA_BITS = 1024;
const DAY_MS = 86_400_000;

type Maker = (chain: GoodChain) => Promise<Signer>;

const makers: { readonly [kind in HostileKind]: Maker } = {
  expired: (chain) => leafLike(chain, { notBefore: daysFrom(chain, -30), notAfter: daysFrom(chain, -1) }),
  "not-yet-valid": (chain) => leafLike(chain, { notBefore: daysFrom(chain, 1), notAfter: daysFrom(chain, 30) }),
  "other-organization": (chain) => leafLike(chain, named("Contoso Ltd")),
  "organization-substring": (chain) => leafLike(chain, named(`Not O=${SIGNER_ORGANIZATION} Inc`)),
  "organization-other-case": (chain) => leafLike(chain, named(SIGNER_ORGANIZATION.toUpperCase())),
  "organization-with-space": (chain) => leafLike(chain, named(`${SIGNER_ORGANIZATION}\u00a0`)),
  "no-organization": (chain) => leafLike(chain, { subject: { commonName: SIGNER_DOMAIN } }),
  "other-common-name": (chain) => leafLike(chain, otherDomain("login.example.com")),
  "common-name-suffix": (chain) => leafLike(chain, otherDomain(`${SIGNER_DOMAIN}.example.com`)),
  "issuer-other-organization": (chain) => underIntermediate(chain, { subject: issuerNamed("Contoso Ltd") }),
  "issuer-organization-substring": (chain) =>
    underIntermediate(chain, { subject: issuerNamed(`Not O=${SIGNER_ORGANIZATION} Inc`) }),
  "leaf-as-authority": async (chain) => {
    const leaf = await issueLeaf(chain, { issuer: chain.leaf, keys: await createKeyPair() });
    return signer(leaf, [chain.leaf, chain.intermediate]);
  },
  "self-signed": async (chain) => {
    const keys = await createKeyPair();
    const name = chain.leaf.name;
    return signer(await issueLeaf(chain, { keys, issuer: { name, keys } }), []);
  },
  "self-signed-copy-of-root": async (chain) => {
    const keys = await createKeyPair();
    return signer(await issueLeaf(chain, { keys, issuer: { name: chain.root.name, keys } }), []);
  },
  "rsa-1024": async (chain) => leafLike(chain, { keys: await createKeyPair(WEAK_RSA_BITS) }),
  "wrong-key": async (chain) => {
    const other = await createKeyPair();
    return { ...signer(chain.leaf, [chain.intermediate]), sign: (bytes) => other.sign(bytes) };
  },
  "other-root": async (chain) => {
    const root = await issueAuthority(chain, { subject: chain.root.name, keys: await createKeyPair() });
    return underIntermediate(chain, { issuer: root, keys: await createKeyPair() });
  },
  "sha1-certificate": (chain) => leafLike(chain, { hash: "SHA-1" }),
  "intermediate-expired": (chain) =>
    underIntermediate(chain, { notBefore: daysFrom(chain, -30), notAfter: daysFrom(chain, -1) }),
  "intermediate-not-authority": (chain) => underIntermediate(chain, { use: { kind: "authority", isAuthority: false } }),
  "intermediate-may-not-certify": (chain) =>
    underIntermediate(chain, { use: { kind: "authority", mayCertify: false } }),
  "path-too-long": async (chain) => {
    const second = await issueAuthority(chain, {
      subject: issuerNamed(SIGNER_ORGANIZATION),
      issuer: chain.intermediate,
    });
    return signer(await issueLeaf(chain, { issuer: second }), [second, chain.intermediate]);
  },
  "name-constraints": (chain) =>
    underIntermediate(chain, { use: { kind: "authority", permittedDomain: "example.com" } }),
  "unknown-critical-extension": (chain) =>
    leafLike(chain, { use: { kind: "signer", domain: SIGNER_DOMAIN, unknownCritical: true } }),
  "may-not-sign": (chain) => leafLike(chain, { use: { kind: "signer", domain: SIGNER_DOMAIN, maySign: false } }),
  truncated: (chain) => {
    const good = signer(chain.leaf, [chain.intermediate]);
    return Promise.resolve({ ...good, leafDer: good.leafDer.subarray(0, good.leafDer.length / 2) });
  },
};

export function hostileSigner(kind: HostileKind, chain: GoodChain): Promise<Signer> {
  return makers[kind](chain);
}

function issueLeaf(chain: GoodChain, changes: Partial<CertificateOrder>): Promise<IssuedCertificate> {
  return issueCertificate({
    ...validAround(chain.now),
    subject: chain.leaf.name,
    keys: chain.leaf.keys,
    issuer: chain.intermediate,
    use: { kind: "signer", domain: SIGNER_DOMAIN },
    ...changes,
  });
}

function issueAuthority(chain: GoodChain, changes: Partial<CertificateOrder>): Promise<IssuedCertificate> {
  const keys = changes.keys ?? chain.intermediate.keys;
  const subject = changes.subject ?? chain.intermediate.name;
  const issuer = changes.issuer ?? (changes.subject === chain.root.name ? { name: subject, keys } : chain.root);
  return issueCertificate({
    ...validAround(chain.now),
    use: { kind: "authority" },
    ...changes,
    subject,
    keys,
    issuer,
  });
}

async function leafLike(chain: GoodChain, changes: Partial<CertificateOrder>): Promise<Signer> {
  return signer(await issueLeaf(chain, changes), [chain.intermediate]);
}

async function underIntermediate(chain: GoodChain, changes: Partial<CertificateOrder>): Promise<Signer> {
  const intermediate = await issueAuthority(chain, changes);
  return signer(await issueLeaf(chain, { issuer: intermediate }), [intermediate]);
}

function signer(leaf: IssuedCertificate, above: readonly IssuedCertificate[]): Signer {
  return {
    leafDer: leaf.der,
    intermediatePems: above.map((certificate) => certificate.pem),
    sign: (bytes) => leaf.keys.sign(bytes),
  };
}

function named(organization: string): Partial<CertificateOrder> {
  return { subject: { commonName: SIGNER_DOMAIN, organization } };
}

function otherDomain(domain: string): Partial<CertificateOrder> {
  return {
    subject: { commonName: domain, organization: SIGNER_ORGANIZATION },
    use: { kind: "signer", domain },
  };
}

function issuerNamed(organization: string): CertificateOrder["subject"] {
  return { commonName: "Simulated Issuing Authority 02", organization };
}

function daysFrom(chain: GoodChain, days: number): Date {
  return new Date(chain.now.getTime() + days * DAY_MS);
}
