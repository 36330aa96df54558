import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { hostileKinds } from "../../../sync-relay/simulator/certificates/hostile-certificates";
import { createTestCertificateAuthority } from "../../../sync-relay/simulator/certificates/test-certificate-authority";
import { createPartnerCenterSimulator } from "../../../sync-relay/simulator/partner-center/partner-center-simulator";
import type { PartnerCenterSimulator } from "../../../sync-relay/simulator/partner-center/partner-center-simulator";
import { createPartnerCenterRegistration } from "../../../sync-relay/src/adapters/partner-center/registration";
import { createPartnerCenterWebhook } from "../../../sync-relay/src/adapters/partner-center/webhook";
import type { RelayEvent } from "../../../sync-relay/src/core/event";
import type { Verified } from "../../../sync-relay/src/ports/webhook-source";
import { theSurroundings } from "./recording-server";

const CORRELATION = "11111111-1111-4111-8111-111111111111";
const PATH_TOKEN = "path-token";

interface Receiver {
  readonly url: string;
  readonly verified: readonly Verified[];
  readonly server: Server;
}

/** A receiver of notifications with the real webhook source and the real network. */
async function aReceiver(
  simulator: PartnerCenterSimulator,
  intermediates: readonly string[] = simulator.certificates.intermediatePems,
): Promise<Receiver> {
  const { log, metrics } = theSurroundings();
  const webhook = createPartnerCenterWebhook({
    pathToken: PATH_TOKEN,
    certificates: {
      hosts: [new URL(simulator.eventsUrl).host],
      anchors: [simulator.certificates.rootPem, ...intermediates],
      subject: "pcnotifications-dispatch.microsoft.com",
    },
    clock: { now: Date.now, sleep: () => Promise.resolve() },
    log,
    metrics,
  });
  const verified: Verified[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = request.headers as Record<string, string>;
      void webhook.verify({ path: request.url ?? "", headers, rawBody: Buffer.concat(chunks) }).then((outcome) => {
        verified.push(outcome);
        response.writeHead(outcome.kind === "rejected" ? 401 : 202).end();
      });
    });
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/webhooks/partner-center/${PATH_TOKEN}`;
  return { url, verified, server };
}

function closed({ server }: Receiver): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}

describe("against the simulated Partner Center", () => {
  const authority = createTestCertificateAuthority();
  let simulator: PartnerCenterSimulator;
  let receiver: Receiver;

  beforeEach(async () => {
    simulator = await createPartnerCenterSimulator({ certificates: await authority });
    receiver = await aReceiver(simulator);
  });

  afterEach(async () => {
    await simulator.close();
    await closed(receiver);
  });

  function aClient() {
    return createPartnerCenterRegistration({ baseUrl: simulator.eventsUrl, ...theSurroundings() });
  }

  function eventsOf(outcomes: readonly Verified[]): RelayEvent[] {
    return outcomes.flatMap((outcome) => (outcome.kind === "verified" ? outcome.events : []));
  }

  test("[PC21] a registration is made, read, changed and tested", async () => {
    const client = aClient();
    expect(await client.get(CORRELATION)).toBeNull();
    const registration = { webhookUrl: receiver.url, events: ["referral-created", "test-created"] };
    expect(await client.register(registration, CORRELATION)).toEqual(registration);
    const more = { ...registration, events: [...registration.events, "referral-updated"] };
    expect(await client.update(more, CORRELATION)).toEqual(more);
    expect(await client.get(CORRELATION)).toEqual(more);
    expect(await client.eventNames(CORRELATION)).toContain("related-referral-updated");
    const testId = await client.sendTest(CORRELATION);
    await simulator.settled();
    expect(await client.testResult(testId, CORRELATION)).toMatchObject({ status: "completed" });
    expect(eventsOf(receiver.verified)).toMatchObject([{ kind: "test-created", recordId: testId.toLowerCase() }]);
  });

  test.each([true, false])("[PS2] its notifications are verified (signature in its own header: %p)", async (own) => {
    const events = ["referral-created", "referral-updated"];
    simulator.webhooks.register({ subscriberId: "s", url: receiver.url, events, signatureInOwnHeader: own });
    const { id } = simulator.referrals.newDeal();
    simulator.referrals.edit(id, { details: { dealValue: 2 } });
    await simulator.settled();
    const seen = eventsOf(receiver.verified).map(({ kind, recordId }) => `${kind} ${recordId}`);
    expect(seen.sort()).toEqual([`referral-created ${id}`, `referral-updated ${id}`]);
  });

  const forgeries = [
    { kind: "tampered-body" },
    { kind: "re-serialised" },
    { kind: "no-signature" },
    { kind: "sha1" },
    { kind: "no-certificate-url" },
    { kind: "evil-certificate-url", url: "http://169.254.169.254/cert/a.cer" },
    { kind: "evil-resource-uri", url: "https://attacker.example/steal-token" },
  ] as const;

  test.each(forgeries)("[PS4] a forgery of the kind $kind is refused", async (forgery) => {
    const registration = { subscriberId: "s", url: receiver.url, events: [], signatureInOwnHeader: true };
    simulator.webhooks.register(registration);
    expect(await simulator.webhooks.sendHostile(forgery)).toBe(401);
    expect(receiver.verified).toMatchObject([{ kind: "rejected" }]);
  });

  test.each(hostileKinds)("[PS8] a notification by a signer that is %s is refused", async (certificate) => {
    const { intermediatePems } = await simulator.certificates.hostile(certificate);
    await closed(receiver);
    receiver = await aReceiver(simulator, intermediatePems);
    const registration = { subscriberId: "s", url: receiver.url, events: [], signatureInOwnHeader: false };
    simulator.webhooks.register(registration);
    expect(await simulator.webhooks.sendHostile({ kind: "hostile-certificate", certificate })).toBe(401);
    expect(receiver.verified).toMatchObject([{ kind: "rejected" }]);
  });

  test("[PS12] a notification about a foreign referral, and a replay, are no more than hints", async () => {
    const registration = {
      subscriberId: "s",
      url: receiver.url,
      events: ["referral-created"],
      signatureInOwnHeader: true,
    };
    simulator.webhooks.register(registration);
    simulator.referrals.newDeal();
    await simulator.settled();
    await simulator.webhooks.sendHostile({ kind: "replay" });
    await simulator.webhooks.sendHostile({ kind: "foreign-tenant" });
    const [first, replayed, foreign] = eventsOf(receiver.verified);
    expect(replayed?.dedupeId).toBe(first?.dedupeId);
    expect(foreign?.dedupeId).not.toBe(first?.dedupeId);
  });
});
