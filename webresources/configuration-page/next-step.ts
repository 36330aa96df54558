import { columnSecuritySolution } from "../../solution/schema/column-security";
import { environmentVariables } from "../../solution/schema/environment-variables";
import { publisher } from "../../solution/schema/publisher";
import { labelOf, type CardLink, type Wording } from "./card";
import { humanRelay, profileName, roleName } from "./cards/security-cards";
import { mainSolution, relayBody, variableName, variableProblem } from "./cards/setup-cards";
import { attentionLink, relayAddressIn, syncColumnName, webhookProblems } from "./cards/sync-cards";
import type { Findings } from "./findings";
import { linkProblem } from "./sync-facts";
import type { Seen } from "./web-api";

/** What to do next: the first thing without which the rest is of no use. */
export interface NextStep {
  readonly text: string;
  readonly link?: CardLink;
}

type Step = (findings: Findings, wording: Wording) => NextStep | undefined;

/** In the order in which they are done; what cannot be seen asks for nothing. */
const steps: readonly Step[] = [
  solutionStep,
  variableStep,
  relayRoleStep,
  relayProfileStep,
  webhookStep,
  relayStep,
  versionStep,
  readerProfileStep,
  columnSecurityStep,
  attentionStep,
  linkStep,
  sellerRoleStep,
  shareStep,
];

/** Number of things that are found out. */
const FINDINGS = 12;

export function nextStepOf(findings: Findings, wording: Wording): NextStep {
  const { texts } = wording;
  // A step that comes first must not be overtaken because its answer is late.
  if (Object.keys(findings).length < FINDINGS) return { text: texts("nextWait") };
  for (const step of steps) {
    const next = step(findings, wording);
    if (next !== undefined) return next;
  }
  return lastStep(findings, wording);
}

/** What is left when nothing is known to be missing: what cannot be seen is not called well. */
function lastStep({ relay, ...answers }: Findings, wording: Wording): NextStep {
  const { texts } = wording;
  const seen = Object.keys(answers).map((key) => answers[key as keyof typeof answers]);
  // An administrator would meet the same fault: only a missing privilege is mended by asking one.
  if (seen.some((answer) => isFault(answer))) return { text: texts("nextAgain") };
  if (!seen.every((answer) => answer !== undefined && answer.kind === "seen")) return { text: texts("nextUnknown") };
  if (relay === undefined || relay.kind === "alive") return { text: texts("nextNothing") };
  const [link] = relayBody({ relay }, wording).links || [];
  return { text: texts("nextRelaySure"), ...(link === undefined ? {} : { link }) };
}

/** What was seen; undefined when it was not. */
function seenOf<T>(seen: Seen<T> | undefined): T | undefined {
  return seen !== undefined && seen.kind === "seen" ? seen.value : undefined;
}

function isFault(answer: Seen<unknown> | undefined): boolean {
  return answer !== undefined && answer.kind !== "seen" && answer.kind !== "not-allowed";
}

function solutionStep({ solutions }: Findings, wording: Wording): NextStep | undefined {
  const installed = seenOf(solutions);
  if (installed === undefined || mainSolution(installed) !== undefined) return undefined;
  return { text: wording.texts("nextSolution", { name: labelOf(wording, publisher.labels) }) };
}

function versionStep({ solutions }: Findings, { texts }: Wording): NextStep | undefined {
  const installed = seenOf(solutions) || [];
  const main = mainSolution(installed);
  if (main === undefined || installed.every(({ version }) => version === main.version)) return undefined;
  return { text: texts("nextVersions") };
}

function variableStep({ variables }: Findings, wording: Wording): NextStep | undefined {
  const values = seenOf(variables);
  const problem = values === undefined ? undefined : variableProblem(values);
  if (problem === undefined) return undefined;
  const { texts } = wording;
  if (problem.kind === "missing") return { text: texts("nextSolution", { name: labelOf(wording, publisher.labels) }) };
  const name = variableName(problem.role, wording);
  return { text: texts(problem.kind === "needed" ? "nextAddress" : "nextVariable", { name }) };
}

function relayRoleStep({ relayRole }: Findings, wording: Wording): NextStep | undefined {
  const assigned = seenOf(relayRole);
  if (assigned === undefined) return undefined;
  const role = roleName("relay", wording);
  const who = humanRelay(assigned);
  if (who !== undefined) return { text: wording.texts("nextRoleHuman", { role, who }) };
  if (assigned.users.length + assigned.teams.length > 0) return undefined;
  return { text: wording.texts("nextRole", { role }) };
}

function sellerRoleStep({ sellerRole }: Findings, wording: Wording): NextStep | undefined {
  const assigned = seenOf(sellerRole);
  if (assigned === undefined || assigned.users.length + assigned.teams.length > 0) return undefined;
  return { text: wording.texts("nextSeller", { role: roleName("seller", wording) }) };
}

/** Whether column security locks anything, so that its profiles matter. */
function isLocked({ lockedColumns }: Findings): boolean {
  const columns = seenOf(lockedColumns);
  return columns !== undefined && columns.locked > 0;
}

function relayProfileStep(findings: Findings, { texts }: Wording): NextStep | undefined {
  if (!isLocked(findings) || seenOf(findings.relayProfile) !== "empty") return undefined;
  return { text: texts("nextProfileRelay", { profile: profileName("relay") }) };
}

function readerProfileStep(findings: Findings, { texts }: Wording): NextStep | undefined {
  if (!isLocked(findings) || seenOf(findings.readerProfile) !== "empty") return undefined;
  return { text: texts("nextProfileReader", { profile: profileName("seller") }) };
}

function columnSecurityStep(findings: Findings, wording: Wording): NextStep | undefined {
  const columns = seenOf(findings.lockedColumns);
  if (columns === undefined || columns.locked === 0) return undefined;
  const profiles = [seenOf(findings.relayProfile), seenOf(findings.readerProfile)];
  if (columns.locked === columns.all && profiles.indexOf("missing") < 0) return undefined;
  return { text: wording.texts("nextSecurity", { name: labelOf(wording, columnSecuritySolution.labels) }) };
}

function webhookStep(findings: Findings, wording: Wording): NextStep | undefined {
  const webhook = seenOf(findings.webhook);
  if (webhook === undefined) return undefined;
  if (webhook === null) return { text: wording.texts("nextWebhook") };
  if (webhookProblems(webhook, relayAddressIn(findings), wording).length === 0) return undefined;
  return { text: wording.texts("nextWebhookRepair") };
}

function relayStep({ relay }: Findings, { texts }: Wording): NextStep | undefined {
  return relay !== undefined && relay.kind === "other" ? { text: texts("nextRelay") } : undefined;
}

function attentionStep({ counts }: Findings, wording: Wording): NextStep | undefined {
  const seen = seenOf(counts);
  if (seen === undefined || seen === "too-many" || !seen.has("needs-attention")) return undefined;
  return { text: wording.texts("nextAttention"), link: attentionLink(wording) };
}

function linkStep(findings: Findings, wording: Wording): NextStep | undefined {
  if (!linkProblem(findings)) return undefined;
  const name = labelOf(wording, environmentVariables.referralLink.labels);
  return { text: wording.texts("nextLink", { name }) };
}

function shareStep({ lastSynced }: Findings, wording: Wording): NextStep | undefined {
  if (seenOf(lastSynced) !== null) return undefined;
  return { text: wording.texts("nextShare", { column: syncColumnName(wording) }) };
}
