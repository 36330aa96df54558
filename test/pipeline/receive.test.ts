import { RelayError } from "../../sync-relay/src/core/errors";
import { createReceive } from "../../sync-relay/src/pipeline/receive";
import type { InboxEntry } from "../../sync-relay/src/ports/inbox";
import type { RejectReason, Verified, WebhookSource } from "../../sync-relay/src/ports/webhook-source";
import { anEvent } from "../support/builders";
import { createWorld } from "./world";

const request = { path: "/webhooks/dataverse", headers: { "x-secret": "s" }, rawBody: new Uint8Array([1, 2, 3]) };

/** A front door whose one source says what it is told, with a note of everything in order. */
function createDoor(verdict: Verified, store: () => Promise<void> = () => Promise.resolve()) {
  const world = createWorld();
  const order: string[] = [];
  const stored: InboxEntry[] = [];
  const source: WebhookSource = {
    source: "dataverse",
    verify: (given) => {
      order.push(given === request ? "verify" : "verify something else");
      return Promise.resolve(verdict);
    },
  };
  const receive = createReceive({
    ...world.parts,
    sources: [source],
    inbox: {
      put: async (entries) => {
        order.push("store");
        await store();
        stored.push(...entries);
        order.push("stored");
      },
    },
  });
  return { world, order, stored, receive };
}

test("[RE1] a webhook is verified, then stored, and answered only when it is stored", async () => {
  const door = createDoor({ kind: "verified", events: [anEvent()] });
  const reply = await door.receive("dataverse", request);
  door.order.push("answered");
  expect(reply).toEqual({ status: 202, body: { result: "stored" } });
  expect(door.order).toEqual(["verify", "store", "stored", "answered"]);
  expect(door.stored).toEqual([{ event: anEvent() }]);
});

test.each<[RejectReason, 400 | 401]>([
  ["bad-secret", 401],
  ["bad-signature", 401],
  ["missing-header", 401],
  ["certificate-refused", 401],
  ["not-ours", 401],
  ["malformed", 400],
])("[RE2] a webhook that is refused as %s is answered %i and leaves no trace in the inbox", async (reason, status) => {
  const door = createDoor({ kind: "rejected", reason });
  expect(await door.receive("dataverse", request)).toEqual({ status, body: { result: reason } });
  expect(door.order).toEqual(["verify"]);
});

test("[RE2] a source that is not configured is refused", async () => {
  const door = createDoor({ kind: "verified", events: [anEvent()] });
  expect(await door.receive("partner-center", request)).toMatchObject({ status: 401 });
  expect(door.order).toEqual([]);
});

test("[RE3] a webhook that cannot be stored is answered 503, so that the sender tries again", async () => {
  const door = createDoor({ kind: "verified", events: [anEvent()] }, () => Promise.reject(new RelayError("CS-1301")));
  expect(await door.receive("dataverse", request)).toEqual({ status: 503, body: { result: "not-stored" } });
});

test("[RE3] a webhook that an inbox takes for ever to store is answered 503 within twenty seconds", async () => {
  const door = createDoor({ kind: "verified", events: [anEvent()] }, () => new Promise(() => undefined));
  let status = 0;
  const answering = door.receive("dataverse", request).then((reply) => (status = reply.status));
  // It is being stored now.
  await door.world.clock.advance(0);
  await door.world.clock.advance(10_000);
  expect(status).toBe(0);
  await door.world.clock.advance(10_000);
  expect(status).toBe(503);
  await answering;
});

test("[RE4] a webhook whose certificate cannot be had is stored with the request, to be checked before it is used", async () => {
  const door = createDoor({ kind: "unverified", events: [anEvent()] });
  expect(await door.receive("dataverse", request)).toEqual({ status: 202, body: { result: "stored-unverified" } });
  // The path may end in a secret, and nobody needs it for checking later.
  expect(door.stored).toEqual([{ event: anEvent(), unverified: { ...request, path: "" } }]);
});

test("[RE5] a webhook that tells of nothing is answered and not stored", async () => {
  const door = createDoor({ kind: "verified", events: [] });
  expect(await door.receive("dataverse", request)).toMatchObject({ status: 202 });
  expect(door.order).toEqual(["verify"]);
});

test("[RE6] every webhook is counted by source and result, and no line of the log holds its content", async () => {
  const door = createDoor({ kind: "rejected", reason: "bad-secret" });
  await door.receive("dataverse", request);
  expect(door.world.counted).toEqual(['cosell_webhooks_received_total {"source":"dataverse","result":"bad-secret"}']);
  expect(door.world.logged).toEqual([
    { message: "a webhook was refused", fields: { source: "dataverse", reason: "bad-secret" } },
  ]);
});
