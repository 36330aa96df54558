// Who may do what. A role grants privileges; each read and write needs those of the tables that it touches. How far a
// privilege reaches (own rows, a business unit, all rows) makes no difference here.

import { findNavigation } from "../catalogue/catalogue";
import { privilegeName, type PrivilegeAction } from "../catalogue/privilege-names";
import type { Table } from "../catalogue/table";
import { DataverseError } from "../dataverse-error";
import type { Environment } from "../environment";
import { parseQueryOptions, type QueryOptions } from "../query/query-options";
import { ADMINISTRATOR_ROLE } from "../seed";
import type { ApiRequest } from "./api-message";
import type { ResourceAddress } from "./resource-path";

/** What anybody may ask who has a role: how tables are defined, and which languages there are. */
const FOR_ALL_ROLES: readonly string[] = ["EntityDefinitions", "RetrieveProvisionedLanguages"];

interface Need {
  readonly action: PrivilegeAction;
  readonly table: string;
}

/** Refuses what the user's roles do not allow. */
export function refuseUnprivileged(environment: Environment, request: ApiRequest, address: ResourceAddress): void {
  const set = address.segments[0]?.name;
  if (environment.settings.privileges === "everyone-may" || set === undefined || set === "WhoAmI") return;
  const roles = roleIds(environment, request.userId);
  if (isAdministrator(environment, roles)) return;
  const needs = FOR_ALL_ROLES.includes(set) ? needsOfAnyRole(roles) : needsOf(environment, request, address);
  const missing = needs.find((need) => !grants(environment, roles, need));
  if (missing === undefined) return;
  const who = `Principal user (Id=${request.userId}, type=8, roleCount=${roles.length})`;
  const name = privilegeName(missing.action, missing.table);
  throw new DataverseError({
    status: 403,
    code: "missingPrivilege",
    message: `${who} is missing ${name} privilege (Id=${privilegeId(environment, name)}) for entity '${missing.table}'.`,
  });
}

/** Any role will do; without one, the privilege that the first of them would bring is missing. */
function needsOfAnyRole(roles: readonly string[]): readonly Need[] {
  return roles.length > 0 ? [] : [{ action: "Read", table: "entity" }];
}

/** Whether one of the roles is the one that may everything. */
export function isAdministrator({ store }: Environment, roles: readonly string[]): boolean {
  return roles.some((id) => store.get("role", id)?.values["name"] === ADMINISTRATOR_ROLE);
}

/** The roles of a user. */
export function roleIds({ store }: Environment, userId: string): readonly string[] {
  return store
    .list("systemuserroles")
    .filter((link) => link.values["systemuserid"] === userId)
    .flatMap(({ values: { roleid } }) => (typeof roleid === "string" ? [roleid] : []));
}

function grants(environment: Environment, roles: readonly string[], { action, table }: Need): boolean {
  const id = privilegeId(environment, privilegeName(action, table));
  return environment.store
    .list("roleprivileges")
    .some(({ values: { roleid, privilegeid } }) => privilegeid === id && roles.some((role) => role === roleid));
}

function privilegeId({ store }: Environment, name: string): string {
  return store.find("privilege", { name })[0]?.id ?? "";
}

function needsOf(environment: Environment, request: ApiRequest, address: ResourceAddress): readonly Need[] {
  const [first, second] = address.segments;
  const table = environment.catalogue.bySet(first?.name ?? "");
  if (request.method !== "GET") return [{ action: writeAction(request), table: table.name }];
  const target = second === undefined ? undefined : behind(table, second.name);
  const read: readonly Need[] = [table.name, ...(target ?? [])].map((name) => ({ action: "Read", table: name }));
  if (!address.query.has("$expand") || target !== undefined) return read;
  return [...read, ...expanded(parseQueryOptions(environment, table, address.query))];
}

function writeAction({ method, headers }: ApiRequest): PrivilegeAction {
  if (method === "POST") return "Create";
  if (method === "DELETE") return "Delete";
  return headers.get("if-none-match")?.trim() === "*" ? "Create" : "Write";
}

/** Tables that a navigation property leads to. */
function behind(table: Table, name: string): readonly string[] {
  const one = findNavigation(table, name)?.target.table;
  const many = table.associations[name]?.other ?? table.collections[name]?.table;
  return [one, many].filter((found) => found !== undefined);
}

function expanded({ expand }: QueryOptions): readonly Need[] {
  return expand.flatMap(({ table, options }) => [{ action: "Read" as const, table: table.name }, ...expanded(options)]);
}
