import { opportunityColumns } from "../../../solution/schema/opportunity-columns";
import type { Role } from "./host-state";

/** Roles of the columns that the section can show, in the order of the section. */
export const shownRoles = [
  "sync",
  "help",
  "visible",
  "products",
  "referralId",
  "referralLink",
  "audit",
  "syncStatus",
  "syncMessage",
  "lastSyncedOn",
  "referralStatus",
  "expiresOn",
  "microsoftCrmId",
] as const satisfies readonly Role[];

/**
 * Roles named in a customiser's list. Property names and logical names of the columns both count, whatever their case;
 * other words are ignored, so that a list may name fields of a later version.
 */
export function namedRoles(list: string): ReadonlySet<Role> {
  const names = new Set(list.toLowerCase().split(/[\s,;]+/));
  return new Set(
    shownRoles.filter((role) => names.has(role.toLowerCase()) || names.has(opportunityColumns[role].logicalName)),
  );
}
