// Requests that pretend to come from Partner Center, each named by what it attacks. All are refused.

import { createPublicKey } from "node:crypto";
import type { TestCertificateAuthority } from "../../../sync-relay/simulator/certificates/test-certificate-authority";
import { hostileKinds } from "../../../sync-relay/simulator/certificates/hostile-certificates";
import { aNotification, PATH_TOKEN, REFERRAL_ID, type SignedRequest } from "./signed-request";

/** One attack: the request, what the certificate store serves, and the intermediates that the operator configured. */
export interface SignatureAttack {
  readonly request: SignedRequest;
  readonly served?: Uint8Array;
  readonly intermediatePems?: readonly string[];
}

export type SignatureVector = readonly [
  name: string,
  attack: (authority: TestCertificateAuthority) => SignatureAttack | Promise<SignatureAttack>,
];

type Headers = Readonly<Record<string, string | undefined>>;

const PATH = "/webhooks/partner-center/";
const signed = (authority: TestCertificateAuthority, body: string = aNotification()) =>
  authority.sign(Buffer.from(body)).toString("base64");

/** Name of an attack, and what it changes. */
type Named<Change> = readonly (readonly [name: string, change: Change])[];

const paths: Named<string> = [
  ["no path token", PATH],
  ["another path token", `${PATH}path-token-0123456780`],
  ["a longer path token", `${PATH}${PATH_TOKEN}0`],
  ["a shorter path token", `${PATH}${PATH_TOKEN.slice(0, -1)}`],
  ["a slash after the path token", `${PATH}${PATH_TOKEN}/`],
  ["the path token in another case", `${PATH}${PATH_TOKEN.toUpperCase()}`],
  ["an escaped path token", `${PATH}%70${PATH_TOKEN.slice(1)}`],
  ["the path of the other cloud", `/webhooks/dataverse/${PATH_TOKEN}`],
];

const headers: Named<(a: TestCertificateAuthority) => Headers> = [
  ["no signature", () => ({ authorization: undefined })],
  ["an empty signature", () => ({ authorization: "Signature " })],
  ["another scheme alone", () => ({ authorization: "Bearer abc" })],
  ["no algorithm", () => ({ "x-ms-signature-algorithm": undefined })],
  ["no certificate address", () => ({ "x-ms-certificate-url": undefined })],
  ["a second signature beside the right one", (a) => ({ "x-ms-signature": signed(a, "something else") })],
  [
    "two signatures in one header",
    (a) => ({ authorization: `Signature ${signed(a)}, Signature ${signed(a, "something else")}` }),
  ],
  ["the signature of another body", (a) => ({ authorization: `Signature ${signed(a, "something else")}` })],
  ["the signature without its last byte", (a) => ({ authorization: `Signature ${shortened(signed(a))}` })],
  ["the signature with a byte more", (a) => ({ authorization: `Signature ${lengthened(signed(a))}` })],
  ["the signature with a bit turned", (a) => ({ authorization: `Signature ${turned(signed(a))}` })],
  ["the signature in base64 for addresses", (a) => ({ authorization: `Signature ${forAddresses(signed(a))}` })],
  ["the signature in hexadecimal", (a) => ({ authorization: Buffer.from(signed(a), "base64").toString("hex") })],
  ["a blank in the signature", (a) => ({ authorization: `Signature ${signed(a).replace(/^(.{100})/, "$1 ")}` })],
  ["the signature without its padding", (a) => ({ authorization: `Signature ${signed(a).replace(/=+$/, "")}` })],
  ["a signature of zeros", () => ({ authorization: `Signature ${Buffer.alloc(256).toString("base64")}` })],
  ["a signature of one", () => ({ authorization: `Signature ${theNumberOne()}` })],
  ["a signature for 1,024 bits", () => ({ authorization: `Signature ${Buffer.alloc(128, 1).toString("base64")}` })],
  ["a huge signature", () => ({ authorization: `Signature ${Buffer.alloc(5_000, 1).toString("base64")}` })],
  ["no base64", () => ({ authorization: "Signature !!!!" })],
  ["bits beyond the signature's end", () => ({ authorization: `Signature ${"A".repeat(341)}B==` })],
];

const algorithms: readonly SignatureVector[] = [
  ...["rsa-sha1", "rsa-md5", "rsa-md2", "rsa-sha512", "rsa-pss-sha256", "ecdsa-sha256", "sha256", "hmac-sha256"],
  ...["none", "", "null", "rsa-sha256, rsa-sha1", "rsa-sha1, rsa-sha256", "RSA", "rsa-sha256;q=0"],
].map((algorithm): SignatureVector => [
  `the algorithm "${algorithm}"`,
  () => ({ request: { headers: { "x-ms-signature-algorithm": algorithm } } }),
]);

const bodies: Named<(body: string) => string> = [
  ["one byte more", (body) => `${body} `],
  ["one byte less", (body) => body.slice(0, -1)],
  ["a byte order mark in front", (body) => `\uFEFF${body}`],
  ["the same JSON written again", (body) => JSON.stringify(JSON.parse(body), null, 1)],
  ["the same JSON in another order", (body) => reordered(body)],
  ["escaped letters", (body) => body.replace("referral-updated", "referral\\u002dupdated")],
  ["another referral", (body) => body.replace(REFERRAL_ID, REFERRAL_ID.replace("c5", "c6"))],
  ["a key twice", (body) => body.replace("{", '{"EventName":"referral-created",')],
  ["another line ending", (body) => `${body}\r\n`],
  ["nothing", () => ""],
  ["more than 16 KiB", (body) => body + " ".repeat(16 * 1024)],
];

const signers: readonly SignatureVector[] = [
  ...hostileKinds.map((kind): SignatureVector => [
    `a signer that is ${kind}`,
    async (authority) => {
      const hostile = await authority.hostile(kind);
      const { intermediatePems } = hostile;
      return { request: { sign: (bytes) => hostile.sign(bytes) }, served: hostile.leafDer, intermediatePems };
    },
  ]),
  ["a signature with SHA-1", (authority) => ({ request: { sign: (bytes) => authority.signSha1(bytes) } })],
];

const files: Named<(authority: TestCertificateAuthority) => Uint8Array> = [
  ["nothing", () => Buffer.alloc(0)],
  ["HTML", () => Buffer.from("<html><body>Service unavailable</body></html>")],
  ["half of the certificate", ({ leafDer }) => leafDer.subarray(0, leafDer.length / 2)],
  ["one byte more", ({ leafDer }) => Buffer.concat([leafDer, Buffer.from([0])])],
  ["two certificates", ({ leafPem }) => Buffer.from(leafPem + leafPem)],
  ["the root", ({ rootPem }) => Buffer.from(rootPem)],
  ["the issuing authority", ({ intermediatePem }) => Buffer.from(intermediatePem)],
  ["a bare key", ({ leafPem }) => bareKey(leafPem)],
  ["DER nested a thousand times", () => Buffer.from("30".repeat(8_000), "hex")],
  ["a length beyond its end", () => Buffer.from("3084ffffffff", "hex")],
  ["more than 16 KiB", ({ leafDer }) => Buffer.concat([leafDer, Buffer.alloc(16 * 1024)])],
];

export const signatureVectors: readonly SignatureVector[] = [
  ...paths.map(([name, path]): SignatureVector => [name, () => ({ request: { path } })]),
  ...headers.map(([name, change]): SignatureVector => [
    name,
    (authority) => ({ request: { headers: change(authority) } }),
  ]),
  ...algorithms,
  ...bodies.map(([name, change]): SignatureVector => [
    `a body with ${name}`,
    (authority) => changedBody(authority, change),
  ]),
  ...signers,
  ...files.map(([name, file]): SignatureVector => [
    `a certificate file with ${name}`,
    (authority) => ({ request: {}, served: file(authority) }),
  ]),
];

/** The body after it was signed. */
function changedBody(authority: TestCertificateAuthority, change: (body: string) => string): SignatureAttack {
  const signature = authority.sign(Buffer.from(aNotification()));
  return { request: { body: change(aNotification()), sign: () => signature } };
}

function shortened(base64: string): string {
  return Buffer.from(base64, "base64").subarray(0, -1).toString("base64");
}

function lengthened(base64: string): string {
  return Buffer.concat([Buffer.from(base64, "base64"), Buffer.alloc(1)]).toString("base64");
}

function turned(base64: string): string {
  const bytes = Buffer.from(base64, "base64");
  bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
  return bytes.toString("base64");
}

/** Always differs: a character that only this alphabet has is put in. */
function forAddresses(base64: string): string {
  return `-${base64.slice(1).replaceAll("+", "-").replaceAll("/", "_")}`;
}

function theNumberOne(): string {
  return Buffer.concat([Buffer.alloc(255), Buffer.from([1])]).toString("base64");
}

function reordered(body: string): string {
  return JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(body) as object).reverse()));
}

function bareKey(pem: string): Buffer {
  return Buffer.from(createPublicKey(pem).export({ type: "spki", format: "pem" }));
}
