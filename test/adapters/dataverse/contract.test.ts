import {
  createDataverseSimulator,
  type DataverseSimulator,
} from "../../../sync-relay/simulator/dataverse/dataverse-simulator";
import { sectionColumns } from "../../../sync-relay/src/adapters/dataverse/section-record";
import type { Json } from "../../../sync-relay/src/core/json";
import type { CrmValues } from "../../../sync-relay/src/core/opportunity";
import { createDataverseCrm } from "../../../sync-relay/src/adapters/dataverse/dataverse-crm";
import { contractFieldMap, type CrmUnderTest, describeCrmContract } from "../../contract/crm-contract";
import { random } from "./crm-fixture";

for (const expiredDeltaToken of ["everything", "error"] as const) {
  describeCrmContract(`Dataverse that answers an expired position with ${expiredDeltaToken}`, async () => {
    const simulator = await createDataverseSimulator({ settings: { expiredDeltaToken, pageSize: 2 } });
    return underTest(simulator);
  });
}

test("[DV8] nothing is remembered that a restart would lose: a new adapter carries on with old versions", async () => {
  const simulator = await createDataverseSimulator();
  const under = underTest(simulator);
  const { crm } = under;
  const id = await under.seed({ values: { name: "One", "parentaccountid.name": "Northwind" } });
  const read = await crm.read(id);
  const version = read.kind === "found" ? read.opportunity.version : "";
  const restarted = underTest(simulator);
  const written = await restarted.crm.update(id, version, { values: { name: "Two" }, section: {} });
  expect(written).toMatchObject({ opportunity: { values: { name: "Two", "parentaccountid.name": "Northwind" } } });
  await under.stop();
});

test("[DV9] a write is one request of the simulator, and so is a stage change", async () => {
  const simulator = await createDataverseSimulator();
  const under = underTest(simulator);
  const { crm } = under;
  const id = await under.seed({ values: { name: "One", "parentaccountid.name": "Northwind" } });
  const read = await crm.read(id);
  const before = simulator.requests.entries.length;
  const version = read.kind === "found" ? read.opportunity.version : "";
  const written = await crm.update(id, version, { values: { name: "Two" }, section: {} });
  expect(simulator.requests.entries.length - before).toBe(1);
  const next = written.kind === "written" ? written.opportunity.version : "";
  const stage = { stage: "won", from: "in-progress", value: 3 } as const;
  await crm.update(id, next, { values: { name: "Three" }, section: {}, stage });
  expect(simulator.requests.entries.length - before).toBe(2);
  await under.stop();
});

/** The adapter on a simulator; a user works on the simulator's rows directly. */
function underTest(simulator: DataverseSimulator): CrmUnderTest {
  const { records } = simulator;
  const crm = createDataverseCrm({
    baseUrl: simulator.url,
    tokens: { token: async () => "token" },
    budget: { enter: async () => () => undefined, pause: async () => undefined },
    fieldMap: contractFieldMap,
    clock: { now: () => Date.now(), sleep: async () => undefined },
    random,
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    metrics: { count: ignore, observe: ignore, set: ignore },
  });
  return {
    crm,
    seed: async ({ values, section = {} }) =>
      records.create("opportunities", { ...columnsOf(values, simulator), ...sectionColumns(section) }),
    userEdit: async (id, values) => records.update("opportunities", { id, body: columnsOf(values, simulator) }),
    userDelete: async (id) => records.delete("opportunities", id),
    expirePositions: async () => {
      simulator.faults.expireDeltaTokens();
      // Positions are counted in writes of any table: only after another write is a new one not among the expired.
      records.create("accounts", { name: "Newer than any position" });
    },
    countCustomers: async () => ({
      accounts: records.list("accounts").length,
      contacts: records.list("contacts").length,
    }),
    stop: () => simulator.close(),
  };
}

function columnsOf(values: CrmValues, { records }: DataverseSimulator): Record<string, Json> {
  const columns: Record<string, Json> = {};
  const account: Record<string, Json> = {};
  for (const [path, value] of Object.entries(values)) {
    if (path.startsWith("parentaccountid.")) account[path.slice("parentaccountid.".length)] = value;
    else if (path === "transactioncurrencyid.isocurrencycode") {
      const currency = records.list("transactioncurrencies").find((row) => row["isocurrencycode"] === value);
      const id = currency?.["transactioncurrencyid"];
      columns["transactioncurrencyid@odata.bind"] = `/transactioncurrencies(${typeof id === "string" ? id : "none"})`;
    } else columns[path] = value;
  }
  if (Object.keys(account).length > 0) {
    columns["parentaccountid@odata.bind"] = `/accounts(${records.create("accounts", account)})`;
  }
  return columns;
}

function ignore(): void {
  // Nobody listens here.
}
