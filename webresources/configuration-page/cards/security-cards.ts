// The cards of who may do what: roles and column security.

import {
  columnSecurityProfiles,
  columnSecuritySolution,
  type ColumnSecurityProfile,
} from "../../../solution/schema/column-security";
import { securityRoles, type SecurityRole } from "../../../solution/schema/security-roles";
import { bodyOf, labelOf, remarkOn, type CardBody, type Remark, type Wording } from "../card";
import type { Findings, LockedColumns, ProfileMembers, RoleAssignment } from "../findings";

export function rolesBody(findings: Findings, wording: Wording): CardBody {
  const { relayRole, sellerRole } = findings;
  const remarks = [
    ...remarkOn(relayRole, wording.texts, (assigned) => [relayRoleRemark(assigned, wording)]),
    ...remarkOn(sellerRole, wording.texts, (assigned) => [roleRemark(roleName("seller", wording), assigned, wording)]),
  ];
  return bodyOf(withoutRepeats(remarks));
}

/** Dataverse keeps one name of a role for all languages. */
export function roleName(key: SecurityRole["key"], _wording: Wording): string {
  const role = securityRoles.find((one) => one.key === key);
  return role === undefined ? key : role.labels.en;
}

/** The first who has the relay's role without being an application. */
export function humanRelay({ users }: RoleAssignment): string | undefined {
  const human = users.find(({ isApplication }) => !isApplication);
  return human === undefined ? undefined : human.name;
}

function relayRoleRemark(assigned: RoleAssignment, wording: Wording): Remark {
  const role = roleName("relay", wording);
  const who = humanRelay(assigned);
  if (who === undefined) return roleRemark(role, assigned, wording);
  return { state: "todo", line: wording.texts("roleNotApplication", { role, who }) };
}

function roleRemark(role: string, { exists, users, teams }: RoleAssignment, { texts }: Wording): Remark {
  if (!exists) return { state: "todo", line: texts("roleMissing", { role }) };
  const [user] = users;
  const [team] = teams;
  const others = users.length + teams.length > 1;
  const who = user === undefined ? team : user.name;
  if (who === undefined) return { state: "todo", line: texts("roleUnassigned", { role }) };
  if (others) return { state: "good", line: texts("roleAssignedMore", { role, who }) };
  return { state: "good", line: texts(user === undefined ? "roleAssignedTeam" : "roleAssigned", { role, who }) };
}

export function columnSecurityBody(findings: Findings, wording: Wording): CardBody {
  const { lockedColumns, relayProfile, readerProfile } = findings;
  const { texts } = wording;
  const isOff = lockedColumns !== undefined && lockedColumns.kind === "seen" && lockedColumns.value.locked === 0;
  const locked = remarkOn(lockedColumns, texts, (value) => [lockedRemark(value, wording)]);
  // While nothing is locked, the profiles are not there and nobody needs them.
  if (isOff) return bodyOf(locked);
  const profiles = [
    ...remarkOn(relayProfile, texts, (members) => [profileRemark("relay", members, wording)]),
    ...remarkOn(readerProfile, texts, (members) => [profileRemark("seller", members, wording)]),
  ];
  return bodyOf(withoutRepeats([...locked, ...profiles]));
}

function lockedRemark({ locked, all }: LockedColumns, wording: Wording): Remark {
  const { texts } = wording;
  const name = labelOf(wording, columnSecuritySolution.labels);
  if (locked === 0) return { state: "info", line: texts("securityOff", { name }) };
  if (locked < all) return { state: "todo", line: texts("securityPartly", { count: locked, all, name }) };
  return { state: "good", line: texts("securityOn", { count: locked }) };
}

export function profileName(key: ColumnSecurityProfile["key"]): string {
  const profile = columnSecurityProfiles.find((one) => one.key === key);
  return profile === undefined ? key : profile.labels.en;
}

function profileRemark(key: ColumnSecurityProfile["key"], members: ProfileMembers, { texts }: Wording): Remark {
  const profile = profileName(key);
  if (members === "missing") return { state: "todo", line: texts("profileMissing", { profile }) };
  if (members === "filled") return { state: "good", line: texts("profileFilled", { profile }) };
  return {
    state: "todo",
    line: texts(key === "relay" ? "profileEmptyRelay" : "profileEmptyReader", { profile }),
  };
}

/** Two parts that cannot be seen for one reason say so once. */
function withoutRepeats(remarks: readonly Remark[]): readonly Remark[] {
  return remarks.filter(({ line }, n) => remarks.findIndex((one) => one.line === line) === n);
}
