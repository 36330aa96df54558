// The headers by which Partner Center signs a notification. Two forms are in use: `Authorization: Signature <base64>`,
// and `x-ms-signature` for receivers whose front door interprets Authorization itself; both with or without the scheme.

import type { RejectReason } from "../../ports/webhook-source";

/** Longest signature header read: base64 of an 8,192 bit signature with its scheme. */
const MAX_SIGNATURE_LENGTH = 1400;

/** Smallest signature: 2,048 bits. */
const MIN_SIGNATURE_BYTES = 256;

/** The only algorithm accepted; the sender does not get to choose a weaker one. */
const ALGORITHM = "rsa-sha256";

const SCHEME = /^Signature +/i;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export type SignatureHeaders =
  | { readonly kind: "signed"; readonly signature: Buffer; readonly certificateUrl: string }
  | { readonly kind: "rejected"; readonly reason: RejectReason };

/** Reads the signature headers; nothing in them is believed yet. */
export function readSignatureHeaders(headers: Readonly<Record<string, string>>): SignatureHeaders {
  const texts = new Set([...signatureTexts(headers)]);
  const [text] = texts;
  const algorithm = headers["x-ms-signature-algorithm"];
  const certificateUrl = headers["x-ms-certificate-url"];
  if (text === undefined || algorithm === undefined || certificateUrl === undefined) return rejected("missing-header");
  // Two different signatures: one of them is somebody else's.
  if (texts.size > 1 || algorithm.trim().toLowerCase() !== ALGORITHM) return rejected("bad-signature");
  const signature = decodeBase64(text);
  if (signature === undefined || signature.length < MIN_SIGNATURE_BYTES) return rejected("bad-signature");
  return { kind: "signed", signature, certificateUrl: certificateUrl.trim() };
}

function* signatureTexts(headers: Readonly<Record<string, string>>): Generator<string> {
  const authorization = headers["authorization"]?.trim();
  const own = headers["x-ms-signature"]?.trim();
  // Another scheme ("Bearer x") belongs to a front door, unless nothing else could be the signature.
  if (authorization !== undefined && isSignature(authorization)) yield authorization.replace(SCHEME, "");
  if (own !== undefined && own !== "") yield own.replace(SCHEME, "");
}

function isSignature(authorization: string): boolean {
  return SCHEME.test(authorization) || (authorization !== "" && !authorization.includes(" "));
}

/** Strict base64: exactly one text for each signature. */
function decodeBase64(text: string): Buffer | undefined {
  if (text.length > MAX_SIGNATURE_LENGTH || !BASE64.test(text)) return undefined;
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : undefined;
}

function rejected(reason: RejectReason): SignatureHeaders {
  return { kind: "rejected", reason };
}
