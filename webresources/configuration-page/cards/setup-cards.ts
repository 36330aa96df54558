// The cards of what is installed and set: solution, environment variables, relay, products.

import {
  environmentVariables,
  REFERRAL_ID_PLACE,
  type EnvironmentVariableRole,
} from "../../../solution/schema/environment-variables";
import { solutionUniqueName } from "../../../solution/schema/publisher";
import { packageNames } from "../../../solution/schema/solution-packages";
import { solutionTable } from "../../../solution/schema/solution-table";
import { bodyOf, labelOf, whenSeen, type CardBody, type Remark, type Wording } from "../card";
import { LIVENESS_ANSWER, LIVENESS_PATH, relayAddressOf } from "../checks/ask-relay";
import type { Findings, InstalledSolution, VariableValues } from "../findings";

export function solutionBody({ solutions }: Findings, wording: Wording): CardBody {
  return whenSeen(solutions, wording.texts, (installed) => bodyOf(solutionRemarks(installed, wording)));
}

function solutionRemarks(installed: readonly InstalledSolution[], wording: Wording): readonly Remark[] {
  const { texts } = wording;
  const main = mainSolution(installed);
  if (main === undefined) {
    return [{ state: "todo", line: texts("solutionMissing", { name: solutionName(solutionUniqueName, wording) }) }];
  }
  return [main, ...installed.filter((solution) => solution !== main)].reduce<readonly Remark[]>(
    (remarks, { uniqueName, version, installedOn, isManaged }) => {
      const name = solutionName(uniqueName, wording);
      const differs = version !== main.version;
      const line = differs
        ? texts("solutionOther", { name, version, main: main.version })
        : texts("solutionVersion", { name, version, date: wording.date(installedOn) });
      const unmanaged: Remark = { state: "info", line: texts("solutionUnmanaged", { name }) };
      return [...remarks, { state: differs ? "todo" : "good", line }, ...(isManaged ? [] : [unmanaged])];
    },
    [],
  );
}

/** The solution that the others stand on. */
export function mainSolution(installed: readonly InstalledSolution[]): InstalledSolution | undefined {
  return installed.find(({ uniqueName }) => uniqueName === solutionUniqueName);
}

/** A solution's name as the list of solutions shows it, as far as the schema says it. */
function solutionName(uniqueName: string, wording: Wording): string {
  const key = (Object.keys(packageNames) as readonly (keyof typeof packageNames)[]).find(
    (one) => packageNames[one].uniqueName === uniqueName,
  );
  return key === undefined ? uniqueName : labelOf(wording, packageNames[key].labels);
}

const variableRoles = Object.keys(environmentVariables) as readonly EnvironmentVariableRole[];

export function variablesBody({ variables }: Findings, wording: Wording): CardBody {
  const { texts } = wording;
  return whenSeen(variables, texts, (values) => {
    const problem = variableProblem(values);
    const lines = problem === undefined ? [] : [variableLine(problem, wording)];
    const rows = variableRoles.map((role) => [variableName(role, wording), shownValue(values, role, wording)] as const);
    if (problem !== undefined && problem.kind === "missing") return { state: "todo", lines };
    return { state: problem === undefined ? "good" : "todo", lines, rows };
  });
}

function shownValue(values: VariableValues, role: EnvironmentVariableRole, { texts }: Wording): string {
  const variable = values[role];
  if (variable === undefined || variable.value === null) return texts("variableUnset");
  return variable.isDefault ? texts("variableDefault", { value: variable.value }) : variable.value;
}

/** What is wrong with the values; the support address is nobody's duty. */
export type VariableProblem =
  | { readonly kind: "missing" }
  | { readonly kind: "needed" | "no-address" | "no-place"; readonly role: EnvironmentVariableRole };

export function variableProblem(values: VariableValues): VariableProblem | undefined {
  const { relayAddress, referralLink } = values;
  if (relayAddress === undefined || referralLink === undefined) return { kind: "missing" };
  if (relayAddress.value === null) return { kind: "needed", role: "relayAddress" };
  if (relayAddressOf(relayAddress.value) === null) return { kind: "no-address", role: "relayAddress" };
  const link = referralLink.value;
  return link === null || link.indexOf(REFERRAL_ID_PLACE) < 0 ? { kind: "no-place", role: "referralLink" } : undefined;
}

function variableLine(problem: VariableProblem, wording: Wording): string {
  const { texts } = wording;
  if (problem.kind === "missing") return texts("variablesMissing");
  const name = variableName(problem.role, wording);
  if (problem.kind === "needed") return texts("variableNeeded", { name });
  return problem.kind === "no-address"
    ? texts("variableNoAddress", { name })
    : texts("variableNoPlace", { name, place: REFERRAL_ID_PLACE });
}

export function variableName(role: EnvironmentVariableRole, wording: Wording): string {
  return labelOf(wording, environmentVariables[role].labels);
}

export function relayBody({ relay, variables }: Findings, { texts }: Wording): CardBody {
  if (relay === undefined) return { state: "loading", lines: [texts("checking")] };
  if (relay.kind === "no-address") {
    const isUnseen = variables !== undefined && variables.kind !== "seen";
    // An address that cannot be seen may well be set.
    return isUnseen
      ? { state: "unknown", lines: [texts("relayAddressUnseen")] }
      : { state: "todo", lines: [texts("relayNoAddress")] };
  }
  const { address } = relay;
  const links = [
    { text: texts("relayLink", { address: `${address}${LIVENESS_PATH}` }), href: address + LIVENESS_PATH },
  ];
  const howToCheck = texts("relayHowToCheck", { expected: LIVENESS_ANSWER });
  switch (relay.kind) {
    case "alive":
      return { state: "good", lines: [texts("relayAnswers", { address })] };
    case "other":
      return { state: "todo", lines: [texts("relayOther", { address })], links };
    case "hidden":
      return { state: "unknown", lines: [texts("relayHidden", { address }), howToCheck], links };
    case "unseen":
      return { state: "unknown", lines: [texts("relayUnseen", { address }), howToCheck], links };
  }
}

export function productsBody({ products }: Findings, wording: Wording): CardBody {
  const { texts } = wording;
  return whenSeen(products, texts, ({ count, isAtLeast }) => {
    if (count === 0) {
      return { state: "info", lines: [texts("productsNone", { table: labelOf(wording, solutionTable.labels) })] };
    }
    return { state: "good", lines: [texts(isAtLeast ? "productsMany" : "productsSome", { count })] };
  });
}
