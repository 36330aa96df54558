import type { DataverseSimulator } from "../../../sync-relay/simulator/dataverse/dataverse-simulator";
import { aClient, aReceiver, aSimulator, call, created, type Answer } from "./simulated";

/** A batch with one change set of the given parts, followed by single requests. */
function batch(
  simulator: DataverseSimulator,
  given: { changeSet?: readonly string[]; singles?: readonly string[]; prefer?: string },
): Promise<Answer> {
  const lines: string[] = [];
  if (given.changeSet) {
    lines.push("--batch_1", "Content-Type: multipart/mixed; boundary=changeset_1", "");
    given.changeSet.forEach((part, n) => {
      lines.push("--changeset_1", "Content-Type: application/http", "Content-Transfer-Encoding: binary");
      lines.push(`Content-ID: ${n + 1}`, "", part);
    });
    lines.push("--changeset_1--", "");
  }
  for (const part of given.singles ?? []) {
    lines.push("--batch_1", "Content-Type: application/http", "Content-Transfer-Encoding: binary", "", part);
  }
  lines.push("--batch_1--", "");
  return call(simulator, "POST $batch", {
    headers: { "content-type": "multipart/mixed; boundary=batch_1", ...(given.prefer ? { prefer: given.prefer } : {}) },
    body: lines.join("\r\n"),
  });
}

function request(line: string, body?: unknown): string {
  return [
    `${line} HTTP/1.1`,
    "Content-Type: application/json",
    "",
    body === undefined ? "" : JSON.stringify(body),
  ].join("\r\n");
}

async function opportunityNames(simulator: DataverseSimulator): Promise<string[]> {
  const { json } = await call(simulator, "GET opportunities?$select=name");
  return json.value.map((row) => row.name);
}

test("[SD21] a change set takes effect as a whole and refers to its own rows by Content-ID", async () => {
  const simulator = await aSimulator();

  const answer = await batch(simulator, {
    changeSet: [
      request("POST /api/data/v9.2/accounts", { name: "Contoso" }),
      request("POST /api/data/v9.2/opportunities", { name: "Deal", "parentaccountid@odata.bind": "$1" }),
      request("PATCH $2", { description: "by reference" }),
    ],
    singles: [request("GET /api/data/v9.2/opportunities?$select=name,description&$expand=parentaccountid")],
  });

  expect(answer.status).toBe(200);
  expect(answer.text).toMatch(/^--batchresponse_[0-9a-f-]{36}\r\n/);
  expect(answer.text).toContain("--changesetresponse_");
  expect(answer.text).toContain("Content-ID: 2");
  expect(answer.text).toContain("OData-EntityId: ");
  expect(answer.text).toContain('"description":"by reference"');
  expect(answer.text).toContain('"name":"Contoso"');
});

test("[SD21] a change set with one refused part takes no effect and tells nobody", async () => {
  const receiver = await aReceiver();
  const simulator = await aSimulator({ webhook: { url: receiver.url, headers: {} } });
  const id = await created(simulator, "opportunities", { name: "Before" });
  await simulator.webhooks.idle();

  const answer = await batch(simulator, {
    changeSet: [
      request("POST opportunities", { name: "Deal" }),
      request(`PATCH opportunities(${id})`, { name: "After" }),
      request("POST opportunities", { nothing: 1 }),
    ],
  });

  expect(answer.status).toBe(400);
  expect(answer.text).toContain("HTTP/1.1 400 Bad Request");
  expect(await opportunityNames(simulator)).toEqual(["Before"]);
  await simulator.webhooks.idle();
  expect(receiver.received.map((one) => one.body.MessageName)).toEqual(["Create"]);
});

test("[SD21] conditions hold inside a change set", async () => {
  const simulator = await aSimulator();
  const id = await created(simulator, "opportunities", { name: "Deal" });
  const close = { Status: 3, OpportunityClose: { "opportunityid@odata.bind": `/opportunities(${id})` } };
  const patch = (etag: string) =>
    [
      `PATCH opportunities(${id}) HTTP/1.1`,
      "Content-Type: application/json",
      `If-Match: ${etag}`,
      "",
      '{"name":"Won"}',
    ].join("\r\n");
  const { json } = await call(simulator, `GET opportunities(${id})`);

  const stale = await batch(simulator, { changeSet: [patch('W/"1"'), request("POST WinOpportunity", close)] });
  expect(stale.status).toBe(412);
  expect((await call(simulator, `GET opportunities(${id})`)).json).toMatchObject({ name: "Deal", statecode: 0 });

  const fresh = await batch(simulator, {
    changeSet: [patch(json["@odata.etag"]), request("POST WinOpportunity", close)],
  });
  expect(fresh.status).toBe(200);
  expect((await call(simulator, `GET opportunities(${id})`)).json).toMatchObject({ name: "Won", statecode: 1 });
});

test("[SD21] a batch stops at the first refusal unless it asks to go on", async () => {
  const singles = [
    request("POST opportunities", { name: "A" }),
    request("GET nothings"),
    request("POST opportunities", { name: "B" }),
  ];
  const stopping = await aSimulator();
  const goingOn = await aSimulator();

  expect((await batch(stopping, { singles })).status).toBe(404);
  expect((await batch(goingOn, { singles, prefer: "odata.continue-on-error" })).status).toBe(200);

  expect(await opportunityNames(stopping)).toEqual(["A"]);
  expect(await opportunityNames(goingOn)).toEqual(["A", "B"]);
});

test("[SD21] a change set with a GET, a batch without end and a batch without boundary are refused", async () => {
  const simulator = await aSimulator();
  const headers = { "content-type": "multipart/mixed; boundary=b" };

  expect((await batch(simulator, { changeSet: [request("GET opportunities")] })).status).toBe(400);
  expect((await call(simulator, "POST $batch", { headers, body: "--b\r\n\r\n" })).status).toBe(400);
  expect((await call(simulator, "POST $batch", { body: "{}" })).status).toBe(400);
});

test("[SD22] dynamics-web-api runs a change set and reads its results", async () => {
  const simulator = await aSimulator();
  const client = aClient(simulator);

  client.startBatch();
  void client.create({ collection: "accounts", data: { name: "Contoso" }, contentId: "1" });
  void client.create<object, string>({
    collection: "opportunities",
    data: { name: "Deal", "parentaccountid@odata.bind": "$1" },
  });
  const [account, opportunity] = (await client.executeBatch()) as string[];

  const { json } = await call(simulator, `GET opportunities(${opportunity})`);
  expect(json).toMatchObject({ name: "Deal", _parentaccountid_value: account });
});

test("[SD22] dynamics-web-api sees a refused change set as an error with code and status", async () => {
  const simulator = await aSimulator();
  const client = aClient(simulator);

  client.startBatch();
  void client.create<object, string>({ collection: "opportunities", data: { name: "Deal" } });
  void client.create<object, string>({ collection: "opportunities", data: { nothing: 1 } });

  const errors: unknown = await client.executeBatch().catch((thrown: unknown) => thrown);
  expect(errors).toHaveLength(1);
  // For a part of a batch the library leaves the code where the body has it.
  expect((errors as readonly unknown[])[0]).toMatchObject({
    status: 400,
    error: { code: "0x80048d19" },
  });
  expect(await opportunityNames(simulator)).toEqual([]);
});
