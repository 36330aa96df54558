import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import type { SignInCredential } from "./relay-settings";
import { objectionTexts } from "./objection-texts";
import { read, refused, type TextRead } from "./setting-text";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const PRIVATE_KEY = /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----[^-]+-----END (?:RSA |EC )?PRIVATE KEY-----/;

/** Root certificates. */
export function readAnchors(text: string): TextRead<readonly string[]> {
  const certificates = certificatesIn(text);
  if (certificates.length === 0) return refused(objectionTexts.noCertificate);
  const broken = certificates.findIndex((pem) => certificateOf(pem) === null);
  return broken < 0 ? read(certificates) : refused(objectionTexts.brokenCertificate, { number: broken + 1 });
}

/** A client certificate and the private key that belongs to it. */
export function readClientCertificate(text: string): TextRead<SignInCredential> {
  const certificates = certificatesIn(text);
  const own = certificates[0] === undefined ? null : certificateOf(certificates[0]);
  if (own === null) return refused(objectionTexts.unreadableCertificate);
  if (text.includes("ENCRYPTED")) return refused(objectionTexts.encryptedKey);
  const privateKey = PRIVATE_KEY.exec(text)?.[0];
  const key = privateKey === undefined ? null : keyOf(privateKey);
  if (privateKey === undefined || key === null) return refused(objectionTexts.unreadableKey);
  if (!own.checkPrivateKey(key)) return refused(objectionTexts.foreignKey);
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
