import type { DataverseSimulator } from "../../../sync-relay/simulator/dataverse/dataverse-simulator";
import { aHookedSimulator, aSimulator } from "./simulated";

type Fields = Readonly<Record<string, string>>;

async function page(
  simulator: DataverseSimulator,
  path: string,
): Promise<{ text: string; headers: Headers; status: number }> {
  const response = await fetch(`${simulator.url}${path}`);
  return { text: await response.text(), headers: response.headers, status: response.status };
}

function post(simulator: DataverseSimulator, path: string, fields: Fields, origin?: string): Promise<Response> {
  return fetch(`${simulator.url}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      ...(origin === undefined ? {} : { origin }),
    },
    body: new URLSearchParams(fields).toString(),
  });
}

const deal: Fields = {
  name: "Deal",
  value: "1200.50",
  closeDate: "2026-12-31",
  accountName: "Contoso",
  accountCountry: "France",
  accountPostalCode: "75001",
  contactFirstName: "Ada",
  contactLastName: "Doe",
  contactEmail: "ada@contoso.example",
  sync: "yes",
  products: "SOL-1",
  stage: "1",
};

function idText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

async function saved(simulator: DataverseSimulator, fields: Fields): Promise<string> {
  expect((await post(simulator, "/opportunities", fields)).status).toBe(303);
  return idText(simulator.records.list("opportunities")[0]?.["opportunityid"]);
}

test("[SD50] the list shows opportunities with their co-sell columns, and reloads itself when asked", async () => {
  const simulator = await aSimulator();
  const account = simulator.records.seed("accounts", { name: "Contoso" });
  simulator.records.seed("opportunities", {
    name: "Deal",
    estimatedvalue: 1200,
    cosell_syncwithpartnercenter: true,
    cosell_referralidentifier: "R-1",
    "parentaccountid@odata.bind": `/accounts(${account})`,
  });

  const still = await page(simulator, "/");
  const live = await page(simulator, "/?refresh=1");

  for (const text of ["Deal", "Contoso", "1,200 USD", "✔ Yes", "R-1", "In progress"])
    expect(still.text).toContain(text);
  expect(still.text).not.toContain('http-equiv="refresh"');
  expect(live.text).toContain('http-equiv="refresh"');
});

test("[SD51] the form creates an opportunity with its customer as the human user, and webhooks tell of it", async () => {
  const { simulator, receiver } = await aHookedSimulator();

  const id = await saved(simulator, deal);
  await simulator.webhooks.idle();

  const row = simulator.records.read("opportunities", id);
  expect(row).toMatchObject({
    name: "Deal",
    estimatedvalue: 1200.5,
    estimatedclosedate: "2026-12-31",
    cosell_syncwithpartnercenter: true,
    cosell_visibletomicrosoft: false,
    cosell_products: "SOL-1",
    _createdby_value: simulator.users.human,
  });
  expect(simulator.records.read("accounts", idText(row?.["_parentaccountid_value"]))).toMatchObject({
    name: "Contoso",
    address1_country: "France",
    address1_postalcode: "75001",
  });
  expect(simulator.records.read("contacts", idText(row?.["_parentcontactid_value"]))).toMatchObject({
    fullname: "Ada Doe",
  });
  expect(receiver.received.map((one) => one.body.MessageName)).toEqual(["Create"]);
});

test("[SD51] saving writes only what the visitor changed; saving nothing writes nothing", async () => {
  const { simulator, receiver } = await aHookedSimulator();
  const id = await saved(simulator, deal);
  const currency = idText(simulator.records.read("opportunities", id)?.["_transactioncurrencyid_value"]);
  const whole = { ...deal, value: "1200.5", currency };
  const before = simulator.records.read("opportunities", id);

  await post(simulator, `/opportunities/${id}`, whole);
  expect(simulator.records.read("opportunities", id)).toEqual(before);
  await post(simulator, `/opportunities/${id}`, { ...whole, value: "900" });
  await simulator.webhooks.idle();

  const update = receiver.received.find((one) => one.body.MessageName === "Update");
  const keys = update?.body.ParentContext.InputParameters[0].value.Attributes.map((one) => one.key);
  expect(keys).toEqual(["estimatedvalue"]);
});

test("[SD51] an unticked box is off, a cleared field is empty, and a delete deletes", async () => {
  const simulator = await aSimulator();
  const id = await saved(simulator, deal);

  const { sync: _off, ...rest } = deal;
  await post(simulator, `/opportunities/${id}`, { ...rest, products: "", accountName: "" });
  expect(simulator.records.read("opportunities", id)).toMatchObject({
    cosell_syncwithpartnercenter: false,
    cosell_products: null,
    _parentaccountid_value: null,
  });

  expect((await post(simulator, `/opportunities/${id}/delete`, {})).status).toBe(303);
  expect(simulator.records.list("opportunities")).toEqual([]);
  expect((await page(simulator, `/opportunities/${id}`)).status).toBe(404);
});

test.each([
  ["2", 0, 2],
  ["3", 1, 3],
  ["4", 2, 4],
  ["5", 2, 5],
])("[SD52] stage %s leads to state %i and reason %i, and back to open", async (stage, statecode, statuscode) => {
  const simulator = await aSimulator();
  const id = await saved(simulator, deal);

  await post(simulator, `/opportunities/${id}`, { ...deal, stage });
  expect(simulator.records.read("opportunities", id)).toMatchObject({ statecode, statuscode });

  await post(simulator, `/opportunities/${id}`, { ...deal, name: "Again", stage: "1" });
  expect(simulator.records.read("opportunities", id)).toMatchObject({ statecode: 0, statuscode: 1, name: "Again" });
});

test("[SD52] changing a closed opportunity shows the refusal and keeps what was typed", async () => {
  const simulator = await aSimulator();
  const id = await saved(simulator, { ...deal, stage: "3" });

  const response = await post(simulator, `/opportunities/${id}`, { ...deal, name: "Typed", stage: "3" });

  expect(response.status).toBe(400);
  const text = await response.text();
  expect(text).toContain('role="alert"');
  expect(text).toContain('value="Typed"');
  expect(simulator.records.read("opportunities", id)).toMatchObject({ name: "Deal" });
});

test("[SD52] a field that makes no sense is refused and nothing is saved, its customer included", async () => {
  const simulator = await aSimulator();

  const response = await post(simulator, "/opportunities", { ...deal, value: "many" });

  expect(response.status).toBe(400);
  expect(simulator.records.list("opportunities")).toEqual([]);
  expect(simulator.records.list("accounts")).toEqual([]);
});

test("[SD53] everything a visitor typed is escaped, and the page forbids scripts", async () => {
  const simulator = await aSimulator();
  const evil = `"><script>alert('x')</script>`;
  const id = simulator.records.seed("opportunities", {
    name: evil,
    description: `</textarea>${evil}`,
    cosell_audit: evil,
  });

  for (const path of ["/", `/opportunities/${id}`]) {
    const { text, headers } = await page(simulator, path);
    expect(text).toContain("&lt;script&gt;");
    expect(text).not.toContain("<script");
    expect(text.match(/<\/textarea>/g)?.length ?? 0).toBe(path === "/" ? 0 : 2);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  }
});

test("[SD54] posts from pages of other sites are refused", async () => {
  const simulator = await aSimulator();
  const id = await saved(simulator, deal);

  expect((await post(simulator, "/opportunities", deal, "https://evil.example")).status).toBe(403);
  expect((await post(simulator, `/opportunities/${id}/delete`, {}, "null")).status).toBe(403);
  expect(simulator.records.list("opportunities")).toHaveLength(1);
  expect((await post(simulator, `/opportunities/${id}/delete`, {}, simulator.url)).status).toBe(303);
});

test("[SD55] every field of the form has a label, and nothing is loaded from elsewhere", async () => {
  const simulator = await aSimulator();

  const { text } = await page(simulator, "/opportunities/new");

  const ids = [...text.matchAll(/<(?:input|select|textarea)\s+id="(\w+)"/g)].map((match) => match[1]);
  const labels = [...text.matchAll(/<label for="(\w+)"/g)].map((match) => match[1]);
  expect(ids.length).toBeGreaterThan(10);
  expect([...labels].sort()).toEqual([...ids].sort());
  expect(text).not.toMatch(/(?:src|href)="https?:/);
  const style = await page(simulator, "/style.css");
  expect(style.headers.get("content-type")).toContain("text/css");
});
