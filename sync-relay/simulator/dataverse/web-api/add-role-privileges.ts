import { isJsonObject, type Json, type JsonObject } from "../../../src/core/json";
import { badRequest } from "../dataverse-error";
import type { Environment } from "../environment";
import { keyedRow } from "./read-rows";
import type { Segment } from "./resource-path";

/** The privilege that lets a user name steps to bypass (prvBypassCustomBusinessLogic). */
const BYPASS_PRIVILEGE = "0ea552b0-a491-4470-9a1b-82068deccf66";

/** Adds privileges to a role. The simulator knows one privilege that makes a difference. */
export function addRolePrivileges(environment: Environment, role: Segment | undefined, body: JsonObject): void {
  if (role?.name !== "roles" || role.key === null) throw badRequest("The action is bound to one role.");
  keyedRow(environment, environment.catalogue.bySet("roles"), role.key);
  const privileges = body["Privileges"];
  if (!Array.isArray(privileges)) throw badRequest("The parameter 'Privileges' is missing.", "badPayload");
  if (privileges.some((one: Json) => isJsonObject(one) && one["PrivilegeId"] === BYPASS_PRIVILEGE)) {
    environment.settings.canBypassSteps = true;
  }
}
