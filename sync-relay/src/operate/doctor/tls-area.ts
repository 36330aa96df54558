import { phrase, verbatim } from "../phrase";
import { area, finding, type Area, type Finding } from "./area";
import type { AddressCertificate, CertificateLook } from "./certificate-look";
import { dayOf, daysBetween } from "./days";

/** Renewing by hand takes a request, an approval and somebody who is there. */
const WARN_AHEAD_DAYS = 21;
/** A certificate for many hosts is known by the first few. */
const NAMES_SHOWN = 3;
/** A URL leaves it out, and openssl would ask another port. */
const HTTPS_PORT = "443";

const notNeeded = { en: "not needed on this machine", fr: "inutile sur cette machine même" };
const valid = {
  en: "{host} until {day} ({days} days), issued by {issuer}",
  fr: "{host} jusqu’au {day} ({days} jours), émis par {issuer}",
};

/** An address that only this machine can reach needs no TLS. */
export function tlsNotNeeded(): Area {
  return area("tls", phrase(notNeeded));
}

/** What both clouds will make of the certificate of the public address. */
export function tlsArea(look: Exclude<CertificateLook, { kind: "unreachable" }>, url: string, nowMs: number): Area {
  const { host } = new URL(url);
  if (look.kind === "no-tls") return area("tls", verbatim(host), [finding("tls-none", { url })]);
  const { certificate } = look;
  const values = { host, day: dayOf(certificate.endsAtMs), days: daysBetween(nowMs, certificate.endsAtMs) };
  return area("tls", phrase(valid, { ...values, issuer: certificate.issuer }), [
    ...timeFindings(certificate, host, nowMs),
    ...nameFindings(certificate, host),
    ...trustFindings(certificate, url, nowMs),
  ]);
}

function timeFindings({ fromMs, endsAtMs }: AddressCertificate, host: string, nowMs: number): readonly Finding[] {
  if (endsAtMs <= nowMs) return [finding("tls-expired", { host, day: dayOf(endsAtMs) })];
  if (fromMs > nowMs) return [finding("tls-not-yet", { host, day: dayOf(fromMs) })];
  const days = daysBetween(nowMs, endsAtMs);
  return days < WARN_AHEAD_DAYS ? [finding("tls-ending", { host, days })] : [];
}

function nameFindings({ isForHost, names }: AddressCertificate, host: string): readonly Finding[] {
  if (isForHost) return [];
  const shown = [...names.slice(0, NAMES_SHOWN), ...(names.length > NAMES_SHOWN ? ["…"] : [])];
  return [finding("tls-name", { host, names: shown.length === 0 ? "–" : shown.join(", ") })];
}

/** What is said against the certificate's own time and name is told above; anything else is about who vouches for it. */
function trustFindings(certificate: AddressCertificate, url: string, nowMs: number): readonly Finding[] {
  const { objection, fromMs, endsAtMs } = certificate;
  if (objection === null || objection === "ERR_TLS_CERT_ALTNAME_INVALID") return [];
  if (objection === "CERT_HAS_EXPIRED" && endsAtMs <= nowMs) return [];
  if (objection === "CERT_NOT_YET_VALID" && fromMs > nowMs) return [];
  const { host, hostname, port } = new URL(url);
  return [finding("tls-untrusted", { host, endpoint: `${hostname}:${port || HTTPS_PORT}`, reason: objection })];
}
