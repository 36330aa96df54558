import { opportunityColumns } from "../../../solution/schema/opportunity-columns";
import { namedRoles } from "./field-names";
import type { Columns, HostState, Role } from "./host-state";
import type { Say, StringId } from "./strings";

/** Whether a field may be changed: by nobody on any form, not here and now, or not any more. */
export type Access = "editable" | "read-only" | "locked" | "masked";

/** What every field of the section has. */
export interface Field {
  readonly role: Role;
  readonly label: string;
  readonly access: Access;
  /** What the seller should know: why a field is locked, or before a choice what it means. */
  readonly note: string | null;
  readonly error: string | null;
}

/** What the section itself has to say about a field. */
export interface FieldRules {
  /** Why the field cannot be changed any more; null when it can. */
  readonly locked: string | null;
  /** Said as long as the field can be changed, or always when the relay writes it. */
  readonly note: string | null;
}

interface Place {
  readonly host: HostState;
  readonly columns: Columns;
  readonly say: Say;
}

export function fieldState(role: Role, { host, columns, say }: Place, { locked, note }: FieldRules): Field {
  const column = columns[role];
  const access = accessOf(role, host, {
    readable: column.readable,
    editable: column.editable,
    locked: locked !== null,
  });
  const byRelay = opportunityColumns[role].writer === "relay";
  const said = access === "editable" || byRelay ? note : null;
  return {
    role,
    label: column.label ?? say(`${role}_name` satisfies StringId),
    access,
    note: access === "locked" ? locked : said,
    error: access === "masked" ? null : column.error,
  };
}

interface Rights {
  readonly readable: boolean;
  readonly editable: boolean;
  readonly locked: boolean;
}

function accessOf(role: Role, host: HostState, { readable, editable, locked }: Rights): Access {
  if (!readable) return "masked";
  if (opportunityColumns[role].writer === "relay") return "read-only";
  if (locked) return "locked";
  return host.disabled || !editable || namedRoles(host.disabledFields).has(role) ? "read-only" : "editable";
}
