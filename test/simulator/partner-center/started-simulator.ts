import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { JsonObject } from "../../../sync-relay/src/core/json";
import {
  createPartnerCenterSimulator,
  type PartnerCenterSimulator,
  type PartnerCenterSimulatorOptions,
} from "../../../sync-relay/simulator/partner-center/partner-center-simulator";
import {
  createTestCertificateAuthority,
  type TestCertificateAuthority,
} from "../../../sync-relay/simulator/certificates/test-certificate-authority";

/** Whatever a host answers, with the properties that tests read. */
export interface Answered {
  readonly id: string;
  readonly engagementId: string;
  readonly organizationId: string;
  readonly name: string;
  readonly eTag: string;
  readonly createdDateTime: string;
  readonly updatedDateTime: string;
  readonly acceptedDateTime: string | null;
  readonly closedDateTime: string | null;
  readonly direction: string;
  readonly team: unknown;
  readonly registrations?: unknown;
  readonly details: { readonly [key: string]: unknown; readonly notes?: unknown; readonly requirements?: unknown };
  readonly links: { readonly self: unknown; readonly relatedReferrals: { readonly uri: string } };
  readonly value: readonly Answered[];
  readonly "@odata.context": string;
  readonly "@odata.count": number;
  readonly "@odata.nextLink"?: string;
  readonly error: { readonly code: string; readonly target?: string };
  readonly code: string;
  readonly SubscriberId: string;
  readonly correlationId: string;
  readonly results: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Answered;
}

let certificates: Promise<TestCertificateAuthority> | null = null;
const started: { close(): Promise<void> }[] = [];

/** A running simulator, closed after the test. */
export async function aSimulator(options: PartnerCenterSimulatorOptions = {}): Promise<PartnerCenterSimulator> {
  certificates ??= createTestCertificateAuthority();
  const simulator = await createPartnerCenterSimulator({ seed: 1, certificates: await certificates, ...options });
  started.push(simulator);
  return simulator;
}

export async function closeAll(): Promise<void> {
  await Promise.all(started.splice(0).map((one) => one.close()));
}

export interface Sent {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export async function send(url: string, { method = "GET", body, headers = {} }: Sent = {}): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: { authorization: "Bearer token", ...(body === undefined ? {} : json), ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parsed(text) };
}

const json = { "content-type": "application/json" };

/** The answer's body; empty when it is no JSON. */
function parsed(text: string): Answered {
  try {
    return JSON.parse(text) as Answered;
  } catch {
    return {} as Answered;
  }
}

/** The calls of a partner's client. */
export function clientOf(simulator: PartnerCenterSimulator) {
  const base = `${simulator.referralsUrl}/v1.0/engagements/referrals`;
  return {
    base,
    read: (id: string, headers = {}) => send(`${base}/${id}`, { headers }),
    list: (query = "", headers = {}) => send(`${base}${query === "" ? "" : `?${query}`}`, { headers }),
    create: (body: unknown, headers = {}) => send(base, { method: "POST", body, headers }),
    patch: (id: string, body: unknown, headers = {}) => send(`${base}/${id}`, { method: "PATCH", body, headers }),
    put: (id: string, body: unknown, headers = {}) => send(`${base}/${id}`, { method: "PUT", body, headers }),
  };
}

export const representation = { prefer: "return=representation" };

export const replace = (path: string, value: unknown) => ({ op: "replace", path, value });

/** The body of a create request with the required properties. */
export function aDeal(changes: JsonObject = {}): JsonObject {
  return {
    name: "Contoso renewal",
    type: "Independent",
    qualification: "SalesQualified",
    customerProfile: { name: "Contoso Customer" },
    consent: { consentToToShareInfoWithOthers: true, consentToContact: true },
    details: { notes: "A note", dealValue: 50_000, currency: "USD", closingDateTime: "2027-01-31T00:00:00Z" },
    ...changes,
  };
}

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
  readonly event: Record<string, unknown>;
}

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** Statuses to answer with, in turn; 200 when used up. */
  readonly statuses: number[];
  names(): unknown[];
}

/** A server that takes callbacks, closed after the test. */
export async function aReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks);
      received.push({ headers: request.headers, raw, event: JSON.parse(raw.toString()) as Record<string, unknown> });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  started.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback/secret`;
  return { url, received, statuses, names: () => received.map(({ event }) => event["EventName"]) };
}

export const referralEvents = [
  "referral-created",
  "referral-updated",
  "related-referral-created",
  "related-referral-updated",
  "test-created",
];

/** A simulator whose events go to a receiver. */
export async function aListenedSimulator(options: PartnerCenterSimulatorOptions = {}) {
  const simulator = await aSimulator({ ...options, settings: { callbackBackOffMs: [1], ...options.settings } });
  const receiver = await aReceiver();
  simulator.webhooks.register({
    subscriberId: "s-1",
    url: receiver.url,
    events: referralEvents,
    signatureInOwnHeader: false,
  });
  return { simulator, receiver };
}
