import { BitString, Null, OctetString } from "asn1js";
import {
  AccessDescription,
  AltName,
  BasicConstraints,
  ExtKeyUsage,
  Extension,
  GeneralName,
  GeneralNames,
  GeneralSubtree,
  InfoAccess,
  NameConstraints,
} from "pkijs";

/** What a certificate says it may be used for. */
export type CertificateUse =
  | {
      readonly kind: "authority";
      readonly pathLength?: number;
      /** False: keyUsage lacks keyCertSign. */
      readonly mayCertify?: boolean;
      /** False: basicConstraints says cA FALSE. */
      readonly isAuthority?: boolean;
      /** DNS subtree that certificates below must lie in. */
      readonly permittedDomain?: string;
    }
  | {
      readonly kind: "signer";
      readonly domain: string;
      /** False: keyUsage lacks digitalSignature. */
      readonly maySign?: boolean;
      /** True: carries a critical extension that nobody knows. */
      readonly unknownCritical?: boolean;
    };

/** A use, and where the issuer's certificate is said to be had. */
export type CertificateOrderUse = CertificateUse & { readonly issuerAddress?: string };

/** Bits of keyUsage, first octet (RFC 5280 §4.2.1.3). */
const DIGITAL_SIGNATURE = 0x80;
const KEY_ENCIPHERMENT = 0x20;
const KEY_CERT_SIGN = 0x04;
const CRL_SIGN = 0x02;
/** GeneralName choices for a DNS name and for an address. */
const DNS_NAME = 2;
const ADDRESS = 6;
const AUTHORITY_INFORMATION = "1.3.6.1.5.5.7.1.1";
const ISSUER_CERTIFICATE = "1.3.6.1.5.5.7.48.2";
const SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
/** An object id of the documentation arc, known to no software. */
const UNKNOWN_EXTENSION = "2.999.1";

export function certificateExtensions(use: CertificateOrderUse): Extension[] {
  const extensions = use.kind === "authority" ? authorityExtensions(use) : signerExtensions(use);
  return use.issuerAddress === undefined ? extensions : [...extensions, issuerAddress(use.issuerAddress)];
}

function issuerAddress(address: string): Extension {
  const accessLocation = new GeneralName({ type: ADDRESS, value: address });
  const description = new AccessDescription({ accessMethod: ISSUER_CERTIFICATE, accessLocation });
  return extension(
    AUTHORITY_INFORMATION,
    new InfoAccess({ accessDescriptions: [description] }).toSchema().toBER(false),
  );
}

function authorityExtensions(use: Extract<CertificateUse, { kind: "authority" }>): Extension[] {
  const isAuthority = use.isAuthority ?? true;
  const constraints = new BasicConstraints({
    cA: isAuthority,
    ...(use.pathLength === undefined ? {} : { pathLenConstraint: use.pathLength }),
  });
  const usage = use.mayCertify === false ? CRL_SIGN : KEY_CERT_SIGN | CRL_SIGN;
  const extensions = [basicConstraints(constraints), keyUsage(usage)];
  if (use.permittedDomain !== undefined) extensions.push(permittedDomain(use.permittedDomain));
  return extensions;
}

function signerExtensions(use: Extract<CertificateUse, { kind: "signer" }>): Extension[] {
  const usage = use.maySign === false ? KEY_ENCIPHERMENT : DIGITAL_SIGNATURE | KEY_ENCIPHERMENT;
  const names = new AltName({ altNames: [new GeneralName({ type: DNS_NAME, value: use.domain })] });
  const extensions = [
    basicConstraints(new BasicConstraints({ cA: false })),
    keyUsage(usage),
    extension("2.5.29.17", new GeneralNames({ names: names.altNames }).toSchema().toBER(false)),
    extension("2.5.29.37", new ExtKeyUsage({ keyPurposes: [SERVER_AUTHENTICATION] }).toSchema().toBER(false)),
  ];
  if (use.unknownCritical === true) extensions.push(extension(UNKNOWN_EXTENSION, new Null().toBER(false), true));
  return extensions;
}

function basicConstraints(constraints: BasicConstraints): Extension {
  return extension("2.5.29.19", constraints.toSchema().toBER(false), true);
}

function keyUsage(bits: number): Extension {
  const unusedBits = Math.clz32(bits & -bits) === 31 ? 0 : 31 - Math.clz32(bits & -bits);
  const value = new BitString({ valueHex: new Uint8Array([bits]).buffer, unusedBits });
  return extension("2.5.29.15", value.toBER(false), true);
}

function permittedDomain(domain: string): Extension {
  const subtree = new GeneralSubtree({ base: new GeneralName({ type: DNS_NAME, value: domain }) });
  return extension("2.5.29.30", new NameConstraints({ permittedSubtrees: [subtree] }).toSchema().toBER(false), true);
}

function extension(extnID: string, value: ArrayBuffer, critical = false): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString({ valueHex: value }).valueBlock.valueHex });
}
