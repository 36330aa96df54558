import { createColumnMetadata } from "../../../sync-relay/src/adapters/dataverse/column-metadata";
import { loadMapping } from "../../../sync-relay/src/adapters/mapping-file/load-mapping";
import type { CrmColumns } from "../../../sync-relay/src/core/mapping/crm-column";
import { createDataverseSimulator } from "../../../sync-relay/simulator/dataverse/dataverse-simulator";
import { aMappingFile, loaded } from "../mapping-file/a-mapping-file";
import { random } from "./crm-fixture";

const ignore = (): void => undefined;

async function columnsOf(paths: readonly string[]): Promise<{ columns: CrmColumns; requests: number }> {
  const simulator = await createDataverseSimulator();
  const metadata = createColumnMetadata({
    baseUrl: simulator.url,
    tokens: { token: async () => "token" },
    budget: { enter: async () => () => undefined, pause: async () => undefined },
    clock: { now: () => Date.now(), sleep: async () => undefined },
    random,
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    metrics: { count: ignore, observe: ignore, set: ignore },
  });
  const columns = await metadata.columns(paths);
  const requests = simulator.requests.entries.length;
  await simulator.close();
  return { columns, requests };
}

test("[DM1] the columns behind paths are known by kind, values, length and whether they may be set", async () => {
  const { columns } = await columnsOf([
    "name",
    "estimatedvalue",
    "estimatedvalue_base",
    "estimatedclosedate",
    "statuscode",
    "cosell_helprequired",
    "cosell_syncwithpartnercenter",
    "cosell_audit",
    "parentaccountid",
    "modifiedon",
  ]);
  const always = { create: true, update: true };
  expect(columns.get("name")).toEqual({ kind: "text", options: null, maxLength: 300, writable: always });
  expect(columns.get("estimatedvalue")?.kind).toBe("money");
  expect(columns.get("estimatedvalue_base")?.writable).toEqual({ create: false, update: false });
  expect(columns.get("estimatedclosedate")?.kind).toBe("date");
  expect(columns.get("modifiedon")?.kind).toBe("datetime");
  expect(columns.get("statuscode")).toMatchObject({ kind: "choice", options: [1, 2, 3, 4, 5] });
  expect(columns.get("cosell_helprequired")?.options).toHaveLength(6);
  expect(columns.get("cosell_syncwithpartnercenter")?.kind).toBe("bool");
  expect(columns.get("cosell_audit")).toMatchObject({ kind: "text", maxLength: 20_000 });
  expect(columns.get("parentaccountid")?.kind).toBe("lookup");
});

test("[DM2] a path through look-ups leads to the columns of the record behind, and to none where there is none", async () => {
  const { columns } = await columnsOf([
    "parentaccountid.name",
    "ownerid.internalemailaddress",
    "customerid.address1_city",
    "parentaccountid.primarycontactid.emailaddress1",
    "parentaccountid.nothing",
    "name.nothing",
    "nothing",
    "constructor",
  ]);
  expect([...columns.keys()]).toEqual([
    "parentaccountid.name",
    "ownerid.internalemailaddress",
    "customerid.address1_city",
    "parentaccountid.primarycontactid.emailaddress1",
  ]);
});

test("[DM3] each table is asked for once, however many paths lead to it", async () => {
  const one = await columnsOf(["name"]);
  const many = await columnsOf(["name", "description", "estimatedvalue", "statuscode"]);
  expect(many.requests).toBe(one.requests);
});

test("[DM4] the shipped mapping goes with the columns of an environment that has the solution", async () => {
  const { columns } = await columnsOf(loaded().crmPaths);
  expect(loadMapping({ columns })).toMatchObject({ kind: "ok" });
  const file = aMappingFile(
    "version: 1\nextends: builtin/default\ntoCrm: { create: [{ to: salesstage, value: 7 }, { to: nmae, value: x }] }\n",
  );
  const asked = await columnsOf([...loaded().crmPaths, "salesstage", "nmae"]);
  const refused = loadMapping({ file, columns: asked.columns });
  expect(refused.kind === "refused" ? refused.problems.map(({ message }) => message) : []).toEqual([
    'the column "salesstage" has no value 7; it has 0, 1, 2, 3',
    'the CRM has no column "nmae"',
  ]);
});
