import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createDataverseSimulator } from "../../../sync-relay/simulator/dataverse/dataverse-simulator";
import { environmentIds } from "../../../sync-relay/simulator/dataverse/environment";
import type { SimulatorSettings } from "../../../sync-relay/simulator/dataverse/simulator-settings";
import { createDataverseWebhook } from "../../../sync-relay/src/adapters/dataverse/webhook";
import type { RelayEvent } from "../../../sync-relay/src/core/event";

const SECRET = "s".repeat(43);
const clock = { now: () => Date.parse("2027-01-02T03:04:05Z"), sleep: async () => undefined };
const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

const settings: readonly Partial<SimulatorSettings>[] = [
  {},
  { scalars: "wrapped", charset: "mojibake" },
  { tagInSharedVariables: false },
  { webhookBodyLimitBytes: 100 },
];

test.each(settings)("[DW12] a delivery of the simulator with %j is understood", async (given) => {
  const events: RelayEvent[] = [];
  const verdicts: string[] = [];
  const { url, close } = await receiver(async (headers, rawBody) => {
    const verified = await webhook.verify({ path: "/webhooks/dataverse", headers, rawBody });
    verdicts.push(verified.kind);
    if (verified.kind === "verified") events.push(...verified.events);
  });
  const headers = { "x-cosell-key": SECRET };
  const simulator = await createDataverseSimulator({ settings: given, webhook: { url, headers }, clock });
  const { records, users } = simulator;
  const identity = { userId: users.application, organizationId: environmentIds.organization };
  const webhook = createDataverseWebhook({ secrets: [SECRET], identity: () => identity, log });

  const id = records.create("opportunities", { name: "Zoë’s 100 €" });
  const ours = { userId: users.application, tag: "cosell-relay" };
  records.update("opportunities", { id, body: { cosell_products: "SOL-1" } }, ours);
  await simulator.webhooks.idle();
  records.delete("opportunities", id);
  await simulator.webhooks.idle();

  expect(verdicts).toEqual(["verified", "verified", "verified"]);
  const told = events.map(({ kind, recordId, ownWrite }) => ({ kind, recordId, ownWrite }));
  expect(told).toHaveLength(3);
  expect(told).toEqual(
    expect.arrayContaining([
      { kind: "opportunity-created", recordId: id, ownWrite: false },
      { kind: "opportunity-updated", recordId: id, ownWrite: true },
      { kind: "opportunity-deleted", recordId: id, ownWrite: false },
    ]),
  );
  expect(new Set(events.map((event) => event.dedupeId)).size).toBe(3);
  // The organisation is two hours ahead, which Dataverse writes into its time the wrong way round.
  expect(events.map((event) => event.changedAt)).toEqual(Array(3).fill("2027-01-02T03:04:05.000Z"));
  await simulator.close();
  await close();
});

type Receive = (headers: Record<string, string>, rawBody: Buffer) => Promise<void>;

async function receiver(receive: Receive): Promise<{ url: string; close: () => Promise<unknown> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
      void receive(Object.fromEntries(headers), Buffer.concat(chunks)).then(() => response.writeHead(202).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhooks/dataverse`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function ignore(): void {
  // Nobody reads the log here.
}
