// Webhooks as both clouds send them, each one of its own: a webhook that was sent twice would be known already and store
// nothing. They name records that are in step, so that the relay has its usual work with each.

import { createServer, type IncomingHttpHeaders } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { must } from "../src/core/must";
import { createDataverseSimulator } from "../simulator/dataverse/dataverse-simulator";
import type { LoopbackClouds } from "../simulator/demo/loopback-clouds";
import { messageBytes, referralMessage } from "../simulator/partner-center/event-message";
import { signedCallback } from "../simulator/partner-center/signed-callback";
import { DATAVERSE_SECRET_HEADER } from "../../solution/schema/webhook-steps";
import type { Delivery } from "./load";
import type { SyncedPair } from "./synced-pairs";

/** Stands for the id that makes each Dataverse webhook another one; the load puts it in. */
export const OPERATION_ID = "00000000-0000-0000-0000-00000000c0de";

/** One Dataverse webhook for each pair, to be sent any number of times with another operation id. */
export async function dataverseDeliveries(
  clouds: LoopbackClouds,
  pairs: readonly SyncedPair[],
): Promise<readonly Delivery[]> {
  const { body, opportunityId, headers } = await capturedWebhook();
  const secret = clouds.environment["COSELL_DATAVERSE_WEBHOOK_SECRET"] ?? "";
  return pairs.map((pair) => ({
    path: "/webhooks/dataverse",
    headers: { ...headers, [DATAVERSE_SECRET_HEADER]: secret },
    body: body.replaceAll(opportunityId, pair.opportunityId),
  }));
}

/** That many signed Partner Center webhooks, each of another moment. Signing takes time, so it is done before the load. */
export function partnerCenterDeliveries(
  { partnerCenter }: LoopbackClouds,
  pairs: readonly SyncedPair[],
  count: number,
): readonly Delivery[] {
  const { settings, eventsUrl, certificates, webhooks } = partnerCenter;
  const registration = must(webhooks.registration(), "the relay's webhooks are registered");
  const context = { registration, settings, signer: certificates, certificateUrl: webhooks.certificateUrl };
  const firstMs = Date.now();
  return Array.from({ length: count }, (_, n) => {
    const { referralId } = must(pairs[n % pairs.length], "there are pairs");
    const changedAt = new Date(firstMs + n).toISOString().replace("Z", "0000Z");
    const message = referralMessage({ name: "referral-updated", referralId, changedAt }, settings, eventsUrl);
    const { url, headers, body } = signedCallback(messageBytes(message), context);
    return { path: new URL(url).pathname, headers, body: body.toString() };
  });
}

interface CapturedWebhook {
  readonly opportunityId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a simulated Dataverse sends when an opportunity is changed. */
async function capturedWebhook(): Promise<CapturedWebhook> {
  const inbox = await startWebhookInbox();
  const dataverse = await createDataverseSimulator({ webhook: { url: inbox.url, headers: {} } });
  try {
    const opportunityId = dataverse.records.seed("opportunities", { name: "Contoso ERP renewal" });
    dataverse.records.update("opportunities", { id: opportunityId, body: { cosell_products: "SOL-15974-MQF" } });
    await dataverse.webhooks.idle();
    const { headers, body } = must(inbox.received[0], "the change was announced");
    const operationId = must(dataverse.webhooks.deliveries[0], "the change was announced").operationId;
    return { opportunityId, headers: ownHeaders(headers), body: body.replaceAll(operationId, OPERATION_ID) };
  } finally {
    await dataverse.close();
    inbox.close();
  }
}

interface WebhookInbox {
  readonly url: string;
  readonly received: readonly { readonly headers: IncomingHttpHeaders; readonly body: string }[];
  close(): void;
}

async function startWebhookInbox(): Promise<WebhookInbox> {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.once("end", () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(200).end();
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    received,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The headers that are Dataverse's and not the connection's. */
function ownHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      (name === "content-type" || name.startsWith("x-ms-")) && typeof value === "string" ? [[name, value]] : [],
    ),
  );
}
