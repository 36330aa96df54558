import { opportunityColumns } from "../../../../solution/schema/opportunity-columns";
import { securityRoles } from "../../../../solution/schema/security-roles";
import { relayRoleName } from "../../../../solution/schema/webhook-steps";
import type { CrmColumns } from "../../core/mapping/crm-column";
import type { FieldMap } from "../../core/mapping/field-map";
import type { CrmEnvironment, CrmUser, SecuredColumn } from "../../ports/crm-environment";
import { finding, type Finding } from "./area";
import { findingsOf, looked } from "./single-check";

// Whether the relay may do what the sync does: what its role grants, what column security leaves of it, and what the
// columns themselves allow.

const privilegesHeld = { en: "the privileges of the relay's user", fr: "les privilèges de l’utilisateur du relais" };
const columnSecurity = { en: "column security of opportunities", fr: "la sécurité des colonnes des opportunités" };

const needed = securityRoles.find(({ key }) => key === "relay")?.privileges ?? [];
const section = Object.values(opportunityColumns);

interface Access {
  readonly environment: Pick<CrmEnvironment, "privilegesOf" | "securedColumns">;
  readonly user: CrmUser;
  /** Null: it cannot be read. */
  readonly map: FieldMap | null;
}

/** What the relay's user may not do of what the sync does. */
export async function accessFindings({ environment, user, map }: Access): Promise<readonly Finding[]> {
  const privileges = await looked(privilegesHeld, () => environment.privilegesOf(user.id));
  const secured = await looked(columnSecurity, () => environment.securedColumns(user.id));
  return [
    ...findingsOf(privileges, (held) => privilegeFindings(user, held)),
    ...findingsOf(secured, (columns) => securedFindings(columns, map)),
  ];
}

function privilegeFindings({ name }: CrmUser, held: readonly string[]): readonly Finding[] {
  const missing = needed.filter((one) => !held.includes(one.name)).map((one) => one.name);
  if (missing.length === 0) return [];
  return [finding("privilege-missing", { name, privileges: missing.join(", "), role: relayRoleName })];
}

/** A column that is hidden from the relay comes empty, without any word that it is not. */
export function securedFindings(secured: readonly SecuredColumn[], map: FieldMap | null): readonly Finding[] {
  const read = new Set([...section.map(({ logicalName }) => logicalName), ...(map?.crmPaths ?? [])]);
  const own = section.filter(({ writer }) => writer === "relay").map(({ logicalName }) => logicalName);
  const created = new Set([...own, ...pathsOf(map, "create")]);
  const updated = new Set([...own, ...pathsOf(map, "update")]);
  const hidden = secured.filter(({ name, mayRead }) => read.has(name) && !mayRead);
  const locked = secured.filter(
    ({ name, mayCreate, mayUpdate }) => (created.has(name) && !mayCreate) || (updated.has(name) && !mayUpdate),
  );
  return [...told("column-hidden", hidden), ...told("column-locked", locked)];
}

function told(id: "column-hidden" | "column-locked", columns: readonly SecuredColumn[]): readonly Finding[] {
  return columns.length === 0 ? [] : [finding(id, { columns: columns.map(({ name }) => name).join(", ") })];
}

/** Columns that the mapping sets and that the environment lets nobody set. */
export function readOnlyFindings(map: FieldMap, columns: CrmColumns): readonly Finding[] {
  const set = (["create", "update"] as const).flatMap((when) =>
    pathsOf(map, when).filter((path) => columns.get(path)?.writable[when] === false),
  );
  return set.length === 0 ? [] : [finding("column-read-only", { columns: [...new Set(set)].join(", ") })];
}

/** Paths that the mapping sets in the CRM. */
export function writtenPaths(map: FieldMap): readonly string[] {
  return [...new Set([...pathsOf(map, "create"), ...pathsOf(map, "update")])];
}

function pathsOf(map: FieldMap | null, when: "create" | "update"): readonly string[] {
  return (map?.toCrm[when] ?? []).map(({ to }) => to);
}
