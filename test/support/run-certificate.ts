import { webcrypto } from "node:crypto";
import * as asn1js from "asn1js";
import * as pkijs from "pkijs";

/** A self-signed certificate with its private key, both PEM. */
export interface TestCertificate {
  readonly certificate: string;
  readonly privateKey: string;
  readonly notAfter: Date;
}

/**
 * Makes a fresh self-signed RSA certificate, so that no key has to be kept in the repository. With an address it is good
 * for a server at this IPv4 address and under the name.
 */
export async function runCertificate(
  commonName: string,
  notAfter = new Date("2049-01-01"),
  address?: string,
): Promise<TestCertificate> {
  const engine = new pkijs.CryptoEngine({ name: "test", crypto: webcrypto as never });
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = new pkijs.Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1js.Integer({ value: 1 });
  for (const name of [certificate.issuer, certificate.subject]) {
    const value = new asn1js.Utf8String({ value: commonName });
    name.typesAndValues.push(new pkijs.AttributeTypeAndValue({ type: "2.5.4.3", value: value as never }));
  }
  certificate.notBefore.value = new Date("2020-01-01");
  certificate.notAfter.value = notAfter;
  if (address !== undefined) certificate.extensions = [alternativeNames(commonName, address)];
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey as never, engine);
  await certificate.sign(keys.privateKey as never, "SHA-256", engine);
  const pkcs8 = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    certificate: pem("CERTIFICATE", certificate.toSchema().toBER()),
    privateKey: pem("PRIVATE KEY", pkcs8),
    notAfter,
  };
}

/** Types of names: 2 is a host name, 7 an address. */
function alternativeNames(name: string, address: string): pkijs.Extension {
  const octets = new Uint8Array(address.split(".").map(Number));
  const names = new pkijs.GeneralNames({
    names: [
      new pkijs.GeneralName({ type: 2, value: name }),
      new pkijs.GeneralName({ type: 7, value: new asn1js.OctetString({ valueHex: octets.buffer }) }),
    ],
  });
  return new pkijs.Extension({ extnID: "2.5.29.17", critical: false, extnValue: names.toSchema().toBER() });
}

function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
