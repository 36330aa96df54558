// Certificates of authorities between the signing certificate and a root, fetched from where a certificate names them,
// when the operator has not configured them: Microsoft changes its issuing authorities more often than its roots.

import { X509Certificate } from "node:crypto";
import { Certificate } from "pkijs";
import type { Clock } from "../../ports/clock";
import type { Log } from "../../ports/log";
import type { FetchCertificate } from "./fetch-certificate";
import { issuerAddresses } from "./issuer-address";

/** How long a certificate is used without asking again, and a failure without trying again. */
const FRESH_FOR_MS = 24 * 60 * 60_000;
const LEFT_ALONE_FOR_MS = 60_000;

/** Most addresses remembered. */
const MAX_ENTRIES = 16;

export type IssuerFound =
  | { readonly kind: "found"; readonly certificate: Certificate }
  /** None is named, or not at a listed host, or what is there is not the issuer. */
  | { readonly kind: "none" }
  /** The host could not be reached in time: worth another try. */
  | { readonly kind: "unavailable"; readonly because: string };

/** Finds the certificate of a certificate's issuer. Never rejects. */
export type FindIssuer = (certificate: Certificate, until?: AbortSignal) => Promise<IssuerFound>;

export interface IssuerCertificateOptions {
  /** Hosts from which issuers' certificates may be fetched; none: nothing is fetched. */
  readonly hosts: readonly string[];
  readonly fetchCertificate: FetchCertificate;
  readonly clock: Clock;
  readonly log: Log;
}

interface Entry {
  readonly found: IssuerFound;
  readonly askAgainMs: number;
}

export function createFindIssuer(options: IssuerCertificateOptions): FindIssuer {
  const entries = new Map<string, Entry>();

  return async (child, until) => {
    const [url] = issuerAddresses(child, options.hosts);
    if (url === undefined) return { kind: "none" };
    const known = entries.get(url.href);
    const found =
      known !== undefined && options.clock.now() < known.askAgainMs ? known.found : await ask(options, url, until);
    if (found !== known?.found) remember(entries, url, { found, askAgainMs: askAgainAt(options, found) });
    return found.kind === "found" && !found.certificate.subject.isEqual(child.issuer) ? { kind: "none" } : found;
  };
}

async function ask({ fetchCertificate, log }: IssuerCertificateOptions, url: URL, until?: AbortSignal) {
  const fetched = await fetchCertificate(url, until);
  const found = foundIn(fetched);
  if (found.kind !== "found") {
    const because = fetched.kind === "fetched" ? "not-a-certificate" : fetched.because;
    log.warn("The certificate of an issuing authority could not be fetched", { because, from: url.host });
  }
  return found;
}

function foundIn(fetched: Awaited<ReturnType<FetchCertificate>>): IssuerFound {
  if (fetched.kind === "unavailable") return fetched;
  if (fetched.kind === "refused") return { kind: "none" };
  try {
    return { kind: "found", certificate: Certificate.fromBER(new X509Certificate(fetched.bytes).raw) };
  } catch {
    return { kind: "none" };
  }
}

function askAgainAt({ clock }: IssuerCertificateOptions, { kind }: IssuerFound): number {
  return clock.now() + (kind === "found" ? FRESH_FOR_MS : LEFT_ALONE_FOR_MS);
}

function remember(entries: Map<string, Entry>, url: URL, entry: Entry): void {
  entries.delete(url.href);
  const oldest = entries.keys().next().value;
  if (entries.size >= MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
  entries.set(url.href, entry);
}
