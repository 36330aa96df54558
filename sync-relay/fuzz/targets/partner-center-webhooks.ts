import { createTestCertificateAuthority } from "../../simulator/certificates/test-certificate-authority";
import { allowedCertificateUrl } from "../../src/adapters/partner-center/certificate-url";
import { readNotification, type Notification } from "../../src/adapters/partner-center/notification-json";
import { createPartnerCenterWebhook } from "../../src/adapters/partner-center/webhook";
import type { Json } from "../../src/core/json";
import type { WebhookRequest } from "../../src/ports/webhook-source";
import { mutateBytes, mutateHeader, mutateText } from "../byte-mutations";
import type { Dice } from "../dice";
import { checkedVerdict } from "../event-promises";
import { promised, type FuzzTarget, type StartedTarget } from "../fuzz-target";
import { mutateJson } from "../json-mutations";
import { notifications } from "../sample-payloads";
import { aRandom, noMetrics, NOW_MS, silentLog, standingClock } from "../stand-ins";

const TOKEN = "fuzz-token-0123456789-0123456789-0123";
const HOST = "3psostorageacct.blob.core.windows.net";
const CERTIFICATE_URL = `https://${HOST}/cert/pcnotifications-dispatch.microsoft.com.cer`;
const CORRELATION_ID = "00000000-0000-4000-8000-000000000001";

/** Bodies behind the signature: what a signer that was broken into, or an event kept unverified, may hold. */
export const notificationBodyTarget: FuzzTarget = {
  name: "notification-body",
  perMille: 240,
  start: () =>
    Promise.resolve({
      input: (dice) => {
        const body = mutateJson(dice.pick(notifications), dice);
        return () => Promise.resolve().then(() => outcomeOf(readNotification(body, CORRELATION_ID)));
      },
    }),
};

function outcomeOf(read: Notification): string {
  return read.kind === "event" ? checkedVerdict({ kind: "verified", events: [read.event] }) : read.kind;
}

/** Whole requests with one part changed: only the bytes that were signed are ever verified, and nothing is fetched off the list. */
export const notificationRequestTarget: FuzzTarget = {
  name: "notification-request",
  perMille: 120,
  start: startRequests,
};

async function startRequests(): Promise<StartedTarget> {
  const authority = await createTestCertificateAuthority({ now: new Date(NOW_MS) });
  const good = signedRequests((bytes) => authority.sign(bytes));
  const signed = new Set(good.map(({ rawBody }) => Buffer.from(rawBody).toString("latin1")));
  const fetched: URL[] = [];
  const webhook = createPartnerCenterWebhook({
    pathToken: TOKEN,
    certificates: { hosts: [HOST], anchors: [authority.rootPem, authority.intermediatePem], subject: SUBJECT },
    clock: standingClock,
    log: silentLog,
    metrics: noMetrics,
    random: aRandom(),
    fetchCertificate: (url) => {
      fetched.push(url);
      return Promise.resolve({ kind: "fetched", bytes: authority.leafDer });
    },
  });
  return {
    input: (dice) => {
      const request = changedRequest(dice.pick(good), dice);
      return async () => {
        fetched.length = 0;
        const verdict = await webhook.verify(request);
        const isSigned = signed.has(Buffer.from(request.rawBody).toString("latin1"));
        promised(verdict.kind === "rejected" || isSigned, "only signed bytes are verified");
        promised(verdict.kind === "rejected" || request.path.endsWith(TOKEN), "only the secret path is heard");
        promised(fetched.every(isListed), "nothing is fetched off the list");
        return checkedVerdict(verdict);
      };
    },
  };
}

const SUBJECT = "pcnotifications-dispatch.microsoft.com";

function signedRequests(sign: (bytes: Uint8Array) => Buffer): readonly WebhookRequest[] {
  return notifications.map((body: Json) => {
    const rawBody = Buffer.from(JSON.stringify(body));
    const headers = {
      authorization: `Signature ${sign(rawBody).toString("base64")}`,
      "x-ms-certificate-url": CERTIFICATE_URL,
      "x-ms-signature-algorithm": "rsa-sha256",
    };
    return { path: `/webhooks/partner-center/${TOKEN}`, headers, rawBody };
  });
}

function changedRequest(request: WebhookRequest, dice: Dice): WebhookRequest {
  const roll = dice.next();
  if (roll < 0.3) return { ...request, rawBody: mutateBytes(request.rawBody, dice) };
  if (roll < 0.4) return { ...request, path: mutateText(request.path, dice) };
  const name = dice.pick(Object.keys(request.headers));
  const value = mutateHeader(request.headers[name] ?? "", dice);
  const elsewhere = dice.chance(0.2) ? "x-ms-signature" : name;
  return { ...request, headers: { ...request.headers, [elsewhere]: value } };
}

/** Addresses alone, many more of them: the shortest way for a stranger to lead the relay somewhere. */
export const certificateUrlTarget: FuzzTarget = {
  name: "certificate-url",
  perMille: 140,
  start: () =>
    Promise.resolve({
      input: (dice) => {
        const text = mutateText(dice.pick([CERTIFICATE_URL, "http://127.0.0.1:4711/cert/a.cer"]), dice);
        return () => Promise.resolve().then(() => checkedAddress(text));
      },
    }),
};

function checkedAddress(text: string): string {
  const url = allowedCertificateUrl(text, { hosts: [HOST, "127.0.0.1:4711"] });
  if (url === undefined) return "refused";
  promised(isListed(url) || url.host === "127.0.0.1:4711", "an allowed address is on the list");
  return "allowed";
}

function isListed(url: URL): boolean {
  const bare = url.username === "" && url.password === "" && url.search === "" && url.hash === "" && url.port === "";
  return bare && url.protocol === "https:" && url.hostname === HOST && /^\/cert\/[\w.-]+\.cer$/.test(url.pathname);
}
