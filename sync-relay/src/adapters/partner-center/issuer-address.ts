// Where a certificate says that its issuer's certificate is to be had. The address stands in a certificate that nobody
// has verified yet, so it is as strange as any: only a listed host, a plain file, and no part that could be read in two
// ways. Plain http is usual and does no harm here: what is fetched counts only when a signature path leads through it.

import { InfoAccess, type Certificate } from "pkijs";
import { isAddressLiteral, isLoopbackLiteral } from "./public-address";

const AUTHORITY_INFORMATION = "1.3.6.1.5.5.7.1.1";
const ISSUER_CERTIFICATE = "1.3.6.1.5.5.7.48.2";

/** GeneralName choice for an address. */
const ADDRESS = 6;

/** Longest address read; Microsoft's have about 100 characters. */
const MAX_LENGTH = 300;

/** Addresses of one certificate that are looked at; there are two at most in practice. */
const MAX_ADDRESSES = 4;

/** Scheme, host with port, and a file below some folders; blanks in names are written %20. */
const SHAPE = /^https?:\/\/[a-z0-9.:[\]-]+(?:\/(?:[A-Za-z0-9_-]|%20|\.(?!\.))+)+\.(?:crt|cer|der)$/;

/** Addresses of the issuer's certificate that are on the list; the first is the one to use. */
export function issuerAddresses(certificate: Certificate, hosts: readonly string[]): readonly URL[] {
  const access: unknown = certificate.extensions?.find(({ extnID }) => extnID === AUTHORITY_INFORMATION)?.parsedValue;
  if (!(access instanceof InfoAccess)) return [];
  return access.accessDescriptions
    .filter(
      ({ accessMethod, accessLocation }) => accessMethod === ISSUER_CERTIFICATE && accessLocation.type === ADDRESS,
    )
    .slice(0, MAX_ADDRESSES)
    .flatMap(({ accessLocation }) => allowedIssuerUrl(String(accessLocation.value), hosts) ?? []);
}

/** The URL, or undefined when it is not allowed. */
export function allowedIssuerUrl(text: string, hosts: readonly string[]): URL | undefined {
  if (text.length > MAX_LENGTH || !SHAPE.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const listed = url.href === text && hosts.some((host) => host.toLowerCase() === url.host);
  return listed && isUsualOrigin(url) ? url : undefined;
}

/** A name on its scheme's own port; a port only for the listed address of this machine. */
function isUsualOrigin(url: URL): boolean {
  if (isLoopbackLiteral(url.hostname)) return true;
  return url.port === "" && !isAddressLiteral(url.hostname);
}
