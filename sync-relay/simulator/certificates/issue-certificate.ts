// Makes one X.509 certificate, right or deliberately wrong. The test authority's good chain and every hostile variant
// come from here, so that a variant differs from the good certificate in exactly the property its name says.

import { randomBytes, webcrypto, X509Certificate } from "node:crypto";
import { Integer } from "asn1js";
import { Certificate, CryptoEngine } from "pkijs";
import { certificateExtensions, type CertificateOrderUse } from "./certificate-extensions";
import { encodeName, type DistinguishedName } from "./distinguished-name";
import type { KeyPair } from "./key-pair";

/** Octets of a serial number: enough to be unique, below the 20 that RFC 5280 allows. */
const SERIAL_OCTETS = 16;

export interface CertificateOrder {
  readonly subject: DistinguishedName;
  readonly keys: KeyPair;
  readonly issuer: { readonly name: DistinguishedName; readonly keys: KeyPair };
  readonly use: CertificateOrderUse;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly hash?: "SHA-1" | "SHA-256";
}

export interface IssuedCertificate {
  readonly name: DistinguishedName;
  readonly keys: KeyPair;
  readonly der: Buffer;
  readonly pem: string;
}

const engine = new CryptoEngine({ name: "node", crypto: webcrypto });

export async function issueCertificate(order: CertificateOrder): Promise<IssuedCertificate> {
  const certificate = new Certificate();
  certificate.version = 2;
  const serial = randomBytes(SERIAL_OCTETS);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  certificate.serialNumber = new Integer({ valueHex: Uint8Array.from(serial) });
  certificate.issuer = encodeName(order.issuer.name);
  certificate.subject = encodeName(order.subject);
  certificate.notBefore.value = order.notBefore;
  certificate.notAfter.value = order.notAfter;
  await certificate.subjectPublicKeyInfo.importKey(order.keys.publicKey, engine);
  certificate.extensions = certificateExtensions(order.use);
  const hash = order.hash ?? "SHA-256";
  await certificate.sign(await order.issuer.keys.privateKeyFor(hash), hash, engine);
  const der = Buffer.from(certificate.toSchema(true).toBER(false));
  return { name: order.subject, keys: order.keys, der, pem: new X509Certificate(der).toString() };
}
