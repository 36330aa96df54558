// Partner Center's notifications. Anybody can send a request here, so it passes cheap checks first and costly ones
// last: secret path, size, headers, certificate address, certificate, signature over the raw bytes, and only then is the
// body read. The order matters: nothing is fetched for a stranger, and nothing is parsed before it is verified, except
// when the certificate cannot be had in time; then the event is kept as unverified and verified before it is used.

import { constants, createHash, randomUUID, timingSafeEqual, verify as verifySignature } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { RelayEvent } from "../../core/event";
import type { Clock, Random } from "../../ports/clock";
import type { Log } from "../../ports/log";
import type { Metrics } from "../../ports/metrics";
import type { RejectReason, Verified, WebhookRequest, WebhookSource } from "../../ports/webhook-source";
import { createCertificateCache } from "./certificate-cache";
import type { CertificateCache } from "./certificate-cache";
import { createChainCheck } from "./certificate-chain";
import { allowedCertificateUrl } from "./certificate-url";
import type { CertificateUrlRules } from "./certificate-url";
import { createCertificateFetch } from "./fetch-certificate";
import type { FetchCertificate } from "./fetch-certificate";
import { createFindIssuer } from "./issuer-certificates";
import { readNotification } from "./notification-json";
import { readSignatureHeaders } from "./signature-headers";

/** Where notifications arrive; the last part is the secret of the registered address. */
export const WEBHOOK_PATH = "/webhooks/partner-center/";

/** Largest notification; real ones are under 1 KB. */
const MAX_BODY_BYTES = 16 * 1024;

/** Notifications older or newer than this are worth an operator's look; they are hints all the same. */
const OLDEST_MS = 7 * 24 * 60 * 60_000;
const NEWEST_MS = 10 * 60_000;

export interface PartnerCenterWebhookOptions {
  /** The unguessable last part of the registered address. */
  readonly pathToken: string;
  /** A second one that is taken as well, while one replaces the other. */
  readonly otherPathToken?: string;
  readonly certificates: CertificateUrlRules & {
    /** PEM texts: roots and intermediates. */
    readonly anchors: readonly string[];
    /** Hosts from which certificates of issuing authorities may be fetched; none when left out. */
    readonly issuerHosts?: readonly string[];
    /** Name the certificate must carry, `pcnotifications-dispatch.microsoft.com` for Microsoft's. */
    readonly subject: string;
  };
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Makes correlation ids; the system's randomness when left out. */
  readonly random?: Pick<Random, "uuid">;
  /** Replaces the network, for tests. */
  readonly fetchCertificate?: FetchCertificate;
}

/** Partner Center's notifications as a webhook source. */
export interface PartnerCenterWebhook extends WebhookSource {
  /** Verifies a request that was stored as unverified. `unverified` again when the certificate still cannot be had. */
  readonly verifyStored: (request: WebhookRequest) => Promise<Verified>;
}

interface Access {
  readonly options: PartnerCenterWebhookOptions;
  readonly certificates: CertificateCache;
}

/** Throws at once when path token or anchors are unusable: a relay that cannot tell friend from foe must not start. */
export function createPartnerCenterWebhook(options: PartnerCenterWebhookOptions): PartnerCenterWebhook {
  if (options.pathToken === "") throw new Error("the path token of the notification address is empty");
  const { clock, log, metrics } = options;
  const fetchCertificate = options.fetchCertificate ?? createCertificateFetch();
  const hosts = options.certificates.issuerHosts ?? [];
  const findIssuer = createFindIssuer({ hosts, fetchCertificate, clock, log });
  const check = createChainCheck(options.certificates, findIssuer);
  const certificates = createCertificateCache({ fetchCertificate, check, clock, log, metrics });
  const access: Access = { options, certificates };
  return {
    source: "partner-center",
    verify: (request) =>
      neverThrowing(access, async () =>
        isOurPath(request.path, options) ? verifyRequest(access, request) : rejected("bad-secret"),
      ),
    verifyStored: (request) => neverThrowing(access, () => verifyRequest(access, request)),
  };
}

async function neverThrowing(access: Access, work: () => Promise<Verified>): Promise<Verified> {
  try {
    return await work();
  } catch {
    access.options.log.error("A notification could not be verified for a reason nobody foresaw");
    return rejected("malformed");
  }
}

/** Compares digests, so that time tells nothing about the token, its length included. */
function isOurPath(path: string, options: PartnerCenterWebhookOptions): boolean {
  if (!path.startsWith(WEBHOOK_PATH)) return false;
  const given = digest(path.slice(WEBHOOK_PATH.length));
  const tokens = [options.pathToken, options.otherPathToken ?? options.pathToken];
  return tokens.map((token) => timingSafeEqual(given, digest(token))).includes(true);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

async function verifyRequest(access: Access, request: WebhookRequest): Promise<Verified> {
  if (request.rawBody.byteLength === 0 || request.rawBody.byteLength > MAX_BODY_BYTES) return rejected("malformed");
  const signed = readSignatureHeaders(request.headers);
  if (signed.kind === "rejected") return signed;
  const url = allowedCertificateUrl(signed.certificateUrl, access.options.certificates);
  if (url === undefined) return rejected("certificate-refused");
  const answer = await access.certificates.get(url);
  if (answer.kind === "refused") return rejected("certificate-refused");
  if (answer.kind === "unavailable") return outcome(access, "unverified", request);
  const fits = (key: KeyObject): boolean => isSignedBy(key, request.rawBody, signed.signature);
  if (!fits(answer.certificate.key)) {
    const renewed = await access.certificates.renewed(url);
    if (renewed.kind !== "trusted" || !fits(renewed.certificate.key)) return rejected("bad-signature");
  }
  return outcome(access, "verified", request);
}

/** RSASSA-PKCS1-v1_5 with SHA-256 over the bytes as they came. */
function isSignedBy(key: KeyObject, bytes: Uint8Array, signature: Buffer): boolean {
  return verifySignature("sha256", bytes, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
}

function outcome(access: Access, kind: "verified" | "unverified", request: WebhookRequest): Verified {
  const { log, random } = access.options;
  const correlationId = random?.uuid() ?? randomUUID();
  const notification = readNotification(request.rawBody, correlationId);
  if (notification.kind === "malformed") {
    log.warn("A notification could not be understood", { correlationId, verified: kind === "verified" });
    return rejected("malformed");
  }
  if (notification.kind === "ignored") {
    log.info("A notification says nothing the relay acts on", { correlationId, verified: kind === "verified" });
    return { kind, events: [] };
  }
  noteAge(access, notification.event);
  return { kind, events: [notification.event] };
}

function noteAge(access: Access, event: RelayEvent): void {
  const changedMs = event.changedAt === null ? Number.NaN : Date.parse(event.changedAt);
  const ageMs = access.options.clock.now() - changedMs;
  if (ageMs <= OLDEST_MS && ageMs >= -NEWEST_MS) return;
  access.options.log.warn("A notification has an odd time", {
    recordId: event.recordId,
    correlationId: event.correlationId,
    ageSeconds: Number.isNaN(ageMs) ? null : Math.round(ageMs / 1000),
  });
}

function rejected(reason: RejectReason): Verified {
  return { kind: "rejected", reason };
}
