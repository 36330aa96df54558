import { environmentIds } from "../../../sync-relay/simulator/dataverse/environment";
import type { DataverseSimulator } from "../../../sync-relay/simulator/dataverse/dataverse-simulator";
import { securityRoles } from "../../../solution/schema/security-roles";
import { aSimulator, call, first } from "./simulated";

const { applicationUser, administratorUser, humanUser } = environmentIds;
const as = (user: string) => ({ authorization: `Bearer ${user}` });

/** A simulator in which a column is secured; the token is the id of the user. */
async function secured(): Promise<{ simulator: DataverseSimulator; id: string; profile: string }> {
  const simulator = await aSimulator({
    settings: { privileges: "checked", securedColumns: ["estimatedvalue"] },
    acceptToken: (token) => ({ userId: token }),
  });
  const id = simulator.records.seed("opportunities", { name: "Deal", estimatedvalue: 100 });
  const profile = simulator.records.seed("fieldsecurityprofiles", { name: "Values" });
  return { simulator, id, profile };
}

const permit = (simulator: DataverseSimulator, profile: string, may: object) =>
  simulator.records.seed("fieldpermissions", {
    entityname: "opportunity",
    attributelogicalname: "estimatedvalue",
    "fieldsecurityprofileid@odata.bind": `/fieldsecurityprofiles(${profile})`,
    ...may,
  });

test("[SD67] a secured column comes empty and is refused, until a profile of the user or of its team allows it", async () => {
  const { simulator, id, profile } = await secured();
  const relay = { headers: as(applicationUser) };
  const read = async (headers = relay.headers) =>
    (await call(simulator, `GET opportunities(${id})?$select=name,estimatedvalue`, { headers })).json;
  const write = (value: number) =>
    call(simulator, `PATCH opportunities(${id})`, { ...relay, body: { estimatedvalue: value } });
  expect(await read()).toMatchObject({ name: "Deal", estimatedvalue: null });
  expect(await read(as(administratorUser))).toMatchObject({ estimatedvalue: 100 });
  const refused = await write(5);
  expect([refused.status, refused.json.error.code]).toEqual([403, "0x8004f508"]);
  const made = await call(simulator, "POST opportunities", { ...relay, body: { name: "X", estimatedvalue: 1 } });
  expect([made.status, made.json.error.code]).toEqual([403, "0x8004f507"]);
  expect((await call(simulator, `PATCH opportunities(${id})`, { ...relay, body: { name: "Y" } })).status).toBe(204);

  permit(simulator, profile, { canread: 4, canupdate: 4 });
  const link = simulator.records.seed("systemuserprofilescollection", {
    systemuserid: applicationUser,
    fieldsecurityprofileid: profile,
  });
  expect((await write(7)).status).toBe(204);
  expect(await read()).toMatchObject({ estimatedvalue: 7 });
  simulator.records.delete("systemuserprofilescollection", link);
  expect(await read()).toMatchObject({ estimatedvalue: null });
  const teamid = simulator.records.seed("teams", { name: "Relays" });
  simulator.records.seed("teammemberships", { systemuserid: applicationUser, teamid });
  simulator.records.seed("teamprofilescollection", { teamid, fieldsecurityprofileid: profile });
  expect(await read()).toMatchObject({ estimatedvalue: 7 });
});

test("[SD67] the definitions say which columns are secured", async () => {
  const { simulator } = await secured();
  const path = "GET EntityDefinitions(LogicalName='opportunity')/Attributes?$select=LogicalName,IsSecured";
  const { json } = await call(simulator, path, { headers: as(humanUser) });
  const names = json.value.filter((row) => row["IsSecured"] === true).map((row) => row["LogicalName"]);
  expect(names).toEqual(["estimatedvalue"]);
});

test("[SD68] a user's privileges and the languages that are switched on are told by their functions", async () => {
  const { simulator } = await secured();
  const relay = { headers: as(applicationUser) };
  const path = `GET systemusers(${applicationUser})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`;
  const answer = (await call(simulator, path, relay)).json as unknown as {
    RolePrivileges: { PrivilegeName: string }[];
  };
  const shipped = securityRoles.find(({ key }) => key === "relay")?.privileges.map(({ name }) => name);
  expect(answer.RolePrivileges.map(({ PrivilegeName }) => PrivilegeName).sort()).toEqual(shipped);
  const languages = await call(simulator, "GET RetrieveProvisionedLanguages()", relay);
  expect(languages.json).toMatchObject({ RetrieveProvisionedLanguages: [1033, 1036] });
  const variables = "environmentvariabledefinitions?$select=schemaname,defaultvalue";
  const values = "$expand=environmentvariabledefinition_environmentvariablevalue($select=value)";
  const listed = await call(simulator, `GET ${variables}&${values}`, { headers: as(administratorUser) });
  expect(first(listed.json.value)).toMatchObject({ environmentvariabledefinition_environmentvariablevalue: [] });
});
