import type { JsonObject } from "../../../src/core/json";
import { badRequest } from "../dataverse-error";
import { environmentIds, type Environment } from "../environment";
import { isAdministrator, roleIds } from "./privileges";
import type { ResourceAddress } from "./resource-path";

/** `RetrieveUserPrivileges` of a user: what its roles grant. How far a privilege reaches makes no difference here. */
export function retrieveUserPrivileges(environment: Environment, { segments: [user] }: ResourceAddress): JsonObject {
  if (user?.name !== "systemusers" || user.key === null) throw badRequest("The function is bound to one user.");
  const roles = roleIds(environment, user.key.toLowerCase());
  const { store } = environment;
  const granted = new Set(
    store
      .list("roleprivileges")
      .filter(({ values: { roleid } }) => roles.some((id) => id === roleid))
      .map(({ values: { privilegeid } }) => privilegeid),
  );
  const all = isAdministrator(environment, roles);
  const privileges = store.list("privilege").filter(({ id }) => all || granted.has(id));
  return {
    "@odata.context": `${environment.apiUrl()}/$metadata#Microsoft.Dynamics.CRM.RetrieveUserPrivilegesResponse`,
    RolePrivileges: privileges.map(({ id, values }) => ({
      Depth: "Global",
      PrivilegeId: id,
      BusinessUnitId: environmentIds.businessUnit,
      PrivilegeName: values["name"] ?? null,
    })),
  };
}
