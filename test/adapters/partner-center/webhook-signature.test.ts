import { fc } from "../../support/properties";
import { createPublicKey, X509Certificate } from "node:crypto";
import { hostileKinds } from "../../../sync-relay/simulator/certificates/hostile-certificates";
import { createTestCertificateAuthority } from "../../../sync-relay/simulator/certificates/test-certificate-authority";
import { createChainCheck } from "../../../sync-relay/src/adapters/partner-center/certificate-chain";
import { NOON } from "./doubles";
import {
  aNotification,
  aSignedRequest,
  aWebhook,
  CERTIFICATE_URL,
  PATH_TOKEN,
  REFERRAL_ID,
  served,
  SUBJECT,
  theAuthority,
} from "./signed-request";

const PATH = "/webhooks/partner-center/";

async function signatureText(body: string = aNotification()): Promise<string> {
  return (await theAuthority()).sign(Buffer.from(body)).toString("base64");
}

describe("the address of notifications", () => {
  test("[PS1] a request to the registered address is heard", async () => {
    const { webhook } = await aWebhook();
    expect((await webhook.verify(await aSignedRequest())).kind).toBe("verified");
  });

  test.each([
    ["no token", PATH],
    ["another token", `${PATH}path-token-0123456780`],
    ["a longer token", `${PATH}${PATH_TOKEN}0`],
    ["a shorter token", `${PATH}${PATH_TOKEN.slice(0, -1)}`],
    ["a slash after the token", `${PATH}${PATH_TOKEN}/`],
    ["the token in another case", `${PATH}${PATH_TOKEN.toUpperCase()}`],
    ["another path", `/webhooks/dataverse/${PATH_TOKEN}`],
    ["the token alone", `/${PATH_TOKEN}`],
  ])("[PS1] %s is refused before anything is fetched", async (_name, path) => {
    const { webhook, fetched } = await aWebhook();
    expect(await webhook.verify(await aSignedRequest({ path }))).toEqual({ kind: "rejected", reason: "bad-secret" });
    expect(fetched).toEqual([]);
  });

  test("[PS1] an empty path token is refused at start", async () => {
    await expect(aWebhook({ pathToken: "" })).rejects.toThrow("path token");
  });
});

describe("the signature headers", () => {
  const forms: readonly [string, (signature: string) => Record<string, string | undefined>][] = [
    ["Authorization with its scheme", (text) => ({ authorization: `Signature ${text}` })],
    ["Authorization with its scheme in another case", (text) => ({ authorization: `signature ${text}` })],
    ["Authorization without a scheme", (text) => ({ authorization: text })],
    ["x-ms-signature with its scheme", (text) => ({ authorization: undefined, "x-ms-signature": `Signature ${text}` })],
    ["x-ms-signature without a scheme", (text) => ({ authorization: undefined, "x-ms-signature": text })],
    ["x-ms-signature beside a front door's token", (text) => ({ authorization: "Bearer x", "x-ms-signature": text })],
    ["the same signature twice", (text) => ({ authorization: `Signature ${text}`, "x-ms-signature": text })],
    ["the algorithm in capitals", () => ({ "x-ms-signature-algorithm": "RSA-SHA256" })],
  ];

  test.each(forms)("[PS2] %s is read", async (_name, headersFor) => {
    const { webhook } = await aWebhook();
    const request = await aSignedRequest({ headers: headersFor(await signatureText()) });
    expect((await webhook.verify(request)).kind).toBe("verified");
  });

  test.each([
    ["no signature", { authorization: undefined }],
    ["another scheme alone", { authorization: "Bearer abc" }],
    ["an empty signature", { authorization: "", "x-ms-signature": "" }],
    ["no algorithm", { "x-ms-signature-algorithm": undefined }],
    ["no certificate address", { "x-ms-certificate-url": undefined }],
  ])("[PS2] %s is a missing header", async (_name, headers) => {
    const { webhook, fetched } = await aWebhook();
    const verified = await webhook.verify(await aSignedRequest({ headers }));
    expect(verified).toEqual({ kind: "rejected", reason: "missing-header" });
    expect(fetched).toEqual([]);
  });

  test("[PS2] two different signatures are refused, even when one of them is right", async () => {
    const { webhook, fetched } = await aWebhook();
    const other = await signatureText("something else");
    for (const headers of [
      { "x-ms-signature": other },
      { authorization: `Signature ${other}`, "x-ms-signature": await signatureText() },
      { authorization: `Signature ${await signatureText()}, Signature ${other}` },
    ]) {
      const verified = await webhook.verify(await aSignedRequest({ headers }));
      expect(verified).toEqual({ kind: "rejected", reason: "bad-signature" });
    }
    expect(fetched).toEqual([]);
  });

  test.each([
    "rsa-sha1",
    "rsa-md5",
    "rsa-sha512",
    "rsa-pss-sha256",
    "sha256",
    "hmac-sha256",
    "none",
    "",
    "rsa-sha256, rsa-sha1",
  ])("[PS3] the algorithm %p is refused", async (algorithm) => {
    const { webhook, fetched } = await aWebhook();
    const request = await aSignedRequest({ headers: { "x-ms-signature-algorithm": algorithm } });
    expect(await webhook.verify(request)).toEqual({ kind: "rejected", reason: "bad-signature" });
    expect(fetched).toEqual([]);
  });

  test.each([
    ["not base64", "!!!!"],
    ["base64 for URLs", "_-".repeat(172)],
    ["too short for 2,048 bits", Buffer.alloc(128, 1).toString("base64")],
    ["one byte short", Buffer.alloc(255, 1).toString("base64")],
    ["huge", Buffer.alloc(5000, 1).toString("base64")],
    ["with a blank inside", `${"A".repeat(172)} ${"A".repeat(172)}`],
    ["without its padding", Buffer.alloc(256, 1).toString("base64").replace(/=+$/, "")],
    ["with bits beyond its end", `${"A".repeat(341)}B==`],
  ])("[PS3] a signature that is %s is refused", async (_name, text) => {
    const { webhook, fetched } = await aWebhook();
    const request = await aSignedRequest({ headers: { authorization: `Signature ${text}` } });
    expect(await webhook.verify(request)).toEqual({ kind: "rejected", reason: "bad-signature" });
    expect(fetched).toEqual([]);
  });
});

describe("the signature", () => {
  test.each([
    ["one byte more", (body: string) => `${body} `],
    ["one byte less", (body: string) => body.slice(0, -1)],
    ["a byte order mark in front", (body: string) => `\uFEFF${body}`],
    ["the same JSON written again", (body: string) => JSON.stringify(JSON.parse(body), null, 1)],
    [
      "the same JSON in another order",
      (body: string) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(body) as object).reverse())),
    ],
    ["another referral", (body: string) => body.replace(REFERRAL_ID, REFERRAL_ID.replace("c5", "c6"))],
    ["another line ending", (body: string) => `${body}\n`],
  ])("[PS4] a body with %s does not fit its signature", async (_name, changed) => {
    const { webhook } = await aWebhook();
    const good = await aSignedRequest();
    const rawBody = Buffer.from(changed(Buffer.from(good.rawBody).toString()));
    expect(await webhook.verify({ ...good, rawBody })).toEqual({ kind: "rejected", reason: "bad-signature" });
  });

  test("[PS4] a signature with another hash or by another key does not fit", async () => {
    const { webhook } = await aWebhook();
    const other = await (await theAuthority()).hostile("wrong-key");
    for (const sign of [
      (bytes: Uint8Array) => other.sign(bytes),
      () => Buffer.alloc(256, 7),
      (bytes: Uint8Array) => Buffer.concat([other.sign(bytes), Buffer.alloc(1)]),
    ]) {
      const verified = await webhook.verify(await aSignedRequest({ sign }));
      expect(verified).toEqual({ kind: "rejected", reason: "bad-signature" });
    }
  });

  test("[PS4] the bytes are verified before they are read", async () => {
    const { webhook } = await aWebhook();
    const request = await aSignedRequest({ body: "not JSON at all" });
    expect(await webhook.verify(request)).toEqual({ kind: "rejected", reason: "malformed" });
    const tampered = { ...request, rawBody: Buffer.from("not JSON at ALL") };
    expect(await webhook.verify(tampered)).toEqual({ kind: "rejected", reason: "bad-signature" });
  });

  test("[PS5] a body over 16 KiB, or none, is refused before anything is fetched", async () => {
    const { webhook, fetched } = await aWebhook();
    for (const body of ["", `{"EventName":"${"x".repeat(16 * 1024)}"}`]) {
      expect(await webhook.verify(await aSignedRequest({ body }))).toEqual({ kind: "rejected", reason: "malformed" });
    }
    expect(fetched).toEqual([]);
  });

  test("[PS5] a body of exactly 16 KiB is read", async () => {
    const { webhook } = await aWebhook();
    const body = aNotification();
    const padded = body + " ".repeat(16 * 1024 - body.length);
    expect((await webhook.verify(await aSignedRequest({ body: padded }))).kind).toBe("verified");
  });
});

describe("the certificate", () => {
  // `wrong-key` serves the good certificate; a key of 1,024 bits makes too short a signature before that.
  const elsewhere: readonly string[] = ["wrong-key", "rsa-1024"];
  const byCertificate = hostileKinds.filter((kind) => !elsewhere.includes(kind));

  test("[PS3] a certificate with an RSA key of 1,024 bits is refused", async () => {
    const authority = await theAuthority();
    const hostile = await authority.hostile("rsa-1024");
    const check = createChainCheck({ anchors: [authority.rootPem, authority.intermediatePem], subject: SUBJECT });
    expect((await check(authority.leafDer, NOON)).kind).toBe("trusted");
    expect(await check(hostile.leafDer, NOON)).toEqual({ kind: "refused", because: "key" });
  });

  test("[PS8] the signer's own certificate with another encoding of its signature is refused", async () => {
    let authority = await createTestCertificateAuthority({ now: new Date(NOON) });
    // A bit that is to be left out must be 0, or the file is no certificate in the first place.
    while ((authority.leafDer.at(-1) ?? 0) % 2 === 1) {
      authority = await createTestCertificateAuthority({ now: new Date(NOON) });
    }
    const check = createChainCheck({ anchors: [authority.rootPem, authority.intermediatePem], subject: SUBJECT });
    expect((await check(authority.leafDer, NOON)).kind).toBe("trusted");
    const other = Buffer.from(authority.leafDer);
    const unusedBits = other.length - 2_048 / 8 - 1;
    expect(other[unusedBits]).toBe(0);
    other[unusedBits] = 1;
    expect(await check(other, NOON)).toEqual({ kind: "refused", because: "odd-signature" });
  });

  test.each(byCertificate)("[PS8] a signer that is %s is refused", async (kind) => {
    const authority = await theAuthority();
    const hostile = await authority.hostile(kind);
    const { webhook } = await aWebhook({
      fetchCertificate: () => served(hostile.leafDer),
      certificates: { anchors: [authority.rootPem, ...hostile.intermediatePems] },
    });
    const verified = await webhook.verify(await aSignedRequest({ sign: (bytes) => hostile.sign(bytes) }));
    expect(verified).toEqual({ kind: "rejected", reason: "certificate-refused" });
  });

  test("[PS8] the good signer is accepted, as DER and as PEM", async () => {
    const authority = await theAuthority();
    for (const bytes of [authority.leafDer, Buffer.from(authority.leafPem)]) {
      const { webhook } = await aWebhook({ fetchCertificate: () => served(bytes) });
      expect((await webhook.verify(await aSignedRequest())).kind).toBe("verified");
    }
  });

  const broken: readonly [string, (der: Buffer, pem: string) => Uint8Array][] = [
    ["nothing", () => Buffer.alloc(0)],
    ["HTML", () => Buffer.from("<html><body>Service unavailable</body></html>")],
    ["half of it", (der) => der.subarray(0, der.length / 2)],
    ["all but one byte", (der) => der.subarray(0, der.length - 1)],
    ["one byte more", (der) => Buffer.concat([der, Buffer.from([0])])],
    ["two certificates", (_der, pem) => Buffer.from(pem + pem)],
    ["a bare key", (_der, pem) => Buffer.from(createPublicKey(pem).export({ type: "spki", format: "pem" }))],
    ["a flipped bit in the key", (der) => flipped(der, der.length / 3)],
    ["a flipped bit in the signature", (der) => flipped(der, der.length - 5)],
    ["DER nested a thousand times", () => Buffer.from("30".repeat(8000), "hex")],
    ["a length beyond its end", () => Buffer.from("3084ffffffff", "hex")],
  ];

  test.each(broken)("[PS8] a certificate file with %s is refused", async (_name, change) => {
    const { leafDer, leafPem } = await theAuthority();
    const { webhook } = await aWebhook({ fetchCertificate: () => served(change(leafDer, leafPem)) });
    const verified = await webhook.verify(await aSignedRequest());
    expect(verified).toEqual({ kind: "rejected", reason: "certificate-refused" });
  });

  test("[PS8] an authority's own certificate is no signer", async () => {
    const authority = await theAuthority();
    for (const pem of [authority.rootPem, authority.intermediatePem]) {
      const { webhook } = await aWebhook({ fetchCertificate: () => served(new X509Certificate(pem).raw) });
      const verified = await webhook.verify(await aSignedRequest());
      expect(verified).toEqual({ kind: "rejected", reason: "certificate-refused" });
    }
  });

  test("[PS8] without the intermediate in the configuration there is no path", async () => {
    const { rootPem } = await theAuthority();
    const { webhook } = await aWebhook({ certificates: { anchors: [rootPem] } });
    const verified = await webhook.verify(await aSignedRequest());
    expect(verified).toEqual({ kind: "rejected", reason: "certificate-refused" });
  });

  test("[PS8] another configured subject refuses the certificate, also one that only contains it", async () => {
    for (const subject of ["microsoft.com", "dispatch.microsoft.com", "pcnotifications-dispatch.microsoft.com.", ""]) {
      const { webhook } = await aWebhook({ certificates: { subject } });
      const verified = await webhook.verify(await aSignedRequest());
      expect(verified).toEqual({ kind: "rejected", reason: "certificate-refused" });
    }
  });

  test("[PS8] anchors without a root are refused at start", async () => {
    const { intermediatePem } = await theAuthority();
    await expect(aWebhook({ certificates: { anchors: [intermediatePem] } })).rejects.toThrow("root");
    await expect(aWebhook({ certificates: { anchors: [] } })).rejects.toThrow("root");
  });
});

describe("whatever comes in", () => {
  const header = fc.oneof(
    fc.string({ unit: "binary", maxLength: 400 }),
    fc.constantFrom("Signature ", CERTIFICATE_URL, "rsa-sha256", "https://certificates.example"),
  );

  test("[PS13] nothing but a signed request is ever verified, and nothing is thrown", async () => {
    const { webhook } = await aWebhook();
    const good = await aSignedRequest();
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.constantFrom("authorization", "x-ms-signature", "x-ms-certificate-url", "x-ms-signature-algorithm"),
          header,
        ),
        fc.uint8Array({ maxLength: 300 }),
        async (headers, rawBody) => {
          const verified = await webhook.verify({ ...good, headers: { ...good.headers, ...headers }, rawBody });
          expect(verified.kind).toBe("rejected");
        },
      ),
      { numRuns: 500 },
    );
  });

  test("[PS13] no single changed byte of the body is verified", async () => {
    const { webhook } = await aWebhook();
    const good = await aSignedRequest();
    for (let position = 0; position < good.rawBody.length; position += 1) {
      const verified = await webhook.verify({ ...good, rawBody: flipped(Buffer.from(good.rawBody), position) });
      expect(verified.kind).toBe("rejected");
    }
  });

  test("[PS13] a log or fetch that throws does not make verifying throw", async () => {
    const { webhook } = await aWebhook({
      fetchCertificate: () => {
        throw new Error("broken");
      },
    });
    expect(await webhook.verify(await aSignedRequest())).toEqual({ kind: "rejected", reason: "malformed" });
  });
});

function flipped(bytes: Buffer, position: number): Buffer {
  const copy = Buffer.from(bytes);
  const at = Math.floor(position);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
