import type { JsonObject } from "../../../core/json";
import type { AdminCall } from "./admin-api";

/** A part of what set-up makes in Dataverse. */
export type SetupPart =
  | { readonly kind: "application-user" }
  | { readonly kind: "role"; readonly name: string }
  | { readonly kind: "endpoint"; readonly name: string }
  | { readonly kind: "step"; readonly name: string }
  | { readonly kind: "image"; readonly name: string };

/** What has to be done to a part, with the very call that does it. */
export interface PlannedChange {
  readonly part: SetupPart;
  readonly action: "create" | "update" | "keep" | "delete";
  /** What differs, in the words of Dataverse: `column: old → new`. Never a secret. */
  readonly differences: readonly string[];
  /** Null: nothing is to be done. */
  readonly call: AdminCall | null;
}

/** Where a call names a row that an earlier call of the plan creates. */
export const NEW_USER = "<new application user>";

export function keep(part: SetupPart): PlannedChange {
  return { part, action: "keep", differences: [], call: null };
}

/** A row with an id of the product's own: created when it is not there, else brought to what is wanted. */
export function planRow(row: {
  readonly part: SetupPart;
  readonly set: string;
  readonly idColumn: string;
  readonly id: string;
  readonly found: JsonObject | null;
  /** For a create: everything. */
  readonly wanted: JsonObject;
  /** Columns that differ, with what they become, for an update. */
  readonly changed: JsonObject;
  readonly differences: readonly string[];
}): PlannedChange {
  const { part, set, found, differences } = row;
  if (found === null) {
    const body = { [row.idColumn]: row.id, ...row.wanted };
    return { part, action: "create", differences: [], call: { method: "POST", path: set, body } };
  }
  if (Object.keys(row.changed).length === 0) return keep(part);
  const call: AdminCall = {
    method: "PATCH",
    path: `${set}(${row.id})`,
    body: row.changed,
    // Never makes a new row out of one that somebody deletes meanwhile.
    headers: { "If-Match": "*" },
  };
  return { part, action: "update", differences, call };
}
