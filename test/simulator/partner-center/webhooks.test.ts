import { createVerify, X509Certificate } from "node:crypto";
import { hostileKinds } from "../../../sync-relay/simulator/certificates/hostile-certificates";
import type { PartnerCenterSimulator } from "../../../sync-relay/simulator/partner-center/partner-center-simulator";
import {
  aListenedSimulator,
  aReceiver,
  aSimulator,
  clientOf,
  closeAll,
  referralEvents,
  replace,
  send,
  aDeal,
  type Received,
} from "./started-simulator";

afterEach(closeAll);

const registrationUrl = (simulator: PartnerCenterSimulator) => `${simulator.eventsUrl}/webhooks/v1/registration`;

const text = (header: string | string[] | undefined) => (typeof header === "string" ? header : "");

async function isRightlySigned({ headers, raw }: Received, header = "authorization"): Promise<boolean> {
  const signature = text(headers[header]).replace(/^Signature /, "");
  const served = await fetch(text(headers["x-ms-certificate-url"]));
  const certificate = new X509Certificate(Buffer.from(await served.arrayBuffer()));
  return createVerify("RSA-SHA256").update(raw).verify(certificate.publicKey, signature, "base64");
}

test("[SP30] the list of events names those of referrals and the test event", async () => {
  const { body } = await send(`${registrationUrl(await aSimulator())}/events`);
  expect(body).toEqual(expect.arrayContaining(referralEvents));
});

test("[SP30] a registration is made, read and replaced; keys bind whatever their case", async () => {
  const simulator = await aSimulator();
  const url = registrationUrl(simulator);
  const first = { WebhookUrl: "http://127.0.0.1:9/a", WebhookEvents: ["referral-created"] };
  const made = await send(url, { method: "POST", body: first });
  expect([made.status, made.body]).toEqual([200, { SubscriberId: expect.any(String), ...first }]);
  expect((await send(`${url}/`)).body).toEqual(first);
  const second = { webhookUrl: "http://127.0.0.1:9/b", webhookEvents: ["referral-updated"] };
  const changed = await send(url, { method: "PUT", body: second });
  expect(changed.body).toEqual({
    SubscriberId: made.body.SubscriberId,
    WebhookUrl: "http://127.0.0.1:9/b",
    WebhookEvents: ["referral-updated"],
  });
});

test("[SP30] a second registration steals the feed or is refused, by setting", async () => {
  const simulator = await aSimulator();
  const register = (WebhookUrl: string) =>
    send(registrationUrl(simulator), { method: "POST", body: { WebhookUrl, WebhookEvents: ["test-created"] } });
  await register("http://127.0.0.1:9/a");
  expect((await register("http://127.0.0.1:9/b")).status).toBe(200);
  expect(simulator.webhooks.registration()?.url).toBe("http://127.0.0.1:9/b");
  simulator.settings.secondRegistration = "refused";
  expect((await register("http://127.0.0.1:9/c")).status).toBe(409);
  expect(simulator.webhooks.registration()?.url).toBe("http://127.0.0.1:9/b");
});

test.each([404, 400, 500] as const)("[SP30] without registration the answer is %i, by setting", async (status) => {
  const simulator = await aSimulator({ settings: { notRegisteredStatus: status } });
  const url = registrationUrl(simulator);
  expect((await send(url)).status).toBe(status);
  const body = { WebhookUrl: "http://127.0.0.1:9/a", WebhookEvents: ["test-created"] };
  expect((await send(url, { method: "PUT", body })).status).toBe(status);
});

test.each([
  { WebhookEvents: ["test-created"] },
  { WebhookUrl: "ftp://127.0.0.1/", WebhookEvents: ["test-created"] },
  { WebhookUrl: "http://127.0.0.1:9/", WebhookEvents: ["opportunity-created"] },
  { WebhookUrl: "http://127.0.0.1:9/", WebhookEvents: [] },
  [],
])("[SP30] a registration that cannot be read is refused: %j", async (body) => {
  const simulator = await aSimulator();
  const answer = await send(registrationUrl(simulator), { method: "POST", body });
  expect([answer.status, answer.body.code]).toEqual([400, "400"]);
  expect(simulator.webhooks.registration()).toBeNull();
});

test("[SP31] a test event is really sent, and its outcome can be read", async () => {
  const { simulator, receiver } = await aListenedSimulator();
  const url = `${registrationUrl(simulator)}/validationEvents`;
  const { correlationId } = (await send(url, { method: "POST" })).body;
  await simulator.settled();
  expect(receiver.received[0]?.event).toMatchObject({
    EventName: "test-created",
    ResourceName: "test",
    ResourceUri: expect.stringMatching(new RegExp(`/validationEvents/${correlationId}$`)),
  });
  expect((await send(`${url}/${correlationId}`)).body).toMatchObject({
    correlationId,
    status: "completed",
    callbackUrl: receiver.url,
    results: [{ responseCode: "OK", responseMessage: "", systemError: false }],
  });
});

test("[SP31] a test event that is not accepted says so", async () => {
  const { simulator, receiver } = await aListenedSimulator({ settings: { callbackAttempts: 1 } });
  receiver.statuses.push(500);
  const url = `${registrationUrl(simulator)}/validationEvents`;
  const { correlationId } = (await send(url, { method: "POST" })).body;
  await simulator.settled();
  expect((await send(`${url}/${correlationId}`)).body.results).toMatchObject([{ responseCode: "500" }]);
});

test("[SP31] test events need a registration for them, and there are two a minute", async () => {
  const simulator = await aSimulator();
  const start = () => send(`${registrationUrl(simulator)}/validationEvents`, { method: "POST" });
  expect((await start()).status).toBe(400);
  const { url } = await aReceiver();
  const registration = { subscriberId: "s", url, events: ["test-created"], signatureInOwnHeader: false };
  simulator.webhooks.register(registration);
  expect([(await start()).status, (await start()).status, (await start()).status]).toEqual([200, 200, 429]);
  expect((await send(`${registrationUrl(simulator)}/validationEvents/none`)).status).toBe(404);
});

test("[SP32] a callback is minified JSON with the documented keys and headers, rightly signed", async () => {
  const { simulator, receiver } = await aListenedSimulator();
  const deal = simulator.referrals.newDeal();
  await simulator.settled();
  const [received] = receiver.received;
  if (received === undefined) throw new Error("nothing came");
  expect(received.raw.toString()).toBe(
    `{"EventName":"referral-created","ResourceUri":"https://api.partnercenter.microsoft.com/engagements/v1/referrals/${deal.id}",` +
      `"ResourceName":"referral","AuditUri":null,"ResourceChangeUtcDate":"${deal.updatedDateTime.replace("Z", "+00:00")}"}`,
  );
  expect(received.headers).toMatchObject({
    "content-type": "application/json",
    "content-length": String(received.raw.length),
    "x-ms-signature-algorithm": "rsa-sha256",
    "x-ms-certificate-url": simulator.webhooks.certificateUrl,
  });
  expect(text(received.headers.authorization)).toMatch(/^Signature [A-Za-z0-9+/]{342}==$/);
  expect(await isRightlySigned(received)).toBe(true);
});

test("[SP32] the signature goes into its own header if so registered, and may lack the word Signature", async () => {
  const simulator = await aSimulator();
  const receiver = await aReceiver();
  const body = { WebhookUrl: receiver.url, WebhookEvents: referralEvents, SignatureTokenToMsSignatureHeader: true };
  await send(registrationUrl(simulator), { method: "POST", body });
  simulator.referrals.newDeal();
  await simulator.settled();
  simulator.settings.bareSignature = true;
  simulator.referrals.newDeal();
  await simulator.settled();
  const [worded, bare] = receiver.received;
  if (worded === undefined || bare === undefined) throw new Error("nothing came");
  expect([worded.headers.authorization, bare.headers.authorization]).toEqual([undefined, undefined]);
  expect(text(worded.headers["x-ms-signature"])).toMatch(/^Signature /);
  expect(text(bare.headers["x-ms-signature"])).not.toContain(" ");
  expect(await isRightlySigned(worded, "x-ms-signature")).toBe(true);
  expect(await isRightlySigned(bare, "x-ms-signature")).toBe(true);
});

test("[SP32] the certificate is served alone, in DER, under the documented name; callbacks can name another address", async () => {
  const { simulator, receiver } = await aListenedSimulator({
    settings: { certificateUrl: "https://certs.example/a.cer" },
  });
  const served = await fetch(simulator.webhooks.certificateUrl);
  expect(simulator.webhooks.certificateUrl).toMatch(/\/cert\/pcnotifications-dispatch\.microsoft\.com\.cer$/);
  expect(Buffer.from(await served.arrayBuffer())).toEqual(simulator.certificates.leafDer);
  simulator.referrals.newDeal();
  await simulator.settled();
  expect(receiver.received[0]?.headers["x-ms-certificate-url"]).toBe("https://certs.example/a.cer");
});

test("[SP32] the event's date may be later than the referral's, and its address may be this server's", async () => {
  const { simulator, receiver } = await aListenedSimulator({
    nowMs: () => 1_800_000_000_000,
    settings: { eventDateOffsetMs: 1_500, resourceUriHost: "own" },
  });
  const { id } = simulator.referrals.newDeal();
  await simulator.settled();
  expect(receiver.received[0]?.event).toMatchObject({
    ResourceChangeUtcDate: "2027-01-15T08:00:01.5000000+00:00",
    ResourceUri: `${simulator.eventsUrl}/engagements/v1/referrals/${id}`,
  });
});

test("[SP33] every change raises an event, those through the API too unless the setting says otherwise", async () => {
  const { simulator, receiver } = await aListenedSimulator();
  const client = clientOf(simulator);
  const { id } = (await client.create(aDeal())).body;
  await simulator.settled();
  await client.patch(id, [replace("/salesStage", "20")]);
  await simulator.settled();
  simulator.settings.eventsForApiWrites = false;
  await client.patch(id, [replace("/salesStage", "40")]);
  await simulator.settled();
  simulator.referrals.edit(id, { name: "x" });
  await simulator.settled();
  expect(receiver.names()).toEqual(["referral-created", "referral-updated", "referral-updated"]);
});

test.each([
  ["microsoft-referral", 1],
  ["own-referral", 0],
] as const)("[SP33] events of Microsoft's referral are related events that name the %s", async (names, position) => {
  const { simulator, receiver } = await aListenedSimulator({ settings: { relatedEventNames: names } });
  const own = simulator.referrals.newDeal({ type: "Shared" });
  await simulator.settled();
  simulator.referrals.askMicrosoft(own.id, { assistanceRequestCode: "GeneralOrOther" });
  await simulator.settled();
  simulator.referrals.microsoftAccepts(own.id);
  await simulator.settled();
  expect(receiver.names()).toEqual(["referral-created", "related-referral-created", "related-referral-updated"]);
  const named = simulator.referrals.ofEngagement(own.engagementId)[position]?.id ?? "";
  expect(receiver.received.slice(1).every(({ event }) => String(event["ResourceUri"]).endsWith(named))).toBe(true);
});

test("[SP33] events not registered for, and changes of other partners, are not sent", async () => {
  const { simulator, receiver } = await aListenedSimulator();
  simulator.webhooks.register({
    subscriberId: "s",
    url: receiver.url,
    events: ["referral-updated"],
    signatureInOwnHeader: false,
  });
  const { id } = simulator.referrals.newDeal();
  simulator.referrals.ofOtherPartner();
  simulator.referrals.edit(id, { name: "x" });
  await simulator.settled();
  expect(receiver.names()).toEqual(["referral-updated"]);
});

test("[SP34] a callback that is not accepted is sent again, up to ten times", async () => {
  const { simulator, receiver } = await aListenedSimulator();
  receiver.statuses.push(500, 404, 302);
  simulator.referrals.newDeal();
  await simulator.settled();
  expect(simulator.webhooks.deliveries.attempts().map(({ attempt, status }) => [attempt, status])).toEqual([
    [1, 500],
    [2, 404],
    [3, 302],
    [4, 200],
  ]);
  simulator.webhooks.deliveries.reset();
  receiver.statuses.push(...Array.from({ length: 20 }, () => 503));
  simulator.referrals.newDeal();
  await simulator.settled();
  expect(simulator.webhooks.deliveries.attempts()).toHaveLength(10);
});

test("[SP34] a receiver that cannot be reached, or does not answer in time, counts as a failed attempt", async () => {
  const simulator = await aSimulator({
    settings: { callbackAttempts: 2, callbackBackOffMs: [], callbackTimeoutMs: 50 },
  });
  simulator.webhooks.register({
    subscriberId: "s",
    url: "http://127.0.0.1:1/",
    events: referralEvents,
    signatureInOwnHeader: false,
  });
  simulator.referrals.newDeal();
  await simulator.settled();
  expect(simulator.webhooks.deliveries.attempts().map(({ status }) => status)).toEqual([0, 0]);
});

test("[SP35] lost events are never sent", async () => {
  const { simulator, receiver } = await aListenedSimulator({ settings: { lostShare: 1 } });
  simulator.referrals.newDeal();
  await simulator.settled();
  expect(receiver.received).toEqual([]);
});

test("[SP35] duplicated events come twice, byte for byte the same", async () => {
  const { simulator, receiver } = await aListenedSimulator({ settings: { duplicatedShare: 1 } });
  simulator.referrals.newDeal();
  await simulator.settled();
  expect(receiver.received).toHaveLength(2);
  expect(receiver.received[0]?.raw).toEqual(receiver.received[1]?.raw);
});

test("[SP35] a reordered event comes after the next one; the last one comes all the same", async () => {
  const { simulator, receiver } = await aListenedSimulator({ settings: { reorderedShare: 1, longestDelayMs: 50 } });
  const { id } = simulator.referrals.newDeal();
  simulator.settings.reorderedShare = 0;
  simulator.referrals.edit(id, { name: "x" });
  await simulator.settled();
  expect(receiver.names()).toEqual(["referral-updated", "referral-created"]);
  simulator.settings.reorderedShare = 1;
  simulator.referrals.edit(id, { name: "y" });
  await simulator.settled();
  expect(receiver.received).toHaveLength(3);
});

test("[SP35] delayed events come later than undelayed ones", async () => {
  const { simulator, receiver } = await aListenedSimulator({ settings: { delayedShare: 1, longestDelayMs: 200 } });
  const { id } = simulator.referrals.newDeal();
  simulator.settings.delayedShare = 0;
  simulator.referrals.edit(id, { name: "x" });
  await simulator.settled();
  expect(receiver.names()).toEqual(["referral-updated", "referral-created"]);
});

test("[SP35] the same seed draws the same misfortune", async () => {
  const fates = async (seed: number) => {
    const { simulator, receiver } = await aListenedSimulator({ seed, settings: { lostShare: 0.5 } });
    for (let round = 0; round < 24; round += 1) simulator.referrals.newDeal({ name: String(round) });
    await simulator.settled();
    const sent = new Set(receiver.received.map(({ event }) => String(event["ResourceUri"]).split("/").at(-1)));
    return simulator.referrals
      .all()
      .map(({ id }) => (sent.has(id) ? "+" : "-"))
      .join("");
  };
  const first = await fates(7);
  expect(await fates(7)).toBe(first);
  expect(await fates(8)).not.toBe(first);
});

test.each(["tampered-body", "re-serialised"] as const)(
  "[SP36] hostile callback %s has a signature of other bytes",
  async (kind) => {
    const { simulator, receiver } = await aListenedSimulator();
    simulator.referrals.newDeal();
    await simulator.settled();
    expect(await simulator.webhooks.sendHostile({ kind })).toBe(200);
    const forged = receiver.received.at(-1);
    expect(forged === undefined || (await isRightlySigned(forged))).toBe(false);
  },
);

test("[SP36] hostile callbacks lack a header, name SHA-1, another certificate or another host", async () => {
  const { simulator, receiver } = await aListenedSimulator();
  const sent = async (order: Parameters<typeof simulator.webhooks.sendHostile>[0]) => {
    await simulator.webhooks.sendHostile(order);
    const received = receiver.received.at(-1);
    if (received === undefined) throw new Error("nothing came");
    return received;
  };
  expect((await sent({ kind: "no-signature" })).headers.authorization).toBeUndefined();
  expect((await sent({ kind: "no-certificate-url" })).headers["x-ms-certificate-url"]).toBeUndefined();
  const sha1 = await sent({ kind: "sha1" });
  expect(sha1.headers["x-ms-signature-algorithm"]).toBe("rsa-sha1");
  const key = new X509Certificate(simulator.certificates.leafDer).publicKey;
  const signature = text(sha1.headers.authorization).replace("Signature ", "");
  expect(createVerify("RSA-SHA1").update(sha1.raw).verify(key, signature, "base64")).toBe(true);
  const elsewhere = await sent({ kind: "evil-certificate-url", url: "http://169.254.169.254/cert/a.cer" });
  expect(elsewhere.headers["x-ms-certificate-url"]).toBe("http://169.254.169.254/cert/a.cer");
  const redirected = await sent({ kind: "evil-resource-uri", url: "https://evil.example/engagements/v1/referrals/1" });
  expect(redirected.event["ResourceUri"]).toBe("https://evil.example/engagements/v1/referrals/1");
  expect(await isRightlySigned(redirected)).toBe(true);
});

test("[SP36] an event of another tenant is rightly signed and names a referral that nobody here has", async () => {
  const { simulator, receiver } = await aListenedSimulator();
  const { id } = simulator.referrals.newDeal();
  await simulator.settled();
  await simulator.webhooks.sendHostile({ kind: "foreign-tenant" });
  const received = receiver.received.at(-1);
  expect(String(received?.event["ResourceUri"])).not.toContain(id);
  expect(received !== undefined && (await isRightlySigned(received))).toBe(true);
});

test("[SP36] a replay is the last delivered callback, byte for byte", async () => {
  const { simulator, receiver } = await aListenedSimulator();
  simulator.referrals.newDeal();
  await simulator.settled();
  await simulator.webhooks.sendHostile({ kind: "replay" });
  const [original, replayed] = receiver.received;
  expect(replayed?.raw).toEqual(original?.raw);
  expect(replayed?.headers.authorization).toBe(original?.headers.authorization);
});

test.each(hostileKinds.filter((kind) => kind !== "wrong-key" && kind !== "truncated"))(
  "[SP36] a callback of the hostile signer %s verifies with the certificate it names",
  async (certificate) => {
    const { simulator, receiver } = await aListenedSimulator();
    await simulator.webhooks.sendHostile({ kind: "hostile-certificate", certificate });
    const received = receiver.received.at(-1);
    expect(text(received?.headers["x-ms-certificate-url"])).toMatch(new RegExp(`/cert/${certificate}\\.cer$`));
    expect(received !== undefined && (await isRightlySigned(received))).toBe(true);
  },
);
