// A Partner Center on loopback, for the demo and the tests: the referrals API and the webhooks API on two origins, the
// portal for people, signed callbacks, and faults on demand. Written from the public contract alone; where that is
// unsure, the settings offer both answers.

import { randomInt, randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import {
  createTestCertificateAuthority,
  type TestCertificateAuthority,
} from "../certificates/test-certificate-authority";
import { acceptAnyToken, type AcceptToken } from "./access";
import { coreErrorBody, referralsErrorBody } from "./api-error";
import { createCallbackDelivery, type CallbackDelivery } from "./callback-delivery";
import { addCertificateRoutes, certificatePath } from "./certificate-routes";
import { referralMessage } from "./event-message";
import { createFaultPlan, type FaultPlan } from "./fault-plan";
import { sendHostileCallback, type HostileCallback } from "./hostile-callbacks";
import { defaultSettings, type PartnerCenterSettings } from "./partner-center-settings";
import { createPendingWork, type PendingWork } from "./pending-work";
import { createPersonActions, type PersonActions } from "./person-actions";
import { addPortalRoutes } from "./portal/portal-routes";
import { createRateLimit } from "./rate-limit";
import { eventsOf } from "./referral-events";
import { addReferralRoutes } from "./referral-routes";
import { createReferralStore, type ReferralStore } from "./referral-store";
import type { Organization } from "./referral-template";
import type { Registration } from "./registration";
import { addRegistrationRoutes } from "./registration-routes";
import { createRequestLog, type RequestLog } from "./request-log";
import { createSeededRandom } from "./seeded-random";
import { createServerStamps, serverDate } from "./server-stamps";
import { createSimulatedHost, type HostContext } from "./simulated-host";
import { addSimulatorRoutes } from "./simulator-routes";

export interface PartnerCenterSimulatorOptions {
  readonly settings?: Partial<PartnerCenterSettings>;
  /** Judges bearer tokens; by default every non-empty one is a user's. */
  readonly acceptToken?: AcceptToken;
  readonly organization?: Organization;
  /** Signs callbacks; a fresh one by default. */
  readonly certificates?: TestCertificateAuthority;
  /** Seed of callback misfortune. */
  readonly seed?: number;
  /** The server's clock, milliseconds since the epoch. */
  readonly nowMs?: () => number;
  /** 0: any free port. */
  readonly referralsPort?: number;
  readonly eventsPort?: number;
}

export interface PartnerCenterSimulator {
  /** Origin of the referrals API and of the portal page. */
  readonly referralsUrl: string;
  /** Origin of the webhooks API and of the certificates. */
  readonly eventsUrl: string;
  readonly organization: Organization;
  /** May be changed at any time. */
  readonly settings: PartnerCenterSettings;
  /** What people and Microsoft do. */
  readonly referrals: PersonActions;
  readonly webhooks: SimulatedWebhooks;
  readonly faults: FaultPlan;
  readonly requests: RequestLog;
  readonly certificates: TestCertificateAuthority;
  /** Resolves when all callbacks and late effects are done. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface SimulatedWebhooks {
  registration(): Registration | null;
  /** Registers without a request, or removes the registration. */
  register(registration: Registration | null): void;
  /** Where the signing certificate is served. */
  readonly certificateUrl: string;
  readonly deliveries: Pick<CallbackDelivery, "attempts" | "reset">;
  sendHostile(order: HostileCallback): Promise<number>;
}

export async function createPartnerCenterSimulator(
  options: PartnerCenterSimulatorOptions = {},
): Promise<PartnerCenterSimulator> {
  const parts = await createParts(options);
  const { settings, work, store, organization, nowMs, faults, requests, certificates } = parts;
  const referralsHost = createSimulatedHost(hostContext(parts, "referrals"));
  const eventsHost = createSimulatedHost(hostContext(parts, "events"));
  const otherPartner = { id: randomUUID(), name: "Fabrikam" };
  const referrals = createPersonActions({ store, settings, organization, otherPartner, nowMs });
  const acceptToken = options.acceptToken ?? acceptAnyToken;

  addReferralRoutes(referralsHost, { store, settings, organization, acceptToken, nowMs });
  addPortalRoutes(referralsHost, referrals, organization);
  addSimulatorRoutes(referralsHost, faults);
  addCertificateRoutes(eventsHost, certificates);

  const eventsUrl = (): string => originOf(eventsHost);
  const webhooks = connectWebhooks(parts, { seed: options.seed ?? randomInt(2 ** 31), eventsUrl });
  const { delivery } = webhooks;
  addRegistrationRoutes(eventsHost, {
    settings,
    acceptToken,
    delivery,
    work,
    nowMs,
    partnerId: organization.id,
    registration: webhooks.registration,
    register: webhooks.register,
    newId: randomUUID,
  });
  await referralsHost.listen({ host: "127.0.0.1", port: options.referralsPort ?? 0 });
  await eventsHost.listen({ host: "127.0.0.1", port: options.eventsPort ?? 0 });
  return {
    referralsUrl: originOf(referralsHost),
    eventsUrl: eventsUrl(),
    organization,
    settings,
    referrals,
    faults,
    requests,
    certificates,
    webhooks: {
      registration: webhooks.registration,
      register: webhooks.register,
      certificateUrl: `${eventsUrl()}${certificatePath("good")}`,
      deliveries: delivery,
      sendHostile: webhooks.sendHostile,
    },
    settled: () => work.settled(),
    async close() {
      await work.close();
      await Promise.all([referralsHost.close(), eventsHost.close()]);
    },
  };
}

interface Parts {
  readonly settings: PartnerCenterSettings;
  readonly organization: Organization;
  readonly certificates: TestCertificateAuthority;
  readonly store: ReferralStore;
  readonly faults: FaultPlan;
  readonly work: PendingWork;
  readonly requests: ReturnType<typeof createRequestLog>;
  readonly nowMs: () => number;
}

async function createParts(options: PartnerCenterSimulatorOptions): Promise<Parts> {
  const settings = { ...defaultSettings(), ...options.settings };
  const nowMs = options.nowMs ?? Date.now;
  return {
    settings,
    nowMs,
    organization: options.organization ?? { id: randomUUID(), name: "Contoso Partner" },
    certificates: options.certificates ?? (await createTestCertificateAuthority()),
    store: createReferralStore(createServerStamps(nowMs), () => settings.indexLagMs),
    faults: createFaultPlan(),
    work: createPendingWork(),
    requests: createRequestLog(),
  };
}

function hostContext(
  { settings, faults, work, requests, store, nowMs }: Parts,
  host: HostContext["host"],
): HostContext {
  return {
    host,
    settings,
    faults,
    work,
    rateLimit: createRateLimit(settings, nowMs),
    record: requests.add,
    errorBody: host === "referrals" ? referralsErrorBody : coreErrorBody,
    driftETag: (id) => {
      if (store.get(id) !== undefined) store.drift(id);
    },
    newId: randomUUID,
  };
}

function connectWebhooks(parts: Parts, { seed, eventsUrl }: { seed: number; eventsUrl: () => string }) {
  const { settings, work, certificates, store, organization, nowMs } = parts;
  let current: Registration | null = null;
  const registration = () => current;
  const certificateUrl = () => settings.certificateUrl ?? `${eventsUrl()}${certificatePath("good")}`;
  const random = createSeededRandom(seed);
  const delivery = createCallbackDelivery({
    settings,
    work,
    random,
    registration,
    certificateUrl,
    signer: certificates,
  });
  store.onChange((change) => {
    const context = { settings, organizationId: organization.id, ofEngagement: store.ofEngagement };
    for (const event of eventsOf(change, context)) delivery.raise(referralMessage(event, settings, eventsUrl()));
  });
  const newEvent = (about: "own" | "foreign") => {
    const own = store.all().findLast((referral) => referral.organizationId === organization.id);
    const referralId = about === "foreign" || own === undefined ? randomUUID() : own.id;
    return referralMessage(
      { name: "referral-updated", referralId, changedAt: serverDate(nowMs()) },
      settings,
      eventsUrl(),
    );
  };
  return {
    delivery,
    registration,
    register: (registered: Registration | null) => {
      current = registered;
    },
    sendHostile: (order: HostileCallback) =>
      sendHostileCallback(order, {
        settings,
        authority: certificates,
        registration,
        newEvent,
        certificateUrl: (name) => (name === "good" ? certificateUrl() : `${eventsUrl()}${certificatePath(name)}`),
        lastDelivered: delivery.lastDelivered,
      }),
  };
}

function originOf(app: FastifyInstance): string {
  const address = app.server.address() as AddressInfo | null;
  return `http://127.0.0.1:${address?.port ?? 0}`;
}
