import type { JsonObject } from "../../core/json";
import type { SecuredColumn } from "../../ports/crm-environment";
import { bodyOf, rowsIn, rowsOf, textIn, textsIn } from "./answer-rows";
import type { WebApi } from "./web-api";

/** What a column permission says where it allows; 0 is where it does not. */
const ALLOWED = 4;
/** More teams than any application user is in; each costs a call. */
const MOST_TEAMS = 50;

/** Names of the privileges that a user has, through roles of its own and of its teams. */
export async function readPrivileges(api: WebApi, userId: string): Promise<readonly string[]> {
  const address = `systemusers(${userId})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`;
  return textsIn(rowsIn((await bodyOf(api, "privileges", address))["RolePrivileges"]), "PrivilegeName");
}

/** The columns of the opportunity that column security locks, and what a user's profiles allow of each. */
export async function readColumnSecurity(api: WebApi, userId: string): Promise<readonly SecuredColumn[]> {
  const columns = "EntityDefinitions(LogicalName='opportunity')/Attributes";
  const address = `${columns}?$select=LogicalName,IsSecured&$filter=IsSecured%20eq%20true`;
  const found = rowsIn((await bodyOf(api, "secured-columns", address))["value"]);
  const secured = textsIn(
    found.filter((row) => row["IsSecured"] === true),
    "LogicalName",
  );
  if (secured.length === 0) return [];
  const profiles = await profilesOf(api, userId);
  const permissions = await rowsOf(api, {
    op: "column-permissions",
    table: "fieldpermissions",
    select: ["attributelogicalname", "canread", "cancreate", "canupdate", "_fieldsecurityprofileid_value"],
    filter: "entityname eq 'opportunity'",
  });
  const own = permissions.filter((row) => profiles.has(textIn(row, "_fieldsecurityprofileid_value") ?? ""));
  return secured.map((name) => accessTo(name, own));
}

/** What any of the profiles allows is allowed. */
function accessTo(name: string, permissions: readonly JsonObject[]): SecuredColumn {
  const rows = permissions.filter((row) => row["attributelogicalname"] === name);
  const may = (column: string): boolean => rows.some((row) => row[column] === ALLOWED);
  return { name, mayRead: may("canread"), mayCreate: may("cancreate"), mayUpdate: may("canupdate") };
}

/** Ids of the column security profiles of a user and of the teams that it is in. */
async function profilesOf(api: WebApi, userId: string): Promise<ReadonlySet<string>> {
  const select = ["fieldsecurityprofileid"];
  const idsIn = async (table: string): Promise<readonly string[]> =>
    textsIn(await rowsOf(api, { op: "column-profiles", table, select }), "fieldsecurityprofileid");
  const teams = await rowsOf(api, {
    op: "teams",
    table: `systemusers(${userId})/teammembership_association`,
    select: ["teamid"],
    top: MOST_TEAMS,
  });
  const ids = [...(await idsIn(`systemusers(${userId})/systemuserprofiles_association`))];
  for (const team of textsIn(teams, "teamid")) ids.push(...(await idsIn(`teams(${team})/teamprofiles_association`)));
  return new Set(ids);
}
