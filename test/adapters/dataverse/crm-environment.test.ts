import { environmentVariables } from "../../../solution/schema/environment-variables";
import { setVariable } from "../../../sync-relay/simulator/dataverse/variable-shortcut";
import { createCrmEnvironment } from "../../../sync-relay/src/adapters/dataverse/crm-environment";
import type { CrmEnvironment } from "../../../sync-relay/src/ports/crm-environment";
import {
  createDataverseSimulator,
  type DataverseSimulator,
} from "../../../sync-relay/simulator/dataverse/dataverse-simulator";

let simulator: DataverseSimulator;
let environment: CrmEnvironment;

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  simulator = await createDataverseSimulator({ settings: { pageSize: 2 } });
  environment = createCrmEnvironment({
    baseUrl: simulator.url,
    tokens: { token: () => Promise.resolve("token") },
    budget: { enter: () => Promise.resolve(() => undefined), pause: () => Promise.resolve() },
    clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
    random: { next: () => 0.5, uuid: () => "0f000000-0000-4000-8000-000000000001", uuidFor: (name) => name },
    log: quiet,
    metrics: { count: () => undefined, observe: () => undefined, set: () => undefined },
  });
});
afterAll(() => simulator.close());

test("[DV50] every opportunity is listed over all pages, with customer, switch, referral and further columns", async () => {
  const account = simulator.records.seed("accounts", { name: "Contoso" });
  const ids = [1, 2, 3, 4, 5].map((n) =>
    simulator.records.seed("opportunities", {
      name: `Deal ${n}`,
      stepname: `extra ${n}`,
      cosell_syncwithpartnercenter: n % 2 === 0,
      ...(n === 1 ? { "parentaccountid@odata.bind": `/accounts(${account})`, cosell_referralidentifier: "REF-1" } : {}),
    }),
  );
  const listed = await environment.listOpportunities(["stepname"]);
  expect(listed.map(({ id }) => id).sort()).toEqual([...ids].sort());
  expect(listed.find(({ id }) => id === ids[0])).toEqual({
    id: ids[0],
    name: "Deal 1",
    customer: "Contoso",
    open: true,
    syncOn: false,
    referralId: "ref-1",
    extra: { stepname: "extra 1" },
  });
  expect(await environment.changedSince(0)).toHaveLength(2);
  expect(await environment.changedSince(Date.now() + 60_000)).toEqual([]);
  expect(await environment.sharedValues(["name"], 1)).toHaveLength(1);
});

test("[DV50] a column that does not exist is found by name, and one that could be no column is never sent", async () => {
  expect(
    await environment.unreadablePaths(["name", "new_missing", "parentaccountid.name", "parentaccountid.nope"]),
  ).toEqual(["new_missing", "parentaccountid.nope"]);
  expect(await environment.unreadableSection()).toEqual([]);
  await expect(environment.listOpportunities(["name&$filter=1"])).rejects.toMatchObject({ code: "CS-1007" });
  await expect(environment.listOpportunities(["new_missing"])).rejects.toMatchObject({ code: "CS-1007" });
});

test("[DV50] user, solution, webhooks, currencies and flows are read as they are", async () => {
  expect(await environment.ownUser()).toMatchObject({ id: simulator.users.application, disabled: false });
  expect(await environment.rolesOf(simulator.users.application)).toEqual(["CoSell Sync relay"]);
  expect(await environment.solutionVersion("CoSellSync")).toMatch(/^\d+\.\d+\.\d+\.0$/);
  expect(await environment.solutionVersion("Nobody's")).toBeNull();
  expect(await environment.tracksChanges()).toBe(true);
  expect(await environment.languages()).toEqual([1033, 1036]);
  expect(await environment.webhooks()).toEqual([]);
  expect(await environment.currencies()).toContain("USD");
  expect(await environment.activePartnerCenterFlows()).toEqual([]);
});

test("[DV50] an environment variable has the value that is set, or else its default, or none", async () => {
  const valueOf = async (name: string) => (await environment.variables()).find((one) => one.name === name)?.value;
  expect(await valueOf("cosell_RelayAddress")).toBeNull();
  expect(await valueOf("cosell_ReferralLink")).toBe(environmentVariables.referralLink.defaultValue);
  setVariable(simulator.records, "cosell_ReferralLink", " https://example.com/{referralId} ");
  expect(await valueOf("cosell_ReferralLink")).toBe("https://example.com/{referralId}");
  setVariable(simulator.records, "cosell_ReferralLink", null);
  expect(await valueOf("cosell_ReferralLink")).toBe(environmentVariables.referralLink.defaultValue);
  simulator.records.seed("environmentvariabledefinitions", { schemaname: "new_Other", defaultvalue: "x" });
  expect(await valueOf("new_Other")).toBeUndefined();
});

test("[DV50] a user's privileges are told by name, and secured columns with what its profiles and those of its teams allow", async () => {
  const { application } = simulator.users;
  expect(await environment.privilegesOf(application)).toContain("prvWriteOpportunity");
  expect(await environment.securedColumns(application)).toEqual([]);
  simulator.settings.securedColumns = ["cosell_audit", "estimatedvalue"];
  const { records } = simulator;
  const profiles = ["cosell_audit", "estimatedvalue", "name"].map((attributelogicalname) => {
    const id = records.seed("fieldsecurityprofiles", { name: attributelogicalname });
    records.seed("fieldpermissions", {
      ...{ entityname: "opportunity", attributelogicalname, canread: 4, canupdate: 4 },
      "fieldsecurityprofileid@odata.bind": `/fieldsecurityprofiles(${id})`,
    });
    return id;
  });
  const none = { mayRead: false, mayCreate: false, mayUpdate: false };
  const some = { mayRead: true, mayCreate: false, mayUpdate: true };
  expect(await environment.securedColumns(application)).toEqual(
    expect.arrayContaining([
      { name: "cosell_audit", ...none },
      { name: "estimatedvalue", ...none },
    ]),
  );
  const [ofUser = "", ofTeam = ""] = profiles;
  records.seed("systemuserprofilescollection", { systemuserid: application, fieldsecurityprofileid: ofUser });
  const teamid = records.seed("teams", { name: "Relays" });
  records.seed("teammemberships", { systemuserid: application, teamid });
  records.seed("teamprofilescollection", { teamid, fieldsecurityprofileid: ofTeam });
  expect(await environment.securedColumns(application)).toEqual(
    expect.arrayContaining([
      { name: "cosell_audit", ...some },
      { name: "estimatedvalue", ...some },
    ]),
  );
  simulator.settings.securedColumns = [];
});
