// Roles and column security: who has them, and what is locked.

import { securedColumns } from "../../../solution/schema/column-security";
import type { LockedColumns, ProfileMembers, RoleAssignment } from "../findings";
import { mapSeen, rowsOf, text, type Row, type Seen, type WebApi } from "../web-api";

/** Names that are shown of those who have a role; there may be thousands. */
const SHOWN = 3;
const USERS = "systemuserroles_association";
const TEAMS = "teamroles_association";

/** A role has a copy in every business unit, and people have the copy of theirs. */
export async function readRole(api: WebApi, roleId: string): Promise<Seen<RoleAssignment>> {
  const address = [
    "roles?$select=roleid",
    `$filter=_parentrootroleid_value eq ${roleId}`,
    `$expand=${USERS}($select=fullname,applicationid;$top=${SHOWN}),${TEAMS}($select=name;$top=${SHOWN})`,
  ].join("&");
  return mapSeen(await api.get(address), (body) => {
    const rows = rowsOf(body);
    return rows === undefined ? undefined : assignmentOf(rows);
  });
}

function assignmentOf(copies: readonly Row[]): RoleAssignment {
  return {
    exists: copies.length > 0,
    users: within(copies, USERS).map((user) => {
      return { name: text(user["fullname"]), isApplication: text(user["applicationid"]) !== "" };
    }),
    teams: within(copies, TEAMS).map((team) => text(team["name"])),
  };
}

/** Rows of a navigation property over all rows. */
function within(rows: readonly Row[], property: string): readonly Row[] {
  return rows.reduce<readonly Row[]>((all, row) => [...all, ...(rowsOf(row, property) || [])], []);
}

export async function readLockedColumns(api: WebApi): Promise<Seen<LockedColumns>> {
  const names = securedColumns.map((name) => `LogicalName eq '${name}'`).join(" or ");
  const address = `EntityDefinitions(LogicalName='opportunity')/Attributes?$select=LogicalName,IsSecured&$filter=${names}`;
  return mapSeen(await api.get(address), (body) => {
    const rows = rowsOf(body);
    if (rows === undefined) return undefined;
    return { locked: rows.filter((row) => row["IsSecured"] === true).length, all: securedColumns.length };
  });
}

const PROFILE_USERS = "systemuserprofiles_association";
const PROFILE_TEAMS = "teamprofiles_association";

export async function readProfile(api: WebApi, profileId: string): Promise<Seen<ProfileMembers>> {
  const address = [
    "fieldsecurityprofiles?$select=name",
    `$filter=fieldsecurityprofileid eq ${profileId}`,
    `$expand=${PROFILE_USERS}($select=systemuserid;$top=1),${PROFILE_TEAMS}($select=teamid;$top=1)`,
  ].join("&");
  return mapSeen(await api.get(address), (body) => {
    const rows = rowsOf(body);
    if (rows === undefined) return undefined;
    if (rows.length === 0) return "missing";
    return within(rows, PROFILE_USERS).length + within(rows, PROFILE_TEAMS).length > 0 ? "filled" : "empty";
  });
}
