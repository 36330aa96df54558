import { fc } from "../../support/properties";
import { createHash } from "node:crypto";
import { readNotification } from "../../../sync-relay/src/adapters/partner-center/notification-json";
import { aNotification, aSignedRequest, aWebhook, REFERRAL_ID, REFERRAL_URI } from "./signed-request";

const DAY_MS = 24 * 60 * 60_000;

async function verifiedBody(body: string) {
  const under = await aWebhook();
  return { ...under, verified: await under.webhook.verify(await aSignedRequest({ body })) };
}

describe("the event in a notification", () => {
  test("[PS12] names the referral, when it changed, and an id of the delivery", async () => {
    const changed = "2026-03-01T11:59:59.5485487+00:00";
    const { verified } = await verifiedBody(aNotification());
    expect(verified).toEqual({
      kind: "verified",
      events: [
        {
          source: "partner-center",
          kind: "referral-updated",
          recordId: REFERRAL_ID,
          changedAt: changed,
          ownWrite: false,
          dedupeId: createHash("sha256").update(`referral-updated|${REFERRAL_URI}|${changed}`).digest("hex"),
          correlationId: "00000000-0000-4000-8000-000000000001",
        },
      ],
    });
  });

  test.each(["referral-created", "referral-updated", "related-referral-created", "related-referral-updated"])(
    "[PS12] %s is an event of that kind",
    async (EventName) => {
      const { verified } = await verifiedBody(aNotification({ EventName }));
      expect(verified).toMatchObject({ kind: "verified", events: [{ kind: EventName }] });
    },
  );

  test("[PS12] keys and event names are read in any case", async () => {
    const body = JSON.stringify({ eventName: "Referral-Updated", RESOURCEURI: REFERRAL_URI.toUpperCase() });
    const { verified } = await verifiedBody(body.replace("HTTPS:", "https:"));
    expect(verified).toMatchObject({ events: [{ kind: "referral-updated", recordId: REFERRAL_ID, changedAt: null }] });
  });

  test("[PS12] the same notification sent twice has one id, another one has another", async () => {
    const { webhook } = await aWebhook();
    const ids = [];
    for (const changes of [
      {},
      {},
      { EventName: "referral-created" },
      { ResourceChangeUtcDate: "2026-03-01T12:00:00Z" },
    ]) {
      const verified = await webhook.verify(await aSignedRequest({ body: aNotification(changes) }));
      ids.push(verified.kind === "verified" ? verified.events[0]?.dedupeId : undefined);
    }
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
  });

  test.each([
    ["the old route", `https://api.partnercenter.microsoft.com/engagements/v1/referrals/${REFERRAL_ID}`],
    ["the new route", `https://api.partner.microsoft.com/v1.0/engagements/referrals/${REFERRAL_ID}`],
    ["plain http", `http://api.partnercenter.microsoft.com/engagements/v1/referrals/${REFERRAL_ID}`],
    ["any other host, since it is never asked", `https://example.org:8443/engagements/v1/referrals/${REFERRAL_ID}`],
    ["a GUID in capitals", `https://api.partner.microsoft.com/v1.0/engagements/referrals/${REFERRAL_ID.toUpperCase()}`],
  ])("[PS12] an address by %s yields the GUID", async (_name, ResourceUri) => {
    const { verified } = await verifiedBody(aNotification({ ResourceUri }));
    expect(verified).toMatchObject({ kind: "verified", events: [{ recordId: REFERRAL_ID }] });
  });

  test.each([
    ["another path", `https://api.partnercenter.microsoft.com/invoices/v1/${REFERRAL_ID}`],
    ["a path in front", `https://a.example/x/engagements/v1/referrals/${REFERRAL_ID}`],
    ["a path behind", `${REFERRAL_URI}/registrations`],
    ["a query", `${REFERRAL_URI}?$select=id`],
    ["a path in the query", `https://a.example/?/engagements/v1/referrals/${REFERRAL_ID}`],
    ["a path in the fragment", `https://a.example/#/engagements/v1/referrals/${REFERRAL_ID}`],
    ["no GUID", "https://api.partnercenter.microsoft.com/engagements/v1/referrals/1234"],
    ["a GUID with braces", `https://a.example/engagements/v1/referrals/{${REFERRAL_ID}}`],
    ["dot segments", `https://a.example/engagements/v1/referrals/../referrals/${REFERRAL_ID}`],
    ["a line break", `${REFERRAL_URI}\n`],
    ["no host", `/engagements/v1/referrals/${REFERRAL_ID}`],
    ["another scheme", `javascript://a/engagements/v1/referrals/${REFERRAL_ID}`],
    ["a list", [REFERRAL_URI]],
    ["an object", { toString: REFERRAL_URI }],
    ["nothing", null],
    [
      "thousands of characters",
      `${REFERRAL_URI.slice(0, 8)}${"a".repeat(4000)}/engagements/v1/referrals/${REFERRAL_ID}`,
    ],
  ])("[PS12] an address with %s is refused", async (_name, ResourceUri) => {
    const { verified } = await verifiedBody(aNotification({ ResourceUri }));
    expect(verified).toEqual({ kind: "rejected", reason: "malformed" });
  });

  test.each([
    ["no JSON", "{"],
    ["a list", `[${aNotification()}]`],
    ["a text", JSON.stringify("referral-updated")],
    ["null", "null"],
    ["no event name", aNotification({ EventName: undefined })],
    ["a number as event name", aNotification({ EventName: 7 })],
    ["the event name twice in different cases", aNotification({ eventname: "referral-created" })],
    ["a byte order mark", `\uFEFF${aNotification()}`],
    ["very deep JSON", aNotification({ AuditUri: JSON.parse("[".repeat(500) + "]".repeat(500)) })],
  ])("[PS12] a signed body of %s is refused", async (_name, body) => {
    const { verified } = await verifiedBody(body);
    expect(verified).toEqual({ kind: "rejected", reason: "malformed" });
  });

  test("[PS12] bytes that are not UTF-8 are refused", async () => {
    const { webhook } = await aWebhook();
    const body = Buffer.concat([Buffer.from(aNotification()).subarray(0, -2), Buffer.from([0xff, 0x22, 0x7d])]);
    expect(await webhook.verify(await aSignedRequest({ body }))).toEqual({ kind: "rejected", reason: "malformed" });
  });

  test.each(["yesterday", "2026-02-30T99:00:00Z", "2026-03-01", 1772366399, null])(
    "[PS12] a time of change that reads %p is not known",
    async (ResourceChangeUtcDate) => {
      const { verified } = await verifiedBody(aNotification({ ResourceChangeUtcDate }));
      expect(verified).toMatchObject({ kind: "verified", events: [{ changedAt: null }] });
    },
  );

  test("[PS12] keys that reach a prototype are not read", async () => {
    const body = `{"__proto__":{"EventName":"referral-created"},"constructor":{"x":1},${aNotification().slice(1)}`;
    const { verified } = await verifiedBody(body);
    expect(verified).toMatchObject({ events: [{ kind: "referral-updated" }] });
    expect(({} as Record<string, unknown>)["EventName"]).toBeUndefined();
    const onlyThere = await verifiedBody(`{"__proto__":${aNotification()}}`);
    expect(onlyThere.verified).toEqual({ kind: "rejected", reason: "malformed" });
  });

  test("[PS12] no bytes make reading throw", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 500 }),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          expect(["event", "ignored", "malformed"]).toContain(readNotification(bytes, "id").kind);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("notifications the relay does not act on", () => {
  test.each(["subscription-updated", "usagerecords-thresholdExceeded", "referral-deleted", "__proto__", "toString"])(
    "[PS14] %s is accepted and yields no event",
    async (EventName) => {
      const { verified } = await verifiedBody(aNotification({ EventName, ResourceUri: "https://a.example/x" }));
      expect(verified).toEqual({ kind: "verified", events: [] });
    },
  );

  test("[PS14] a test notification yields an event that names the test", async () => {
    const ResourceUri = `http://api.partnercenter.microsoft.com/webhooks/v1/registration/validationEvents/${REFERRAL_ID}`;
    const { verified } = await verifiedBody(aNotification({ EventName: "test-created", ResourceUri }));
    expect(verified).toMatchObject({ kind: "verified", events: [{ kind: "test-created", recordId: REFERRAL_ID }] });
  });

  test("[PS14] a test notification that names no test yields no event", async () => {
    const ResourceUri = "http://localhost:16722/v1/webhooks/registration/test";
    const { verified } = await verifiedBody(aNotification({ EventName: "test-created", ResourceUri }));
    expect(verified).toEqual({ kind: "verified", events: [] });
  });
});

describe("old and early notifications", () => {
  test.each([
    ["8 days old", -8 * DAY_MS, true],
    ["6 days old", -6 * DAY_MS, false],
    ["11 minutes early", 11 * 60_000, true],
    ["9 minutes early", 9 * 60_000, false],
  ])("[PS15] a notification that is %s is accepted; an odd time is logged", async (_name, byMs, logged) => {
    const under = await aWebhook();
    const ResourceChangeUtcDate = new Date(under.clock.now() + byMs).toISOString();
    const verified = await under.webhook.verify(
      await aSignedRequest({ body: aNotification({ ResourceChangeUtcDate }) }),
    );
    expect(verified).toMatchObject({ kind: "verified", events: [{ changedAt: ResourceChangeUtcDate }] });
    expect(under.logLines.some(({ message }) => message.includes("odd time"))).toBe(logged);
  });
});

test("[PS16] the log holds neither the body, nor the secret path, nor the signature", async () => {
  const canary = "Canary-4711";
  const under = await aWebhook();
  const requests = [
    await aSignedRequest({ body: aNotification({ ResourceName: canary, ResourceChangeUtcDate: canary }) }),
    await aSignedRequest({ body: aNotification({ ResourceUri: canary }) }),
    await aSignedRequest({ body: aNotification({ EventName: canary }) }),
    await aSignedRequest({ headers: { "x-ms-certificate-url": `https://${canary}.example/` } }),
  ];
  for (const request of requests) await under.webhook.verify(request);
  const text = JSON.stringify(under.logLines);
  expect(under.logLines.length).toBeGreaterThan(0);
  expect(text).not.toContain(canary);
  expect(text).not.toContain("path-token");
  expect(text).not.toContain(requests[0]?.headers["authorization"]?.slice(10, 60));
});
