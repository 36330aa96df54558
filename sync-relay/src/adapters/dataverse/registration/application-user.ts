import { relayRoleName } from "../../../../../solution/schema/webhook-steps";
import type { JsonObject } from "../../../core/json";
import type { AdminApi } from "./admin-api";
import { rowText } from "./row-text";
import { keep, NEW_USER, type PlannedChange } from "./planned-change";

/** Whether the relay's user can be set up: the role comes with the solution. */
export type UserPlan =
  | { readonly kind: "planned"; readonly changes: readonly PlannedChange[] }
  | { readonly kind: "no-role"; readonly role: string };

/** The application user and its role as they are, and what has to be done. */
export async function planApplicationUser(
  api: AdminApi,
  who: { readonly clientId: string; readonly businessUnitId: string },
): Promise<UserPlan> {
  const [user = null] = await api.list(
    `systemusers?$select=systemuserid,isdisabled,_businessunitid_value&$filter=applicationid eq ${who.clientId}`,
  );
  const unit = user === null ? who.businessUnitId : rowText(user["_businessunitid_value"]);
  // A role exists once in every business unit, and a user takes only the ones of the own unit.
  const [role] = await api.list(
    `roles?$select=roleid,name&$filter=name eq '${relayRoleName}' and _businessunitid_value eq ${unit}`,
  );
  const roleId = role?.["roleid"];
  if (typeof roleId !== "string") return { kind: "no-role", role: relayRoleName };
  return { kind: "planned", changes: [planUser(user, { ...who, unit }), await planRole(api, user, roleId)] };
}

function planUser(user: JsonObject | null, who: { readonly clientId: string; readonly unit: string }): PlannedChange {
  const part = { kind: "application-user" } as const;
  if (user === null) {
    const body = { applicationid: who.clientId, "businessunitid@odata.bind": `/businessunits(${who.unit})` };
    return { part, action: "create", differences: [], call: { method: "POST", path: "systemusers", body } };
  }
  if (user["isdisabled"] !== true) return keep(part);
  const path = `systemusers(${rowText(user["systemuserid"])})`;
  const call = { method: "PATCH", path, body: { isdisabled: false }, headers: { "If-Match": "*" } } as const;
  return { part, action: "update", differences: ["isdisabled: true → false"], call };
}

async function planRole(api: AdminApi, user: JsonObject | null, roleId: string): Promise<PlannedChange> {
  const part = { kind: "role", name: relayRoleName } as const;
  const userId = typeof user?.["systemuserid"] === "string" ? user["systemuserid"] : null;
  const has =
    userId === null ? [] : await api.list(`systemusers(${userId})/systemuserroles_association?$select=roleid`);
  if (has.some((one) => one["roleid"] === roleId)) return keep(part);
  const path = `systemusers(${userId ?? NEW_USER})/systemuserroles_association/$ref`;
  const body = { "@odata.id": api.address(`roles(${roleId})`) };
  return { part, action: "create", differences: [], call: { method: "POST", path, body } };
}
