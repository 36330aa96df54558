// The relay's security role against what the relay really does: every kind of call is made once with the shipped
// mapping, and the role grants what these calls need and nothing else.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  createDataverseSimulator,
  type DataverseSimulator,
} from "../../../sync-relay/simulator/dataverse/dataverse-simulator";
import { createDataverseCrm, type DataverseCrm } from "../../../sync-relay/src/adapters/dataverse/dataverse-crm";
import { loadMapping } from "../../../sync-relay/src/adapters/mapping-file/load-mapping";
import type { OpportunityChanges, Stage } from "../../../sync-relay/src/core/opportunity";
import { securityRoles } from "../../../solution/schema/security-roles";
import { random } from "./crm-fixture";
import { startRequestTap, type RequestTap } from "./request-tap";
import { collectionsIn, needsOf, privilegeNameOf, widest } from "./role-needs";

const adapter = join(__dirname, "../../../sync-relay/src/adapters/dataverse");
const relayRole = securityRoles.find(({ key }) => key === "relay")?.privileges ?? [];

let simulator: DataverseSimulator;
let tap: RequestTap;
let crm: DataverseCrm;
beforeAll(async () => {
  simulator = await createDataverseSimulator();
  tap = await startRequestTap(simulator.url);
  const mapping = loadMapping({});
  if (mapping.kind !== "ok") throw new Error("the shipped mapping is refused");
  crm = createDataverseCrm({
    baseUrl: tap.url,
    tokens: { token: async () => "token" },
    budget: { enter: async () => () => undefined, pause: async () => undefined },
    fieldMap: mapping.map,
    clock: { now: () => Date.parse("2027-01-02T03:04:05Z"), sleep: async () => undefined },
    random,
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    metrics: { count: ignore, observe: ignore, set: ignore },
  });
});
afterAll(async () => {
  await tap.close();
  await simulator.close();
});

const NEW_ID = "5a0a2c5e-1f0a-5b1c-8e7d-0d7c3b2a1f00";

test("[CU2] the relay's role grants what the relay's calls need, as far as they reach, and nothing else", async () => {
  await crm.whoAmI();
  const listed = await crm.changesSince(null);
  await crm.changesSince(listed.position);
  const created = await crm.create(NEW_ID, {
    values: {
      name: "Fleet renewal",
      estimatedvalue: 100,
      "transactioncurrencyid.isocurrencycode": "EUR",
      "parentaccountid.name": "Northwind",
      "parentaccountid.address1_postalcode": "1011",
      "parentcontactid.lastname": "Vos",
      "parentcontactid.emailaddress1": "vos@northwind.example",
    },
    section: { referralId: "R-1" },
  });
  expect(created.kind).toBe("created");
  expect(await crm.findByReferral("R-1")).toMatchObject({ id: NEW_ID });
  await write({ values: { "transactioncurrencyid.isocurrencycode": "USD" }, section: { syncStatus: "synced" } });
  await move("in-progress", "won", 3);
  await move("won", "in-progress", 1);
  await move("in-progress", "lost", 4);
  const needs = widest(tap.sent.flatMap(needsOf));
  expect(tap.sent.length).toBeGreaterThan(12);
  expect(relayRole).toEqual(needs);
});

/** The files of the sync and of the checks; the folder `registration` works in an administrator's name. */
const ownSources = readdirSync(adapter).filter((file) => file.endsWith(".ts"));
/**
 * What only the checks of an administrator use: they read, and say of what the role does not let them read that they
 * could not look. A role that lets the relay sync need not let it read registrations, system jobs and flows.
 */
const checksOnly = [
  "answer-rows.ts",
  "column-metadata.ts",
  "crm-environment.ts",
  "environment-variables.ts",
  "user-access.ts",
  "webhook-registrations.ts",
];

test("[CU2] every collection that the sync's source names is one that the role is about", () => {
  const sources = ownSources
    .filter((file) => !checksOnly.includes(file))
    .map((file) => readFileSync(join(adapter, file), "utf8"));
  const collections = collectionsIn(sources.join("\n"));
  expect(collections).toEqual(["accounts", "contacts", "opportunities", "transactioncurrencies"]);
  const granted = new Set(relayRole.map(({ name }) => name));
  expect(collections.filter((set) => !granted.has(`prvRead${privilegeNameOf(set)}`))).toEqual([]);
});

test("[CU2] what only the checks use is there, writes nothing, and is used by nothing of the sync", () => {
  const texts = new Map(ownSources.map((file) => [file, readFileSync(join(adapter, file), "utf8")]));
  for (const file of checksOnly)
    expect([file, /\.(patch|batch)\(/.test(texts.get(file) ?? ".patch(")]).toEqual([file, false]);
  const imported = [...texts]
    .filter(([file]) => !checksOnly.includes(file))
    .flatMap(([, text]) => [...text.matchAll(/from "\.\/([\w/-]+)"/g)].map(([, name]) => `${name}.ts`));
  expect(imported.filter((file) => checksOnly.includes(file) || file.startsWith("registration/"))).toEqual([]);
});

test.each([
  ['api.get("products", `products?$select=name`)', ["products"]],
  ["bind: `/pricelevels(${id})`", ["pricelevels"]],
  ['{ kind: "patch", collection: "tasks", id }', ["tasks"]],
  ['const sets = { user: "systemusers" };', ["systemusers"]],
  ['api.get("who-am-i", "WhoAmI()"); row["statecode"]; "$select=name"', []],
])("[CU2] in the source %s the collections are found", (source, collections) => {
  expect(collectionsIn(source)).toEqual(collections);
});

test("[CU2] a request to a table without a known privilege is no request that passes unseen", () => {
  const get = (path: string) => needsOf({ method: "GET", path, headers: "", body: "" });
  expect(() => get("products?$select=name")).toThrow("products");
  expect(() => get("serviceendpoints?$select=name")).toThrow("serviceendpoint");
  expect(() => get("opportunities?$select=name&$expand=new_region($select=name)")).toThrow("new_region");
  expect(() => needsOf({ method: "DELETE", path: "accounts(1)", headers: "", body: "" })).toThrow("DELETE");
  expect(get("opportunities?$select=name&$expand=owninguser($select=firstname)")).toEqual([
    { name: "prvReadOpportunity", depth: "organisation" },
    { name: "prvReadUser", depth: "organisation" },
  ]);
});

async function write(changes: OpportunityChanges): Promise<void> {
  const read = await crm.read(NEW_ID);
  const version = read.kind === "found" ? read.opportunity.version : "";
  expect(await crm.update(NEW_ID, version, changes)).toMatchObject({ kind: "written" });
}

function move(from: Stage, stage: Stage, value: number): Promise<void> {
  return write({ values: {}, section: {}, stage: { stage, from, value } });
}

function ignore(): void {
  // Nobody listens here.
}
