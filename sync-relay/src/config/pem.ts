import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import type { SignInCredential } from "./relay-settings";
import { read, refused, type TextRead } from "./setting-text";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const PRIVATE_KEY = /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----[^-]+-----END (?:RSA |EC )?PRIVATE KEY-----/;

/** Root certificates. */
export function readAnchors(text: string): TextRead<readonly string[]> {
  const certificates = certificatesIn(text);
  if (certificates.length === 0) return refused("holds no certificate; give PEM text (-----BEGIN CERTIFICATE-----)");
  const broken = certificates.findIndex((pem) => certificateOf(pem) === null);
  return broken < 0
    ? read(certificates)
    : refused(`holds a broken certificate (number ${broken + 1}); export it again`);
}

/** A client certificate and the private key that belongs to it. */
export function readClientCertificate(text: string): TextRead<SignInCredential> {
  const certificates = certificatesIn(text);
  const own = certificates[0] === undefined ? null : certificateOf(certificates[0]);
  if (own === null) return refused("holds no readable certificate; give certificate and private key, both PEM");
  if (text.includes("ENCRYPTED")) return refused("holds an encrypted private key; give it without a pass phrase");
  const privateKey = PRIVATE_KEY.exec(text)?.[0];
  const key = privateKey === undefined ? null : keyOf(privateKey);
  if (privateKey === undefined || key === null) {
    return refused("holds no readable private key; add it below the certificate (-----BEGIN PRIVATE KEY-----)");
  }
  if (!own.checkPrivateKey(key)) return refused("holds a private key of another certificate; give the pair");
  return read({ kind: "certificate", certificates, privateKey });
}

function certificatesIn(text: string): readonly string[] {
  return text.match(CERTIFICATE) ?? [];
}

function certificateOf(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

function keyOf(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}
