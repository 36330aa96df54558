// The certificates that may sign notifications, fetched once and checked at every use's time. The certificate store is
// somebody else's: notifications keep being verified while it is down, and nobody can make the relay ask it often.
// 1. A trusted certificate is used for a day, or until it ends; after that it is fetched again, and the old one serves
//    as long as the store is down.
// 2. A failed or refused fetch is not repeated for a minute.
// 3. The same URL is fetched once at a time, and few URLs at all are remembered.
// 4. When a signature does not fit, the certificate may have been renewed: it is fetched again, at most once a minute.

import type { Clock } from "../../ports/clock";
import type { Log } from "../../ports/log";
import type { Metrics } from "../../ports/metrics";
import type { ChainCheck, ChainVerdict, TrustedCertificate } from "./certificate-chain";
import { FETCH_WITHIN_MS, type FetchCertificate } from "./fetch-certificate";

/** Longest use of a certificate without asking the store again. */
const FRESH_FOR_MS = 24 * 60 * 60_000;

/** How long a URL is left alone after a failure, and between two looks for a renewed certificate. */
const LEFT_ALONE_FOR_MS = 60_000;

/** Most URLs remembered. Microsoft uses one; during a renewal perhaps two. */
const MAX_ENTRIES = 16;

/** Most fetches under way; each may take two seconds. */
const MAX_FETCHES = 4;

/** What is known of the certificate at a URL. */
export type CertificateAnswer =
  | { readonly kind: "trusted"; readonly certificate: TrustedCertificate }
  | { readonly kind: "refused" }
  | { readonly kind: "unavailable" };

export interface CertificateCache {
  /** The certificate at an allowed URL. Never rejects. */
  get(url: URL): Promise<CertificateAnswer>;
  /** The certificate after asking the store again, when it was not asked lately; for a signature that did not fit. */
  renewed(url: URL): Promise<CertificateAnswer>;
}

export interface CertificateCacheOptions {
  readonly fetchCertificate: FetchCertificate;
  readonly check: ChainCheck;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

interface Entry {
  readonly answer: CertificateAnswer;
  readonly fetchedAtMs: number;
  /** No fetch before this time. */
  readonly askAgainMs: number;
}

export function createCertificateCache(options: CertificateCacheOptions): CertificateCache {
  const entries = new Map<string, Entry>();
  const fetches = new Map<string, Promise<CertificateAnswer>>();

  const fetchOnce = (url: URL): Promise<CertificateAnswer> => {
    const running = fetches.get(url.href);
    if (running !== undefined) return running;
    if (fetches.size >= MAX_FETCHES) return Promise.resolve({ kind: "unavailable" });
    const fetched = refresh(options, entries, url).finally(() => fetches.delete(url.href));
    fetches.set(url.href, fetched);
    return fetched;
  };

  return {
    get: async (url) => {
      const nowMs = options.clock.now();
      const entry = entries.get(url.href);
      return entry !== undefined && nowMs < entry.askAgainMs ? atTime(entry.answer, nowMs) : fetchOnce(url);
    },
    renewed: async (url) => {
      const entry = entries.get(url.href);
      const asked = entry === undefined ? -Infinity : entry.fetchedAtMs;
      if (options.clock.now() - asked < LEFT_ALONE_FOR_MS) return { kind: "unavailable" };
      return fetchOnce(url);
    },
  };
}

/** A certificate that was trusted yesterday may have ended today. What follows it only the store can say. */
function atTime(answer: CertificateAnswer, nowMs: number): CertificateAnswer {
  if (answer.kind !== "trusted") return answer;
  const { notBeforeMs, notAfterMs } = answer.certificate;
  return nowMs >= notBeforeMs && nowMs <= notAfterMs ? answer : { kind: "unavailable" };
}

async function refresh(
  options: CertificateCacheOptions,
  entries: Map<string, Entry>,
  url: URL,
): Promise<CertificateAnswer> {
  const before = entries.get(url.href);
  const verdict = await fetchAndCheck(options, url);
  const nowMs = options.clock.now();
  if (verdict.kind === "unavailable" && before?.answer.kind === "trusted") {
    options.log.warn("The certificate store is down; the known certificate is used", { because: verdict.because });
    store(entries, url, { ...before, fetchedAtMs: nowMs, askAgainMs: nowMs + LEFT_ALONE_FOR_MS });
    return atTime(before.answer, nowMs);
  }
  const entry = judge(options, verdict, nowMs);
  noteChange(options, before, entry);
  store(entries, url, entry);
  return entry.answer;
}

/** The certificate and what leads from it to a root, all within one limit of time. */
async function fetchAndCheck(options: CertificateCacheOptions, url: URL): Promise<ChainVerdict> {
  const until = AbortSignal.timeout(FETCH_WITHIN_MS);
  const fetched = await options.fetchCertificate(url, until);
  return fetched.kind === "fetched" ? options.check(fetched.bytes, options.clock.now(), until) : fetched;
}

function judge(options: CertificateCacheOptions, verdict: ChainVerdict, nowMs: number): Entry {
  const leftAlone = { fetchedAtMs: nowMs, askAgainMs: nowMs + LEFT_ALONE_FOR_MS };
  if (verdict.kind === "unavailable") {
    options.log.warn("A notification certificate could not be fetched", { because: verdict.because });
    return { ...leftAlone, answer: { kind: "unavailable" } };
  }
  if (verdict.kind === "refused") {
    options.log.error("A notification certificate was refused", { because: verdict.because });
    return { ...leftAlone, answer: { kind: "refused" } };
  }
  const askAgainMs = Math.min(nowMs + FRESH_FOR_MS, verdict.certificate.notAfterMs);
  return { answer: verdict, fetchedAtMs: nowMs, askAgainMs };
}

function noteChange(options: CertificateCacheOptions, before: Entry | undefined, after: Entry): void {
  if (after.answer.kind !== "trusted") return;
  const { fingerprint, notAfterMs } = after.answer.certificate;
  options.metrics.set("cosell_cert_expiry_timestamp_seconds", notAfterMs / 1000);
  if (before?.answer.kind === "trusted" && before.answer.certificate.fingerprint !== fingerprint) {
    options.log.warn("The certificate that signs notifications has changed", { fingerprint });
  }
}

/** Remembers an entry; what is least worth keeping goes first: failures, then the oldest. */
function store(entries: Map<string, Entry>, url: URL, entry: Entry): void {
  entries.delete(url.href);
  if (entries.size >= MAX_ENTRIES) {
    const failed = [...entries].find(([, candidate]) => candidate.answer.kind !== "trusted");
    const oldest = failed?.[0] ?? entries.keys().next().value;
    if (oldest !== undefined) entries.delete(oldest);
  }
  entries.set(url.href, entry);
}
