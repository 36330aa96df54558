// Whether a fetched certificate may sign notifications. The path to the configured anchors is validated by pkijs
// (Node's own checks accept an end-entity certificate as an issuer); what pkijs leaves open is checked here:
// 1. every issuer is a CA with keyCertSign, and path lengths hold;
// 2. no signature on the path uses a broken hash;
// 3. the certificate is for the expected name, and both it and its issuer are of exactly Microsoft Corporation:
//    one organisation entry, compared as text, nothing folded, trimmed or searched;
// 4. the key is RSA of a sound size and may sign.

import { X509Certificate } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { AltName, BasicConstraints, Certificate, type RelativeDistinguishedNames } from "pkijs";
import { buildPath, type PathParts } from "./certificate-path";
import type { FindIssuer } from "./issuer-certificates";

/** The organisation that signs notifications. */
const ORGANIZATION = "Microsoft Corporation";

/** Smallest and largest RSA key. Verifying with an oversized key costs time that an attacker would choose. */
const MIN_KEY_BITS = 2048;
const MAX_KEY_BITS = 8192;

/** Longest path: certificate, three intermediates, root. */
const MAX_PATH_LENGTH = 5;

/** sha256, sha384 and sha512 with RSA, and with ECDSA. */
const SIGNATURE_OIDS: ReadonlySet<string> = new Set([
  ...["1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13"],
  ...["1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4"],
]);

const OID = {
  commonName: "2.5.4.3",
  organization: "2.5.4.10",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  nameConstraints: "2.5.29.30",
  certificatePolicies: "2.5.29.32",
  extendedKeyUsage: "2.5.29.37",
} as const;

/** Extensions that may be critical, because pkijs or this file heeds them. */
const HEEDED_OIDS: ReadonlySet<string> = new Set(Object.values(OID));

/** Bits of the key usage extension's first byte. */
const KEY_USAGE = { digitalSignature: 0x80, keyCertSign: 0x04 } as const;

/** Tag of a DNS name among alternative names. */
const DNS_NAME = 2;

export type ChainVerdict =
  | { readonly kind: "trusted"; readonly certificate: TrustedCertificate }
  | { readonly kind: "refused"; readonly because: string }
  /** An issuing authority's certificate could not be had in time. */
  | { readonly kind: "unavailable"; readonly because: string };

/** A certificate that may sign notifications while every certificate on its path is valid. */
export interface TrustedCertificate {
  readonly key: KeyObject;
  readonly fingerprint: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

export interface ChainRules {
  /** PEM texts, each with one or more certificates: roots (self-issued) are anchors, others are intermediates. */
  readonly anchors: readonly string[];
  /** The name that the certificate must carry. */
  readonly subject: string;
}

/** Checks a certificate file. Never throws. What has to be fetched is given up when the signal says so. */
export type ChainCheck = (bytes: Uint8Array, nowMs: number, until?: AbortSignal) => Promise<ChainVerdict>;

/** Checks certificates against the rules. Throws at once when the anchors are unusable. */
export function createChainCheck(rules: ChainRules, findIssuer: FindIssuer = noIssuer): ChainCheck {
  const configured = rules.anchors.flatMap(certificatesIn);
  const roots = configured.filter((certificate) => certificate.subject.isEqual(certificate.issuer));
  const intermediates = configured.filter((certificate) => !roots.includes(certificate));
  if (roots.length === 0) throw new Error("the certificate anchors hold no root certificate");
  const parts: PathParts = { roots, intermediates, findIssuer };
  return async (bytes, nowMs, until) => {
    try {
      const node = readCertificate(bytes);
      const leaf = Certificate.fromBER(node.raw);
      // Before the path: no issuer is fetched for a certificate that could not be used anyway.
      const unfit = nameFault(leaf, rules.subject) ?? keyFault(node);
      if (unfit !== undefined) return refused(unfit);
      const built = await buildPath(parts, leaf, { nowMs, until });
      if (built.kind !== "path") return built;
      const because = pathFault(built.path, leaf);
      return because === undefined ? { kind: "trusted", certificate: trusted(node, built.path) } : refused(because);
    } catch {
      return refused("not-a-certificate");
    }
  };
}

function noIssuer(): ReturnType<FindIssuer> {
  return Promise.resolve({ kind: "none" });
}

/** One certificate, DER or PEM, and nothing after it. */
function readCertificate(bytes: Uint8Array): X509Certificate {
  const certificate = new X509Certificate(bytes);
  const text = Buffer.from(bytes).toString("latin1").trim();
  const whole = text.startsWith("-----BEGIN CERTIFICATE-----")
    ? text.split("-----BEGIN").length === 2
    : certificate.raw.equals(bytes);
  if (!whole) throw new Error("more than one certificate");
  return certificate;
}

function certificatesIn(pem: string): Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => Certificate.fromBER(new X509Certificate(block).raw));
}

function pathFault(path: readonly Certificate[], leaf: Certificate): string | undefined {
  if (path.length < 2 || path.length > MAX_PATH_LENGTH || path[0] !== leaf) return "path-length";
  if (!allows(leaf, KEY_USAGE.digitalSignature, { whenAbsent: true })) return "not-a-signer";
  // The anchor's signature on itself proves nothing, so its hash does not matter.
  const signed = path.slice(0, -1);
  if (!signed.every((certificate) => SIGNATURE_OIDS.has(certificate.signatureAlgorithm.algorithmId))) {
    return "weak-signature";
  }
  // Otherwise the same certificate could be written in several ways, each with a fingerprint of its own.
  if (signed.some(({ signatureValue }) => signatureValue.valueBlock.unusedBits !== 0)) return "odd-signature";
  if (!path.every(heedsAllCritical)) return "critical-extension";
  const faults = path.slice(1).map((issuer, below) => issuerFault(issuer, below));
  return faults.find((fault) => fault !== undefined);
}

/** pkijs takes a CA without key usage and does not look at path lengths. `below`: CAs between issuer and end. */
function issuerFault(issuer: Certificate, below: number): string | undefined {
  if (!isAuthority(issuer) || !allows(issuer, KEY_USAGE.keyCertSign, { whenAbsent: false })) return "not-an-issuer";
  return below > pathLengthOf(issuer) ? "path-length" : undefined;
}

/** A critical extension that nobody heeds makes the whole certificate unusable. */
function heedsAllCritical(certificate: Certificate): boolean {
  return (certificate.extensions ?? []).every(({ critical, extnID }) => !critical || HEEDED_OIDS.has(extnID));
}

function nameFault(leaf: Certificate, subject: string): string | undefined {
  if (!isOf(leaf.subject, ORGANIZATION) || !isOf(leaf.issuer, ORGANIZATION)) return "organization";
  const commonNames = entriesOf(leaf.subject, OID.commonName);
  const named = commonNames.length === 1 && commonNames[0] === subject;
  return named || alternativeNames(leaf).includes(subject) ? undefined : "subject";
}

function keyFault(node: X509Certificate): string | undefined {
  const bits = node.publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  const sound = node.publicKey.asymmetricKeyType === "rsa" && bits >= MIN_KEY_BITS && bits <= MAX_KEY_BITS;
  return sound ? undefined : "key";
}

function trusted(node: X509Certificate, path: readonly Certificate[]): TrustedCertificate {
  return {
    key: node.publicKey,
    fingerprint: node.fingerprint256,
    notBeforeMs: Math.max(...path.map(({ notBefore }) => notBefore.value.getTime())),
    notAfterMs: Math.min(...path.map(({ notAfter }) => notAfter.value.getTime())),
  };
}

function isOf(name: RelativeDistinguishedNames, organization: string): boolean {
  const entries = entriesOf(name, OID.organization);
  return entries.length === 1 && entries[0] === organization;
}

function entriesOf(name: RelativeDistinguishedNames, type: string): string[] {
  return name.typesAndValues
    .filter((entry) => entry.type === type)
    .map((entry) => String(entry.value.valueBlock.value));
}

function alternativeNames(certificate: Certificate): string[] {
  const names: unknown = extension(certificate, OID.subjectAltName)?.parsedValue;
  if (!(names instanceof AltName)) return [];
  return names.altNames.filter(({ type }) => type === DNS_NAME).map(({ value }) => String(value));
}

function isAuthority(certificate: Certificate): boolean {
  const constraints: unknown = extension(certificate, OID.basicConstraints)?.parsedValue;
  return constraints instanceof BasicConstraints && constraints.cA;
}

/** Most certificates that may come between this one and the end, the end not counted. */
function pathLengthOf(certificate: Certificate): number {
  const constraints: unknown = extension(certificate, OID.basicConstraints)?.parsedValue;
  const limit = constraints instanceof BasicConstraints ? constraints.pathLenConstraint : undefined;
  return typeof limit === "number" ? limit : MAX_PATH_LENGTH;
}

function allows(certificate: Certificate, usage: number, otherwise: { readonly whenAbsent: boolean }): boolean {
  const found = extension(certificate, OID.keyUsage);
  if (found === undefined) return otherwise.whenAbsent;
  const bits: unknown = (found.parsedValue as { valueBlock?: { valueHexView?: unknown } }).valueBlock?.valueHexView;
  return bits instanceof Uint8Array && ((bits[0] ?? 0) & usage) === usage;
}

function extension(certificate: Certificate, oid: string) {
  return certificate.extensions?.find((candidate) => candidate.extnID === oid);
}

function refused(because: string): ChainVerdict {
  return { kind: "refused", because };
}
