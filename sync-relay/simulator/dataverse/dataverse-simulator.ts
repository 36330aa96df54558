// A loopback Dataverse: the Web API, webhooks, faults and a small page, over rows in memory. It is written from the
// product documentation and public captures, not from what the relay happens to call, so that it can prove the relay
// wrong. The demo and the tests use it.

import fastify, { type FastifyInstance } from "fastify";
import type { Clock } from "../../src/ports/clock";
import { createCatalogue } from "./catalogue/catalogue";
import type { Column } from "./catalogue/table";
import { environmentIds, type Environment } from "./environment";
import { addControlRoute } from "./http/control-route";
import { createRequestFaults } from "./http/request-faults";
import { createRequestLog, type RequestLog } from "./http/request-log";
import { createServiceProtection } from "./http/service-protection";
import { addWebApiRoute, API_ROOT, type AcceptToken } from "./http/web-api-route";
import { addOpportunityPages } from "./pages/opportunity-pages";
import { createRecordAccess, type RecordAccess } from "./record-access";
import type { BusinessRule } from "./rows/derived-values";
import { createRowStore } from "./rows/row-store";
import { createRowWriter, type RowWriterDependencies } from "./rows/row-writer";
import { seedEnvironment } from "./seed";
import { createSimulatorFaults, type SimulatorFaults } from "./simulator-faults";
import { defaultSettings, type SimulatorSettings } from "./simulator-settings";
import { systemClock } from "./system-clock";
import { resolveBindWith } from "./web-api/resource-path";
import { seededRandom } from "./webhooks/delivery-faults";
import { createWebhookEmitter, type WebhookEmitter } from "./webhooks/webhook-emitter";
import { registerWebhook, type WebhookShortcut } from "./webhook-shortcut";

/** How a simulator starts; everything has a default. */
export interface DataverseSimulatorOptions {
  /** Port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  readonly settings?: Partial<SimulatorSettings>;
  /** A webhook that is registered from the start. */
  readonly webhook?: WebhookShortcut;
  /** Who a bearer token stands for, null to refuse it. By default every token is the application user's. */
  readonly acceptToken?: AcceptToken;
  /** Id of the app registration whose application user is there from the start; null: that user is still to be made. */
  readonly applicationId?: string | null;
  /** A rule of the customer, run on every create and update. */
  readonly businessRule?: BusinessRule;
  /** Further columns of the Opportunity table. */
  readonly opportunityColumns?: readonly Column[];
  /** Seed of the delivery faults; 1 unless given. */
  readonly seed?: number;
  readonly clock?: Clock;
}

/** A running simulator. */
export interface DataverseSimulator {
  /** Address of the environment, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly records: RecordAccess;
  readonly faults: SimulatorFaults;
  /** Requests to the Web API so far. */
  readonly requests: RequestLog;
  readonly settings: SimulatorSettings;
  /** Finished webhook deliveries, and a way to wait for those under way. */
  readonly webhooks: Pick<WebhookEmitter, "deliveries" | "idle">;
  readonly users: { readonly application: string; readonly human: string };
  close(): Promise<void>;
}

/** Largest request body that the server takes, bytes: a batch of a thousand rows with long texts. */
const BODY_LIMIT_BYTES = 64 * 1024 * 1024;

/** Starts a simulator. */
export async function createDataverseSimulator(options: DataverseSimulatorOptions = {}): Promise<DataverseSimulator> {
  const clock = options.clock ?? systemClock;
  const settings: SimulatorSettings = { ...defaultSettings, ...options.settings };
  const address = { url: "" };
  const { environment, connect } = createEnvironment(options, { clock, settings, url: () => address.url });
  const requestFaults = createRequestFaults();
  const protection = createServiceProtection(settings, () => clock.now());
  const faults = createSimulatorFaults({ environment, requests: requestFaults, protection });
  const emitter = createWebhookEmitter({
    scope: environment,
    settings,
    faults: faults.webhooks,
    random: seededRandom(options.seed ?? 1),
    clock,
    host: () => new URL(address.url).host,
  });
  connect(emitter);
  const records = createRecordAccess(environment);
  const { log, record, during } = createRequestLog();
  const closing = new AbortController();
  const acceptToken = options.acceptToken ?? (() => ({ userId: environmentIds.applicationUser }));

  const server = createServer();
  server.addHook("onSend", async (_request, reply, payload: unknown) => {
    void reply.header("date", new Date(clock.now() + settings.clockAheadMs).toUTCString());
    return await Promise.resolve(payload);
  });
  addWebApiRoute(server, {
    environment,
    clock,
    faults: requestFaults,
    protection,
    record,
    during,
    acceptToken,
    closing: closing.signal,
  });
  addControlRoute(server, faults);
  addOpportunityPages(server, records);
  address.url = await server.listen({ host: "127.0.0.1", port: options.port ?? 0 });

  if (options.webhook) registerWebhook(records, options.webhook);
  return {
    url: address.url,
    port: Number(new URL(address.url).port),
    records,
    faults,
    requests: log,
    settings,
    webhooks: emitter,
    users: { application: environmentIds.applicationUser, human: environmentIds.humanUser },
    close: async () => {
      closing.abort();
      await emitter.close();
      await server.close();
    },
  };
}

/** The environment, and the end to which its changes go. */
function createEnvironment(
  options: DataverseSimulatorOptions,
  given: { clock: Clock; settings: SimulatorSettings; url: () => string },
): { environment: Environment; connect: (emitter: WebhookEmitter) => void } {
  const { clock, settings, url } = given;
  const catalogue = createCatalogue(options.opportunityColumns);
  const store = createRowStore();
  let listener: WebhookEmitter | undefined;
  const dependencies: RowWriterDependencies = {
    store,
    settings,
    now: () => clock.now(),
    resolveBind: resolveBindWith(catalogue, store),
    businessRule: options.businessRule,
    onChange: (change) => listener?.announce(change),
  };
  const environment: Environment = {
    catalogue,
    store,
    writer: createRowWriter(dependencies),
    settings,
    apiUrl: () => `${url()}${API_ROOT}`,
    now: () => clock.now(),
    expiredUpTo: 0,
  };
  seedEnvironment(environment, {
    applicationId: options.applicationId === undefined ? environmentIds.applicationUser : options.applicationId,
  });
  return {
    environment,
    connect: (emitter) => {
      listener = emitter;
    },
  };
}

/** A server that hands bodies on as text: the Web API has JSON and multipart, the pages have forms. */
function createServer(): FastifyInstance {
  const server = fastify({ bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  return server;
}
