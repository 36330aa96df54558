// Where a notification's certificate may be fetched from. The URL is the sender's text, so it must be exactly one that
// Microsoft would write: in canonical form, on a listed host, with the expected path. Anything a URL parser would have
// to repair (user info, escapes, octal addresses, dot segments, IDN) is refused rather than repaired.

import { isAddressLiteral, isLoopbackLiteral, isPublicAddress } from "./public-address";

/** Path of the certificate in Microsoft's own sample. */
export const DEFAULT_CERTIFICATE_PATH = /^\/cert\/[A-Za-z0-9._-]{1,80}\.cer$/;

/** Longest certificate URL read; the documented one has 85 characters. */
const MAX_URL_LENGTH = 300;

/** Scheme, host with port, path; no user info, query, fragment, escape, blank or backslash can match. */
const SHAPE = /^(https?):\/\/([a-z0-9.:[\]-]+)(\/[\w./-]*)$/i;

export interface CertificateUrlRules {
  /** Host names; for the simulator also addresses of this machine with their port, e.g. `127.0.0.1:4711`. */
  readonly hosts: readonly string[];
  readonly pathPattern?: RegExp;
}

/** The URL, or undefined when it is not allowed. */
export function allowedCertificateUrl(text: string, rules: CertificateUrlRules): URL | undefined {
  const url = canonicalUrl(text);
  if (url === undefined || !rules.hosts.some((allowed) => allowed.toLowerCase() === url.host)) return undefined;
  const expectedPath = (rules.pathPattern ?? DEFAULT_CERTIFICATE_PATH).test(url.pathname);
  return expectedPath && isAllowedOrigin(url) ? url : undefined;
}

/** The URL when the text is what the parser makes of it, but for the case of scheme and host. */
function canonicalUrl(text: string): URL | undefined {
  const shape = text.length <= MAX_URL_LENGTH ? SHAPE.exec(text) : null;
  if (shape === null) return undefined;
  const [, scheme = "", host = "", path = ""] = shape;
  const canonical = `${scheme.toLowerCase()}://${host.toLowerCase()}${path}`;
  const url = URL.canParse(canonical) ? new URL(canonical) : undefined;
  return url?.href === canonical ? url : undefined;
}

/** https on its default port; plain http only to this machine, with the listed port. */
function isAllowedOrigin(url: URL): boolean {
  if (url.protocol === "http:") return isLoopbackLiteral(url.hostname);
  if (url.port !== "") return false;
  return !isAddressLiteral(url.hostname) || isPublicAddress(url.hostname.replace(/^\[(.*)\]$/, "$1"));
}
