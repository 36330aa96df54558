import { DataverseError } from "../dataverse-error";
import type { Environment } from "../environment";
import { ADMINISTRATOR_ROLE } from "../seed";
import type { ApiRequest } from "./api-message";

/** Sets whose rows only an administrator writes: registrations, users and roles. Everybody with a role may read them. */
const ADMINISTERED: ReadonlySet<string> = new Set([
  "serviceendpoints",
  "sdkmessageprocessingsteps",
  "sdkmessageprocessingstepimages",
  "systemusers",
  "roles",
]);

/** Refuses what the user's roles do not allow. */
export function refuseUnprivileged(environment: Environment, request: ApiRequest, set: string): void {
  if (environment.settings.privileges === "everyone-may" || set === "WhoAmI") return;
  const roles = roleNames(environment, request.userId);
  if (roles.includes(ADMINISTRATOR_ROLE)) return;
  if (roles.length > 0 && (request.method === "GET" || !ADMINISTERED.has(set))) return;
  const does = request.method === "GET" ? "prvRead" : "prvWrite";
  throw new DataverseError({
    status: 403,
    code: "missingPrivilege",
    message: `Principal user (Id=${request.userId}) is missing ${does} privilege on ${set}.`,
  });
}

function roleNames({ store }: Environment, userId: string): readonly unknown[] {
  return store
    .list("systemuserroles")
    .filter((link) => link.values["systemuserid"] === userId)
    .map(({ values: { roleid } }) => (typeof roleid === "string" ? store.get("role", roleid)?.values["name"] : null));
}
