import { environmentVariables, type EnvironmentVariableRole } from "../../../../solution/schema/environment-variables";
import type { CrmEnvironment, CrmVariable } from "../../ports/crm-environment";
import { finding, type Finding } from "./area";
import type { DoctorAddresses } from "./doctor-parts";
import { looked } from "./single-check";

const variablesThere = { en: "the environment variables", fr: "les variables d’environnement" };

export interface VariablesCheck {
  readonly findings: readonly Finding[];
  /** Name and value of each, for whoever asks. */
  readonly shown: readonly string[];
}

interface Looking {
  readonly environment: Pick<CrmEnvironment, "variables">;
  readonly addresses: Pick<DoctorAddresses, "public" | "referralLink">;
  /** Version of the solution that has them. */
  readonly wanted: string;
}

/** Whether the environment variables of the solution are there, and say what the relay's settings say. */
export async function checkVariables({ environment, addresses, wanted }: Looking): Promise<VariablesCheck> {
  const seen = await looked(variablesThere, () => environment.variables());
  if (seen.kind === "not-checked") return { findings: seen.findings, shown: [] };
  const roles = Object.keys(environmentVariables) as EnvironmentVariableRole[];
  const valueOf = (role: EnvironmentVariableRole): CrmVariable | undefined =>
    seen.value.find(({ name }) => name === environmentVariables[role].schemaName);
  const missing = roles
    .filter((role) => valueOf(role) === undefined)
    .map((role) => environmentVariables[role].schemaName);
  // The support address is only for people: it is nobody's duty to give one.
  const wishes = { relayAddress: addresses.public, referralLink: addresses.referralLink } as const;
  return {
    findings: [
      ...(missing.length === 0 ? [] : [finding("variable-missing", { names: missing.join(", "), wanted })]),
      ...valueFindings("relayAddress", { found: valueOf("relayAddress"), right: wishes.relayAddress }),
      ...valueFindings("referralLink", { found: valueOf("referralLink"), right: wishes.referralLink }),
    ],
    shown: seen.value.map(({ name, value }) => `${name} = ${value ?? "–"}`).sort(),
  };
}

/** `right` is what the relay's own settings say; null when they say nothing. */
function valueFindings(
  role: EnvironmentVariableRole,
  { found, right }: { readonly found: CrmVariable | undefined; readonly right: string | null },
): readonly Finding[] {
  if (found === undefined || right === null) return [];
  const { schemaName: name, labels: label } = environmentVariables[role];
  if (found.value === null) return [finding("variable-unset", { name, label, right })];
  if (sameAddress(found.value, right)) return [];
  return [finding("variable-differs", { name, label, found: found.value, right })];
}

/** Addresses are the same however their host is spelled, and with or without a slash at the end. */
function sameAddress(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(address: string): string {
  const text = address.trim().replace(/\/+$/, "");
  const [, origin = "", rest = ""] = /^([a-z]+:\/\/[^/]*)(.*)$/i.exec(text) ?? [];
  return origin === "" ? text : origin.toLowerCase() + rest;
}
