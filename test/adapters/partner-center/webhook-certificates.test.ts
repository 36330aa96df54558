import type { FetchCertificate } from "../../../sync-relay/src/adapters/partner-center/fetch-certificate";
import { aNotification, aSignedRequest, aWebhook, CERTIFICATE_HOST, CERTIFICATE_URL } from "./signed-request";
import { REFERRAL_ID, served, theAuthority, unavailable } from "./signed-request";
import type { WebhookUnderTest } from "./signed-request";
import { createTestCertificateAuthority } from "../../../sync-relay/simulator/certificates/test-certificate-authority";
import { aSteppedClock, NOON } from "./doubles";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A store whose answer can be changed. */
async function aChangingStore(): Promise<{ answer: () => ReturnType<FetchCertificate>; fetch: FetchCertificate }> {
  const { leafDer } = await theAuthority();
  const store = {
    answer: () => served(leafDer),
    fetch: (): ReturnType<FetchCertificate> => store.answer(),
  };
  return store;
}

async function kindOf(under: WebhookUnderTest, given: Parameters<typeof aSignedRequest>[0] = {}): Promise<string> {
  const verified = await under.webhook.verify(await aSignedRequest(given));
  return verified.kind === "rejected" ? verified.reason : verified.kind;
}

function urlNumber(count: number): { headers: Record<string, string> } {
  return { headers: { "x-ms-certificate-url": `https://${CERTIFICATE_HOST}/cert/${String(count)}.cer` } };
}

describe("remembering certificates", () => {
  test("[PS9] a certificate is fetched once in a day", async () => {
    const under = await aWebhook();
    await kindOf(under);
    under.clock.advance(DAY_MS - 1);
    expect(await kindOf(under)).toBe("verified");
    expect(under.fetched).toHaveLength(1);
    under.clock.advance(1);
    expect(await kindOf(under)).toBe("verified");
    expect(under.fetched).toHaveLength(2);
  });

  test("[PS9] requests that come together share one fetch", async () => {
    const under = await aWebhook();
    const request = await aSignedRequest();
    const all = await Promise.all(Array.from({ length: 20 }, () => under.webhook.verify(request)));
    expect(all.every(({ kind }) => kind === "verified")).toBe(true);
    expect(under.fetched).toEqual([CERTIFICATE_URL]);
  });

  test("[PS9] a certificate is not used after it ends", async () => {
    const under = await aWebhook();
    expect(await kindOf(under)).toBe("verified");
    under.clock.advance(366 * DAY_MS);
    expect(await kindOf(under)).toBe("certificate-refused");
  });

  test("[PS9] while the store is down, the known certificate serves", async () => {
    const store = await aChangingStore();
    const under = await aWebhook({ fetchCertificate: store.fetch });
    await kindOf(under);
    store.answer = unavailable;
    under.clock.advance(3 * DAY_MS);
    expect(await kindOf(under)).toBe("verified");
    expect(await kindOf(under)).toBe("verified");
    expect(under.fetched).toHaveLength(2);
  });

  test("[PS11] while the store is down, what a certificate that has ended may have signed is not refused", async () => {
    const store = await aChangingStore();
    const under = await aWebhook({ fetchCertificate: store.fetch });
    await kindOf(under);
    store.answer = unavailable;
    under.clock.advance(366 * DAY_MS);
    expect(await kindOf(under)).toBe("unverified");
    expect(await kindOf(under)).toBe("unverified");
  });

  test("[PS9] a failed fetch is not repeated for a minute", async () => {
    const store = await aChangingStore();
    const good = store.answer;
    store.answer = unavailable;
    const under = await aWebhook({ fetchCertificate: store.fetch });
    await kindOf(under);
    store.answer = good;
    under.clock.advance(MINUTE_MS - 1);
    expect(await kindOf(under)).toBe("unverified");
    expect(under.fetched).toHaveLength(1);
    under.clock.advance(1);
    expect(await kindOf(under)).toBe("verified");
  });

  test("[PS9] a refused certificate is not fetched again for a minute", async () => {
    const under = await aWebhook({ fetchCertificate: () => served(Buffer.from("nothing")) });
    expect(await kindOf(under)).toBe("certificate-refused");
    expect(await kindOf(under)).toBe("certificate-refused");
    expect(under.fetched).toHaveLength(1);
    under.clock.advance(MINUTE_MS);
    expect(await kindOf(under)).toBe("certificate-refused");
    expect(under.fetched).toHaveLength(2);
  });

  test("[PS9] many addresses do not push out the one that is trusted", async () => {
    const { leafDer } = await theAuthority();
    const under = await aWebhook({
      fetchCertificate: (url) => served(url.href === CERTIFICATE_URL ? leafDer : Buffer.from("x")),
    });
    await kindOf(under);
    for (let count = 0; count < 40; count += 1) await kindOf(under, urlNumber(count));
    expect(await kindOf(under)).toBe("verified");
    expect(under.fetched.filter((url) => url === CERTIFICATE_URL)).toHaveLength(1);
  });

  test("[PS9] at most 16 addresses are remembered", async () => {
    const under = await aWebhook();
    for (let count = 0; count < 17; count += 1) await kindOf(under, urlNumber(count));
    await kindOf(under, urlNumber(16));
    expect(under.fetched).toHaveLength(17);
    await kindOf(under, urlNumber(0));
    expect(under.fetched).toHaveLength(18);
  });

  test("[PS9] at most four certificates are fetched at a time; the others are kept as unverified", async () => {
    const waiting: (() => void)[] = [];
    const under = await aWebhook({
      fetchCertificate: async () => {
        await new Promise<void>((resolve) => waiting.push(resolve));
        return unavailable();
      },
    });
    const requests = await Promise.all([0, 1, 2, 3, 4, 5].map((count) => aSignedRequest(urlNumber(count))));
    const verified = requests.map((request) => under.webhook.verify(request));
    expect(await verified[5]).toMatchObject({ kind: "unverified" });
    expect(under.fetched).toHaveLength(4);
    waiting.forEach((resolve) => resolve());
    await Promise.all(verified);
  });

  test("[PS9] the end of the certificate is measured", async () => {
    const under = await aWebhook();
    await kindOf(under);
    const end = (NOON + 365 * DAY_MS) / 1000;
    expect(under.samples).toEqual([`cosell_cert_expiry_timestamp_seconds{} ${String(end)}`]);
  });
});

describe("a renewed certificate", () => {
  test("[PS10] is taken at once, without a restart, and noted in the log", async () => {
    const old = await theAuthority();
    const next = await createTestCertificateAuthority({ now: new Date(NOON) });
    const store = await aChangingStore();
    const under = await aWebhook({
      fetchCertificate: store.fetch,
      certificates: { anchors: [old.rootPem, old.intermediatePem, next.rootPem, next.intermediatePem] },
    });
    await kindOf(under);
    store.answer = () => served(next.leafDer);
    under.clock.advance(MINUTE_MS);
    expect(await kindOf(under, { sign: (bytes) => next.sign(bytes) })).toBe("verified");
    expect(await kindOf(under)).toBe("bad-signature");
    expect(under.logLines.some(({ message }) => message.includes("has changed"))).toBe(true);
  });

  test("[PS10] forged signatures make the relay ask the store at most once a minute", async () => {
    const under = await aWebhook();
    const forged = { sign: () => Buffer.alloc(256, 7) };
    await kindOf(under);
    for (let count = 0; count < 10; count += 1) expect(await kindOf(under, forged)).toBe("bad-signature");
    expect(under.fetched).toHaveLength(1);
    under.clock.advance(MINUTE_MS);
    for (let count = 0; count < 10; count += 1) expect(await kindOf(under, forged)).toBe("bad-signature");
    expect(under.fetched).toHaveLength(2);
  });

  test("[PS10] a forged signature stays refused while the store is down, and the known certificate stays in use", async () => {
    const store = await aChangingStore();
    const under = await aWebhook({ fetchCertificate: store.fetch });
    await kindOf(under);
    store.answer = unavailable;
    under.clock.advance(MINUTE_MS);
    expect(await kindOf(under, { sign: () => Buffer.alloc(256, 7) })).toBe("bad-signature");
    expect(await kindOf(under)).toBe("verified");
  });
});

describe("a certificate that cannot be had in time", () => {
  test("[PS11] the event is kept as unverified, with its referral", async () => {
    const { webhook } = await aWebhook({ fetchCertificate: unavailable });
    const verified = await webhook.verify(await aSignedRequest());
    expect(verified).toMatchObject({ kind: "unverified", events: [{ recordId: REFERRAL_ID }] });
  });

  test.each([
    ["no JSON", "{"],
    ["no referral", aNotification({ ResourceUri: "https://attacker.example/" })],
  ])("[PS11] a body with %s is refused all the same", async (_name, body) => {
    const { webhook } = await aWebhook({ fetchCertificate: unavailable });
    const verified = await webhook.verify(await aSignedRequest({ body }));
    expect(verified).toEqual({ kind: "rejected", reason: "malformed" });
  });

  test("[PS11] a stored request is verified once the store is back, even after the path token was replaced", async () => {
    const store = await aChangingStore();
    const good = store.answer;
    store.answer = unavailable;
    const under = await aWebhook({ fetchCertificate: store.fetch, pathToken: "the-new-token" });
    const stored = await aSignedRequest();
    expect((await under.webhook.verifyStored(stored)).kind).toBe("unverified");
    store.answer = good;
    under.clock.advance(MINUTE_MS);
    expect(await under.webhook.verifyStored(stored)).toMatchObject({
      kind: "verified",
      events: [{ recordId: REFERRAL_ID }],
    });
  });

  test("[PS11] a stored request that was forged is refused", async () => {
    const { webhook } = await aWebhook({ clock: aSteppedClock(NOON) });
    const forged = await aSignedRequest({ sign: () => Buffer.alloc(256, 7) });
    expect(await webhook.verifyStored(forged)).toEqual({ kind: "rejected", reason: "bad-signature" });
  });
});
