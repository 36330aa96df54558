// The cards of what happens: webhook and opportunities.

import { viewIds } from "../../../solution/schema/component-ids";
import { environmentVariables } from "../../../solution/schema/environment-variables";
import { opportunityColumns } from "../../../solution/schema/opportunity-columns";
import { syncStatuses } from "../../../solution/schema/sync-status";
import { webhookSteps } from "../../../solution/schema/webhook-steps";
import {
  bodyOf,
  labelOf,
  remarkOn,
  whenSeen,
  type Card,
  type CardBody,
  type CardLink,
  type Remark,
  type Wording,
} from "../card";
import { relayAddressOf } from "../checks/ask-relay";
import { isBelow } from "../checks/read-webhook";
import type { Findings, LastSynced, RegisteredWebhook, StatusCounts } from "../findings";
import { recordPath, viewPath } from "../org-address";
import { linkProblem } from "../sync-facts";

export function webhookBody(findings: Findings, wording: Wording): CardBody {
  const { texts } = wording;
  return whenSeen(findings.webhook, texts, (webhook) => {
    if (webhook === null) return { state: "todo", lines: [texts("webhookMissing")] };
    const problems = webhookProblems(webhook, relayAddressIn(findings), wording);
    if (problems.length > 0) return { state: "todo", lines: [...problems, texts("webhookRepair")] };
    return { state: "good", lines: [texts("webhookComplete", { endpoint: webhook.endpoint })] };
  });
}

/** The relay's address, as far as it is known. */
export function relayAddressIn({ variables }: Findings): string | null {
  const variable = variables !== undefined && variables.kind === "seen" ? variables.value.relayAddress : undefined;
  return variable === undefined ? null : relayAddressOf(variable.value);
}

export function webhookProblems(
  webhook: RegisteredWebhook,
  relayAddress: string | null,
  { texts }: Pick<Wording, "texts">,
): readonly string[] {
  const { endpoint, url } = webhook;
  return [
    ...(webhook.hasSecret ? [] : [texts("webhookNoSecret", { endpoint })]),
    ...(relayAddress === null || isBelow(url, relayAddress) ? [] : [texts("webhookElsewhere", { url })]),
    ...webhookSteps.reduce<readonly string[]>((lines, { message, filteringColumns }) => {
      const step = webhook.steps.find((one) => one.message === message);
      if (step === undefined) return [...lines, texts("webhookStepMissing", { message })];
      if (!step.isEnabled) return [...lines, texts("webhookStepDisabled", { message })];
      const unheard = filteringColumns.filter((name) => step.columns.indexOf(name) < 0);
      // A step without columns listens to all of them.
      if (step.columns.length === 0 || unheard.length === 0) return lines;
      return [...lines, texts("webhookColumnsMissing", { columns: unheard.join(", ") })];
    }, []),
  ];
}

export function syncBody(findings: Findings, wording: Wording): CardBody {
  const { texts } = wording;
  const counts = remarkOn(findings.counts, texts, (value) => countRemarks(value, wording));
  const last = remarkOn(findings.lastSynced, texts, (value) => [lastRemark(value, wording)]);
  const differs: readonly Remark[] = linkProblem(findings)
    ? [
        {
          state: "todo",
          line: texts("syncLinkDiffers", { name: labelOf(wording, environmentVariables.referralLink.labels) }),
        },
      ]
    : [];
  const remarks = [...counts, ...last, ...differs];
  const body = bodyOf(remarks.filter(({ line }, n) => remarks.findIndex((one) => one.line === line) === n));
  const rows = countRows(findings, wording);
  const links = [...attentionLinks(findings, wording), ...lastLinks(findings, wording)];
  return { ...body, ...(rows.length > 0 ? { rows } : {}), ...(links.length > 0 ? { links } : {}) };
}

function countRemarks(counts: StatusCounts, { texts }: Wording): readonly Remark[] {
  if (counts === "too-many") return [{ state: "info", line: texts("syncTooMany") }];
  if (counts.size === 0) return [{ state: "info", line: texts("syncNone") }];
  const attention = counts.get("needs-attention") || 0;
  return [{ state: attention > 0 ? "todo" : "good", line: texts("syncCounted") }];
}

function countRows({ counts }: Findings, wording: Wording): NonNullable<Card["rows"]> {
  if (counts === undefined || counts.kind !== "seen" || counts.value === "too-many") return [];
  const seen = counts.value;
  const shown = syncStatuses.filter(({ name }) => seen.has(name));
  return shown.map(({ name, labels }) => [labelOf(wording, labels), String(seen.get(name))] as const);
}

function lastRemark(last: LastSynced | null, { texts, date }: Wording): Remark {
  if (last === null) return { state: "info", line: texts("syncLastNone") };
  const name = last.name === "" ? texts("syncNameless") : last.name;
  return { state: "good", line: texts("syncLast", { name, date: date(last.on) }) };
}

function attentionLinks({ counts }: Findings, wording: Wording): NonNullable<Card["links"]> {
  if (counts === undefined || counts.kind !== "seen") return [];
  if (counts.value !== "too-many" && !counts.value.has("needs-attention")) return [];
  return [attentionLink(wording)];
}

/** Leads to the view of the opportunities that wait for somebody. */
export function attentionLink({ texts, organisation }: Wording): CardLink {
  return { text: texts("syncView"), href: viewPath(organisation, "opportunity", viewIds.coSellNeedsAttention) };
}

function lastLinks({ lastSynced }: Findings, { texts, organisation }: Wording): NonNullable<Card["links"]> {
  const last = lastSynced !== undefined && lastSynced.kind === "seen" ? lastSynced.value : null;
  if (last === null || last.id === "" || last.name === "") return [];
  return [{ text: texts("syncLastOpen", { name: last.name }), href: recordPath(organisation, "opportunity", last.id) }];
}

/** The switch on the form, in the user's words. */
export function syncColumnName(wording: Wording): string {
  return labelOf(wording, opportunityColumns.sync.labels);
}
