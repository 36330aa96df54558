import { securityRoles } from "../../../solution/schema/security-roles";
import { privilegeActions, privilegeName, type PrivilegeAction } from "./catalogue/privilege-names";
import type { Environment } from "./environment";
import { environmentIds } from "./environment";
import type { RowValues } from "./rows/row";
import { newRowId } from "./rows/row-store";

/** What people in sales work with; everything else they only read. */
const SALES_TABLES: readonly string[] = ["opportunity", "account", "contact", "opportunityclose"];

/**
 * Puts in the privileges of all tables, and gives them to the roles: to the relay's what the solution says, to a
 * salesperson's what such a role has by default. The administrator's has all of them without being asked.
 */
export function seedPrivileges(
  { catalogue }: Environment,
  put: (table: string, id: string, values: RowValues) => void,
) {
  const ids = new Map<string, string>();
  const every = (action: PrivilegeAction, tables: readonly string[]): readonly string[] =>
    tables.map((table) => privilegeName(action, table));
  const tables = catalogue.tables.map(({ name }) => name);
  for (const name of privilegeActions.flatMap((action) => every(action, tables))) {
    if (ids.has(name)) continue;
    ids.set(name, newRowId());
    put("privilege", ids.get(name) ?? "", { name });
  }
  const grant = (roleid: string, names: readonly string[]): void => {
    for (const name of new Set(names)) {
      const privilegeid = ids.get(name);
      if (privilegeid !== undefined) put("roleprivileges", newRowId(), { roleid, privilegeid });
    }
  };
  const shipped = securityRoles.find(({ key }) => key === "relay")?.privileges ?? [];
  grant(
    environmentIds.relayRole,
    shipped.map(({ name }) => name),
  );
  grant(environmentIds.salespersonRole, [
    ...every("Read", tables),
    ...privilegeActions.flatMap((action) => every(action, SALES_TABLES)),
  ]);
}
