import type { RelayError } from "../../core/errors";
import { toRelayError } from "../../core/errors";
import type { CrmUser } from "../../ports/crm-environment";
import { relayRoleName } from "../../../../solution/schema/webhook-steps";
import { phrase, verbatim } from "../phrase";
import { accessFindings } from "./access-check";
import { area, finding, withDetails, type Area, type Finding } from "./area";
import type { DoctorParts } from "./doctor-parts";
import { findingsOf, looked, seenOr, type Looked } from "./single-check";

/** What the authority says of a secret that has expired, and of one that is wrong. */
const SECRET_CODES: Readonly<Record<string, "secret-expired" | "secret-wrong">> = {
  AADSTS7000222: "secret-expired",
  AADSTS7000215: "secret-wrong",
};

const summary = { en: "{host} as “{name}” (role {role})", fr: "{host} en tant que « {name} » (rôle {role})" };

const userId = { en: "user: {items}", fr: "utilisateur : {items}" };
const rolesGiven = { en: "roles: {items}", fr: "rôles : {items}" };

const itsRoles = { en: "the roles of the relay's user", fr: "les rôles de l’utilisateur du relais" };

type Parts = Pick<DoctorParts, "addresses" | "clientId" | "dataverse" | "mapping">;

/** Whether the relay gets into Dataverse, and as whom. */
export async function dataverseArea(parts: Parts): Promise<Area> {
  const { host } = new URL(parts.addresses.dataverse);
  const refused = await signInFindings(parts, host);
  if (refused.length > 0) return area("dataverse", verbatim(host), refused);
  const user = await ownUser(parts, host);
  if (!("name" in user)) return area("dataverse", verbatim(host), [user]);
  const roles = await looked(itsRoles, () => parts.dataverse.environment.rolesOf(user.id));
  const names: readonly string[] = seenOr(roles, []);
  const { environment } = parts.dataverse;
  const map = parts.mapping.kind === "ok" ? parts.mapping.map : null;
  const findings = [
    ...findingsOf(roles, () => userFindings(user, names)),
    ...(lacksRole(user, roles) ? [] : await accessFindings({ environment, user, map })),
  ];
  const role = names.includes(relayRoleName) ? relayRoleName : (names[0] ?? "–");
  const found = area("dataverse", phrase(summary, { host, name: user.name, role }), findings);
  return withDetails(withDetails(found, userId, [user.id]), rolesGiven, names);
}

async function signInFindings({ dataverse, clientId }: Parts, host: string): Promise<readonly Finding[]> {
  try {
    await dataverse.signIn.token();
    return [];
  } catch (thrown) {
    return [signInFinding(toRelayError(thrown), { client: clientId, host })];
  }
}

function signInFinding(error: RelayError, values: { readonly client: string; readonly host: string }): Finding {
  const code = error.details.upstreamCode ?? error.code;
  if (error.code === "CS-1203") return finding("authority-unreachable");
  if (error.code !== "CS-1201") throw error;
  return finding(SECRET_CODES[code] ?? "credential-refused", { code, client: values.client });
}

/** The user, or why there is none. */
async function ownUser({ dataverse, clientId }: Parts, host: string): Promise<CrmUser | Finding> {
  try {
    return await dataverse.environment.ownUser();
  } catch (thrown) {
    const error = toRelayError(thrown);
    if (error.code === "CS-1005") return finding("no-application-user", { client: clientId });
    if (error.code === "CS-1001") return finding("dataverse-unreachable", { host });
    throw error;
  }
}

/** What a user without the role lacks need not be told one by one. */
function lacksRole({ disabled }: CrmUser, roles: Looked<readonly string[]>): boolean {
  return disabled || (roles.kind === "seen" && !roles.value.includes(relayRoleName));
}

function userFindings({ name, disabled }: CrmUser, roles: readonly string[]): readonly Finding[] {
  if (disabled) return [finding("user-disabled", { name })];
  return roles.includes(relayRoleName) ? [] : [finding("role-missing", { name, role: relayRoleName })];
}
