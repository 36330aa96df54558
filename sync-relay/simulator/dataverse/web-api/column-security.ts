// Column security: a secured column comes empty to whoever no profile lets read it, and is refused to whoever no profile
// lets write it. Administrators may everything.

import type { JsonObject } from "../../../src/core/json";
import type { Table } from "../catalogue/table";
import { DataverseError } from "../dataverse-error";
import type { Environment } from "../environment";
import { referenceIn, type Row } from "../rows/row";
import { isAdministrator, roleIds } from "./privileges";

type Access = "canread" | "cancreate" | "canupdate";

/** What a permission says where it allows. */
const ALLOWED = 4;

/** Columns that a user may not read. */
export function hiddenColumns(environment: Environment, table: Table, userId: string): ReadonlySet<string> {
  return new Set(forbidden(environment, { table, userId, access: "canread" }));
}

/** Refuses a write of columns that the user may not write. */
export function refuseSecured(
  environment: Environment,
  write: { readonly table: Table; readonly userId: string; readonly access: Exclude<Access, "canread"> },
  body: JsonObject,
): void {
  const refused = forbidden(environment, write).find((name) => body[name] !== undefined);
  if (refused === undefined) return;
  const doing = write.access === "cancreate" ? "create" : "update";
  throw new DataverseError({
    status: 403,
    code: write.access === "cancreate" ? "securedForCreate" : "securedForUpdate",
    message: `The user does not have ${doing} permissions to a secured field. The requested operation could not be completed. (${refused})`,
  });
}

function forbidden(
  environment: Environment,
  { table, userId, access }: { readonly table: Table; readonly userId: string; readonly access: Access },
): readonly string[] {
  const { settings, store } = environment;
  if (settings.securedColumns.length === 0 || table.name !== "opportunity") return [];
  if (isAdministrator(environment, roleIds(environment, userId))) return [];
  const profiles = profilesOf(environment, userId);
  const allowed = store
    .list("fieldpermission")
    .filter(({ values }) => profiles.has(referenceIn(values["fieldsecurityprofileid"])?.id))
    .filter(({ values }) => values["entityname"] === table.name && values[access] === ALLOWED)
    .map(({ values }) => values["attributelogicalname"]);
  return settings.securedColumns.filter((name) => !allowed.includes(name));
}

function profilesOf({ store }: Environment, userId: string): ReadonlySet<unknown> {
  const ofUser = store.list("systemuserprofiles").filter(({ values }) => values["systemuserid"] === userId);
  const teams = store
    .list("teammembership")
    .filter(({ values }) => values["systemuserid"] === userId)
    .map(({ values }) => values["teamid"]);
  const ofTeams = store.list("teamprofiles").filter(({ values }) => teams.includes(values["teamid"] ?? null));
  return new Set([...ofUser, ...ofTeams].map(({ values }: Row) => values["fieldsecurityprofileid"]));
}
