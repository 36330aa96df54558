// The webhook registration API, for the set-up commands: which address notifications go to, which events, and a test.
// A tenant has one registration with one address, so whoever writes it should read it first: another address there
// belongs to somebody else, who would stop getting events.

import { RelayError } from "../../core/errors";
import type { Json } from "../../core/json";
import { createApiClient } from "./api-client";
import type { ApiAnswer, ApiCall, ApiClientOptions } from "./api-client";
import { apiRoot } from "./api-root";
import { describeRefusal, detailsOf } from "./refusals";
import { parseWireJson, wireText, wireValue } from "./wire-json";

/** Events that the relay works with. */
export const RELAY_EVENTS = [
  "referral-created",
  "referral-updated",
  "related-referral-created",
  "related-referral-updated",
] as const;

/** The event that a test sends; it needs to be registered like any other. */
export const TEST_EVENT = "test-created";

const REGISTRATION = "/webhooks/v1/registration";

/** Address and event names of a registration. */
export interface WebhookRegistration {
  readonly webhookUrl: string;
  readonly events: readonly string[];
}

/** How a test notification fared. */
export interface TestResult {
  /** As received, e.g. "completed". */
  readonly status: string;
  readonly attempts: readonly { readonly responseCode: string | null; readonly at: string | null }[];
}

export interface PartnerCenterRegistration {
  /** The tenant's registration, or null when there is none. */
  get(correlationId: string): Promise<WebhookRegistration | null>;
  register(registration: WebhookRegistration, correlationId: string): Promise<WebhookRegistration>;
  update(registration: WebhookRegistration, correlationId: string): Promise<WebhookRegistration>;
  /** Names of all events that may be registered. */
  eventNames(correlationId: string): Promise<readonly string[]>;
  /** Asks for a test notification; at most two a minute. Answers the id of the test. */
  sendTest(correlationId: string): Promise<string>;
  /** What became of a test, or null when it is not known (any more). */
  testResult(testId: string, correlationId: string): Promise<TestResult | null>;
}

export interface PartnerCenterRegistrationOptions extends ApiClientOptions {
  /** Root of the API, e.g. `https://api.partnercenter.microsoft.com`. */
  readonly baseUrl: string;
}

/** A request to the registration API: what differs between its calls. */
type Request = Pick<ApiCall, "op" | "method" | "correlationId"> & { readonly path?: string; readonly body?: Json };

/** The registration API over HTTP. Its tokens are for another audience than those of the referrals API. */
export function createPartnerCenterRegistration(options: PartnerCenterRegistrationOptions): PartnerCenterRegistration {
  const client = createApiClient(options);
  const root = apiRoot(options.baseUrl) + REGISTRATION;
  const send = ({ path = "", body, ...call }: Request): Promise<ApiAnswer> =>
    client.send({ ...call, url: root + path, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const write = async (method: "POST" | "PUT", registration: WebhookRegistration, correlationId: string) => {
    const op = method === "POST" ? "register" : "update-registration";
    return registrationIn(await send({ op, method, correlationId, body: bodyOf(registration) }));
  };
  return {
    get: async (correlationId) => {
      const answer = await send({ op: "read-registration", method: "GET", correlationId });
      return isAbsent(answer) ? null : registrationIn(answer);
    },
    register: (registration, correlationId) => write("POST", registration, correlationId),
    update: (registration, correlationId) => write("PUT", registration, correlationId),
    eventNames: async (correlationId) =>
      textsIn(jsonIn(await send({ op: "list-events", method: "GET", path: "/events", correlationId }))),
    sendTest: async (correlationId) => {
      const answer = await send({ op: "send-test", method: "POST", path: "/validationEvents", correlationId });
      return present(wireText(jsonIn(answer), "correlationId"));
    },
    testResult: async (testId, correlationId) => {
      const path = `/validationEvents/${encodeURIComponent(testId)}`;
      const answer = await send({ op: "read-test", method: "GET", path, correlationId });
      return isAbsent(answer) ? null : testResultIn(jsonIn(answer));
    },
  };
}

/** The signature goes to a header of its own: Authorization is often taken by what stands before the relay. */
function bodyOf(registration: WebhookRegistration): Json {
  return {
    WebhookUrl: registration.webhookUrl,
    WebhookEvents: registration.events,
    SignatureTokenToMsSignatureHeader: true,
  };
}

function isAbsent(answer: ApiAnswer): boolean {
  return answer.status === 404 || answer.status === 410;
}

function jsonIn(answer: ApiAnswer): Json {
  if (answer.status >= 300) {
    const code = answer.status === 403 ? "CS-1105" : "CS-1104";
    throw new RelayError(code, detailsOf(answer.status, describeRefusal(answer.text)));
  }
  return present(parseWireJson(answer.text));
}

function registrationIn(answer: ApiAnswer): WebhookRegistration {
  const json = jsonIn(answer);
  return { webhookUrl: present(wireText(json, "WebhookUrl")), events: textsIn(wireValue(json, "WebhookEvents")) };
}

function testResultIn(json: Json): TestResult {
  const results = wireValue(json, "results");
  const list = Array.isArray(results) ? (results as readonly Json[]) : [];
  return {
    status: present(wireText(json, "status")),
    attempts: list.map((item) => ({
      responseCode: wireText(item, "responseCode"),
      at: wireText(item, "dateTimeUtc"),
    })),
  };
}

function textsIn(json: Json | undefined): readonly string[] {
  if (!Array.isArray(json)) throw new RelayError("CS-1106");
  return (json as readonly Json[]).filter((item) => typeof item === "string");
}

function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new RelayError("CS-1106");
  return value;
}
