// The webhooks API: one registration per tenant, the list of events, and test events.

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { EVENTS_AUDIENCE, signIn, type AcceptToken } from "./access";
import { coreErrorBody, errorOfStatus, invalidRequest, type ApiError } from "./api-error";
import type { CallbackDelivery } from "./callback-delivery";
import { EVENT_NAMES, testMessage } from "./event-message";
import type { PartnerCenterSettings } from "./partner-center-settings";
import type { PendingWork } from "./pending-work";
import type { Registration } from "./registration";
import { serverDate } from "./server-stamps";
import { sendThrottled } from "./fault-effects";

export interface RegistrationContext {
  readonly settings: PartnerCenterSettings;
  readonly acceptToken: AcceptToken;
  readonly delivery: CallbackDelivery;
  readonly work: PendingWork;
  readonly partnerId: string;
  registration(): Registration | null;
  register(registration: Registration): void;
  nowMs(): number;
  newId(): string;
}

const BASE = "/webhooks/v1/registration";
/** Documented limit of test events. */
const TEST_EVENTS_PER_MINUTE = 2;
const MINUTE_MS = 60_000;

const bodySchema = z.object({
  webhookurl: z.url({ protocol: /^https?$/ }),
  webhookevents: z.array(z.enum(EVENT_NAMES)).min(1),
  signaturetokentomssignatureheader: z.union([z.boolean(), z.enum(["true", "false"])]).optional(),
});

type ById = FastifyRequest & { params: { id: string } };
type Route = (request: FastifyRequest, reply: FastifyReply) => unknown;

export function addRegistrationRoutes(app: FastifyInstance, context: RegistrationContext): void {
  const route = (answer: Route) => (request: FastifyRequest, reply: FastifyReply) => {
    const signedIn = signIn(request.headers.authorization, EVENTS_AUDIENCE, context.acceptToken);
    return signedIn.kind === "error" ? refuse(reply, signedIn) : answer(request, reply);
  };
  app.get(
    BASE,
    route((_request, reply) => {
      const registration = context.registration();
      if (registration === null) return refuse(reply, notRegistered(context.settings));
      return reply.send({ WebhookUrl: registration.url, WebhookEvents: registration.events });
    }),
  );
  app.get(
    `${BASE}/events`,
    route((_request, reply) => reply.send(EVENT_NAMES)),
  );
  app.post(
    BASE,
    route((request, reply) => {
      const isTaken = context.registration() !== null && context.settings.secondRegistration === "refused";
      if (isTaken) return refuse(reply, errorOfStatus(409, "The tenant has a registration."));
      return register(request, reply, context);
    }),
  );
  app.put(
    BASE,
    route((request, reply) => {
      if (context.registration() === null) return refuse(reply, notRegistered(context.settings));
      return register(request, reply, context);
    }),
  );
  addTestEventRoutes(app, context, route);
}

function register(request: FastifyRequest, reply: FastifyReply, context: RegistrationContext): FastifyReply {
  const parsed = bodySchema.safeParse(withLowerCaseKeys(request.body));
  if (!parsed.success) return refuse(reply, invalidRequest("The registration is not valid."));
  const { webhookurl, webhookevents, signaturetokentomssignatureheader } = parsed.data;
  const registration: Registration = {
    subscriberId: context.registration()?.subscriberId ?? context.newId(),
    url: webhookurl,
    events: webhookevents,
    signatureInOwnHeader: String(signaturetokentomssignatureheader) === "true",
  };
  context.register(registration);
  const { subscriberId } = registration;
  return reply.send({ SubscriberId: subscriberId, WebhookUrl: webhookurl, WebhookEvents: webhookevents });
}

interface TestEvent {
  readonly callbackUrl: string;
  /** Null until the callback was answered or given up. */
  readonly result: { readonly status: number; readonly at: string } | null;
}

function addTestEventRoutes(app: FastifyInstance, context: RegistrationContext, route: (answer: Route) => Route): void {
  const tests = new Map<string, TestEvent>();
  let startedAtMs: number[] = [];
  app.post(
    `${BASE}/validationEvents`,
    route((_request, reply) => {
      const registration = context.registration();
      if (registration?.events.includes("test-created") !== true) {
        return refuse(reply, invalidRequest("There is no registration for test-created."));
      }
      const now = context.nowMs();
      startedAtMs = startedAtMs.filter((at) => at > now - MINUTE_MS);
      if (startedAtMs.length >= TEST_EVENTS_PER_MINUTE) return sendThrottled(reply, MINUTE_MS / 1_000);
      startedAtMs.push(now);
      const correlationId = context.newId();
      tests.set(correlationId, { callbackUrl: registration.url, result: null });
      context.work.after(0, async () => {
        const status = await context.delivery.deliver(testMessage(correlationId, serverDate(now)));
        const at = serverDate(context.nowMs()).slice(0, -1);
        tests.set(correlationId, { callbackUrl: registration.url, result: { status, at } });
      });
      return reply.send({ correlationId });
    }),
  );
  app.get(
    `${BASE}/validationEvents/:id`,
    route((request, reply) => {
      const correlationId = (request as ById).params.id;
      const test = tests.get(correlationId);
      if (test === undefined) return refuse(reply, errorOfStatus(404, "There is no such test event."));
      return reply.send({ correlationId, partnerId: context.partnerId, ...testOutcome(test) });
    }),
  );
}

function testOutcome({ callbackUrl, result }: TestEvent) {
  if (result === null) return { status: "inProgress", callbackUrl, results: [] };
  const isGood = result.status >= 200 && result.status < 300;
  const outcome = {
    responseCode: isGood ? "OK" : String(result.status),
    responseMessage: isGood ? "" : "The callback was not accepted.",
    systemError: result.status === 0,
    dateTimeUtc: result.at,
  };
  return { status: "completed", callbackUrl, results: [outcome] };
}

function notRegistered(settings: PartnerCenterSettings): ApiError {
  return errorOfStatus(settings.notRegisteredStatus, "There is no registration.");
}

function refuse(reply: FastifyReply, error: ApiError): FastifyReply {
  if (error.status === 401) void reply.header("WWW-Authenticate", "OAuth realm=urn:cpsvc:cpid:simulated");
  return reply.code(error.status).send(coreErrorBody(error));
}

function withLowerCaseKeys(body: unknown): unknown {
  if (typeof body !== "object" || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]: [string, unknown]) => [key.toLowerCase(), value]));
}
