import { RelayError } from "../../../sync-relay/src/core/errors";
import { createPartnerCenterRegistration } from "../../../sync-relay/src/adapters/partner-center/registration";
import { aRecordingServer, theSurroundings } from "./recording-server";
import type { RecordingServer } from "./recording-server";

const CORRELATION = "11111111-1111-4111-8111-111111111111";
const TEST_ID = "04af2aea-d413-42db-824e-f328001484d1";
const PATH = "/webhooks/v1/registration";
const registration = { webhookUrl: "https://relay.example/webhooks/partner-center/x", events: ["referral-created"] };
const wire = { SubscriberId: "e82cac64", WebhookUrl: registration.webhookUrl, WebhookEvents: registration.events };

let server: RecordingServer;
beforeEach(async () => {
  server = await aRecordingServer();
});
afterEach(() => server.close());

function aClient() {
  return createPartnerCenterRegistration({ baseUrl: server.url, ...theSurroundings() });
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  const thrown: unknown = await work.catch((reason: unknown) => reason);
  return thrown instanceof RelayError ? thrown.code : undefined;
}

describe("the webhook registration", () => {
  test("[PC21] is read, whatever the case of its keys", async () => {
    server.answer({ json: wire }, { json: { webhookurl: wire.WebhookUrl, webhookEvents: wire.WebhookEvents } });
    expect(await aClient().get(CORRELATION)).toEqual(registration);
    expect(await aClient().get(CORRELATION)).toEqual(registration);
    expect(server.requests[0]).toMatchObject({ method: "GET", url: PATH });
  });

  test("[PC21] is null when the tenant has none", async () => {
    server.answer({ status: 404, json: { code: "2002", description: "None.", data: [], source: "Webhooks" } });
    expect(await aClient().get(CORRELATION)).toBeNull();
  });

  test("[PC21] is made and changed, with the signature in a header of its own", async () => {
    server.answer({ json: wire });
    expect(await aClient().register(registration, CORRELATION)).toEqual(registration);
    expect(await aClient().update(registration, CORRELATION)).toEqual(registration);
    expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([`POST ${PATH}`, `PUT ${PATH}`]);
    expect(JSON.parse(server.requests[0]?.body ?? "")).toEqual({
      WebhookUrl: registration.webhookUrl,
      WebhookEvents: registration.events,
      SignatureTokenToMsSignatureHeader: true,
    });
  });

  test("[PC21] events that may be registered are listed", async () => {
    server.answer({ json: ["referral-created", 7, "test-created"] });
    expect(await aClient().eventNames(CORRELATION)).toEqual(["referral-created", "test-created"]);
  });

  test("[PC21] a test is asked for, and its result read", async () => {
    server.answer(
      { json: { CorrelationId: TEST_ID } },
      { json: { status: "completed", results: [{ responseCode: "OK", dateTimeUtc: "2026-03-01T12:00:00" }, {}] } },
      { status: 404 },
    );
    expect(await aClient().sendTest(CORRELATION)).toBe(TEST_ID);
    expect(await aClient().testResult(TEST_ID, CORRELATION)).toEqual({
      status: "completed",
      attempts: [
        { responseCode: "OK", at: "2026-03-01T12:00:00" },
        { responseCode: null, at: null },
      ],
    });
    expect(await aClient().testResult(TEST_ID, CORRELATION)).toBeNull();
    expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${PATH}/validationEvents`,
      `GET ${PATH}/validationEvents/${TEST_ID}`,
      `GET ${PATH}/validationEvents/${TEST_ID}`,
    ]);
  });

  test("[PC21] refusals, throttling and answers that are not understood are errors", async () => {
    server.answer({ status: 403 }, { status: 400 }, { status: 429 }, { json: { WebhookUrl: "" } }, { text: "<html>" });
    const codes = [];
    for (let count = 0; count < 5; count += 1) codes.push(await codeOf(aClient().get(CORRELATION)));
    expect(codes).toEqual(["CS-1105", "CS-1104", "CS-1102", "CS-1106", "CS-1106"]);
  });
});
