// A webhook set up to trust a test certificate authority, and requests signed by it.

import { createTestCertificateAuthority } from "../../../sync-relay/simulator/certificates/test-certificate-authority";
import type { TestCertificateAuthority } from "../../../sync-relay/simulator/certificates/test-certificate-authority";
import type { FetchCertificate } from "../../../sync-relay/src/adapters/partner-center/fetch-certificate";
import { createPartnerCenterWebhook } from "../../../sync-relay/src/adapters/partner-center/webhook";
import type {
  PartnerCenterWebhook,
  PartnerCenterWebhookOptions,
} from "../../../sync-relay/src/adapters/partner-center/webhook";
import type { WebhookRequest } from "../../../sync-relay/src/ports/webhook-source";
import { aCountingRandom, aRecordingLog, aRecordingMetrics, aSteppedClock, NOON } from "./doubles";
import type { LogLine, SteppedClock } from "./doubles";

export const PATH_TOKEN = "path-token-0123456789";
export const CERTIFICATE_HOST = "certificates.example";
export const CERTIFICATE_URL = `https://${CERTIFICATE_HOST}/cert/signer.cer`;
export const SUBJECT = "pcnotifications-dispatch.microsoft.com";
export const REFERRAL_ID = "c5fbb3b6-be74-4795-9fb5-4324c73fed37";
export const REFERRAL_URI = `https://api.partnercenter.microsoft.com/engagements/v1/referrals/${REFERRAL_ID}`;

let made: Promise<TestCertificateAuthority> | undefined;

/** One authority for a whole test file: making keys takes a second. */
export function theAuthority(): Promise<TestCertificateAuthority> {
  made ??= createTestCertificateAuthority({ now: new Date(NOON) });
  return made;
}

export function aNotification(changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    EventName: "referral-updated",
    ResourceUri: REFERRAL_URI,
    ResourceName: "referral",
    AuditUri: null,
    ResourceChangeUtcDate: "2026-03-01T11:59:59.5485487+00:00",
    ...changes,
  });
}

export interface SignedRequest {
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly path?: string;
  readonly sign?: (bytes: Uint8Array) => Buffer;
}

export async function aSignedRequest(given: SignedRequest = {}): Promise<WebhookRequest> {
  const rawBody = Buffer.from(given.body ?? aNotification());
  const authority = await theAuthority();
  const sign = given.sign ?? ((bytes: Uint8Array) => authority.sign(bytes));
  const headers: Record<string, string | undefined> = {
    authorization: `Signature ${sign(rawBody).toString("base64")}`,
    "x-ms-certificate-url": CERTIFICATE_URL,
    "x-ms-signature-algorithm": "rsa-sha256",
    ...given.headers,
  };
  const present = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    path: given.path ?? `/webhooks/partner-center/${PATH_TOKEN}`,
    headers: Object.fromEntries(present),
    rawBody,
  };
}

export interface WebhookUnderTest {
  readonly webhook: PartnerCenterWebhook;
  readonly clock: SteppedClock;
  readonly logLines: readonly LogLine[];
  readonly samples: readonly string[];
  /** URLs that were fetched. */
  readonly fetched: readonly string[];
}

/** Counts fetches; serves the good certificate unless told otherwise. */
export async function aWebhook(
  given: Partial<Omit<PartnerCenterWebhookOptions, "certificates">> & {
    readonly certificates?: Partial<PartnerCenterWebhookOptions["certificates"]>;
    readonly clock?: SteppedClock;
  } = {},
): Promise<WebhookUnderTest> {
  const authority = await theAuthority();
  const clock = given.clock ?? aSteppedClock();
  const log = aRecordingLog();
  const metrics = aRecordingMetrics();
  const fetched: string[] = [];
  const fetchCertificate: FetchCertificate = given.fetchCertificate ?? (() => served(authority.leafDer));
  const webhook = createPartnerCenterWebhook({
    pathToken: PATH_TOKEN,
    log,
    metrics,
    random: aCountingRandom(),
    ...given,
    clock,
    certificates: {
      hosts: [CERTIFICATE_HOST],
      anchors: [authority.rootPem, authority.intermediatePem],
      subject: SUBJECT,
      ...given.certificates,
    },
    fetchCertificate: (url, until) => {
      fetched.push(url.href);
      return fetchCertificate(url, until);
    },
  });
  return { webhook, clock, logLines: log.lines, samples: metrics.samples, fetched };
}

export function served(bytes: Uint8Array): ReturnType<FetchCertificate> {
  return Promise.resolve({ kind: "fetched", bytes });
}

export function unavailable(): ReturnType<FetchCertificate> {
  return Promise.resolve({ kind: "unavailable", because: "network" });
}
