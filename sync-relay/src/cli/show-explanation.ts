import type { AuditEntry } from "../core/audit-entry";
import { isErrorCode } from "../core/errors";
import type { Pair } from "../core/pair";
import { auditLine } from "../core/text/audit-line";
import { fieldName } from "../core/text/field-names";
import { heldMessage, readinessMessage } from "../core/text/seller-message";
import type { ExplainedField, Explanation, SideState } from "../operate/explain";
import { phrase, phraseIn } from "../operate/phrase";
import { shownTime } from "../operate/since";
import { statusLabels } from "../operate/status";
import type { CommandContext } from "./context";
import { errorTexts } from "./texts/error-texts";
import { shownValue } from "./texts/operate-shown";
import { operateTexts as texts } from "./texts/operate-texts";

/** Everything about one deal, in words: who it is, how it stands and why, field by field, and what happened to it. */
export function showExplanation(context: CommandContext, found: Explanation, allFields: boolean): void {
  const { out } = context;
  for (const line of whoLines(context, found)) out.line(line);
  out.line();
  for (const line of standingLines(context, found)) out.line(line);
  out.line();
  showFields(context, found, allFields);
  out.line();
  showEvents(context, found);
  out.line();
  showActions(context, found.audit);
}

const sideWords = { missing: texts.sideMissing, forbidden: texts.sideForbidden, none: texts.sideNone } as const;

function whoLines(context: CommandContext, found: Explanation): readonly string[] {
  const state = (side: SideState): string => (side === "found" ? "" : `: ${context.text(sideWords[side])}`);
  const microsoft = found.pair?.microsoftReferralId ?? null;
  return [
    context.text(texts.explainOpportunity, { id: found.opportunityId ?? "–" }) + state(found.sides.crm),
    context.text(texts.explainReferral, { id: found.referralId ?? "–" }) + state(found.sides.partnerCenter),
    ...(microsoft === null ? [] : [context.text(texts.explainMicrosoft, { id: microsoft })]),
  ];
}

function standingLines(context: CommandContext, found: Explanation): readonly string[] {
  const { opportunity, dueAtMs } = found;
  const lines = [...pairLines(context, found)];
  if (opportunity !== null && !opportunity.section.syncOn) lines.push(context.text(texts.switchedOff));
  lines.push(...decisionLines(context, found));
  if (dueAtMs !== null) lines.push(context.text(texts.dueAt, { at: shownTime(dueAtMs) }));
  return lines;
}

/** What a run would decide now, beside the single fields. */
function decisionLines(context: CommandContext, { pair, decision, issues, fields }: Explanation): readonly string[] {
  const lines = issues.length > 0 ? [readinessMessage(issues, context.language)] : [];
  if (decision === null) return lines;
  const held = heldMessage(decision.held, context.language);
  if (held !== null) lines.push(held);
  if (decision.invite !== null) lines.push(context.text(texts.wouldInvite, { code: decision.invite }));
  if (pair !== null && fields.every(({ verdict }) => verdict === "agrees")) lines.push(context.text(texts.allAgree));
  return lines;
}

function pairLines(context: CommandContext, { pair, opportunity }: Explanation): readonly string[] {
  if (pair === null) return [context.text(texts.notFollowed)];
  const status = phraseIn(context.language, phrase(statusLabels(opportunity?.section.syncStatus ?? pair.status)));
  const message = opportunity?.section.syncMessage ?? null;
  const told = message === null ? texts.shownStatus : texts.shownMessage;
  return [context.text(told, { status, message: message ?? "" }), ...troubleLines(context, pair)];
}

function troubleLines(context: CommandContext, pair: Pair): readonly string[] {
  const lines: string[] = [];
  const because = pair.deadBecause;
  if (because !== null) {
    const meaning = isErrorCode(because) ? context.text(errorTexts[because].meaning) : "";
    lines.push(context.text(texts.deadBecause, { because, meaning }), `→ cosell retry --reason ${because}`);
  }
  if (pair.failures > 0) lines.push(context.text(texts.failing, { count: pair.failures }));
  const sentAtMs = pair.intent?.sentAtMs ?? null;
  if (sentAtMs !== null) lines.push(context.text(texts.createDoubt, { at: shownTime(sentAtMs) }));
  for (const direction of pair.paused) {
    lines.push(context.text(texts.pausedPair, { direction }), `→ cosell resume ${direction}`);
  }
  return lines;
}

/** The fields that do not simply agree, or all of them. */
function showFields(context: CommandContext, { fields }: Explanation, all: boolean): void {
  const shown = fields.filter(({ verdict }) => all || verdict !== "agrees");
  if (shown.length > 0) context.out.table([headOf(context), ...shown.map((field) => rowOf(context, field))]);
  const rest = fields.length - shown.length;
  if (rest > 0) context.out.line(context.text(texts.fieldsAgree, { count: rest }));
}

function headOf(context: CommandContext): readonly string[] {
  const columns = [texts.field, texts.crmColumn, texts.partnerCenterColumn, texts.decidedColumn, texts.verdictColumn];
  return columns.map((column) => context.text(column));
}

function rowOf(context: CommandContext, field: ExplainedField): readonly string[] {
  const { key, crm, partnerCenter, memory, verdict } = field;
  const words =
    typeof verdict === "string" ? context.text(texts[verdict]) : context.text(texts.held, { because: verdict.held });
  const values = [crm, partnerCenter, memory?.decided].map((value) => shownValue(value, context.language));
  return [fieldName(key, context.language), ...values, words];
}

function showEvents(context: CommandContext, { events }: Explanation): void {
  const { out } = context;
  out.line(`${context.text(texts.lastEvents)}:`);
  if (events.length === 0) out.line(`  ${context.text(texts.noEvents)}`);
  out.table(
    events.map(({ event, receivedAtMs, waits }) => [
      " ",
      shownTime(receivedAtMs),
      event.source,
      event.kind,
      context.text(waits ? texts.eventWaits : texts.eventDone),
    ]),
  );
}

function showActions(context: CommandContext, audit: readonly AuditEntry[]): void {
  const { out, language } = context;
  out.line(`${context.text(texts.lastActions)}:`);
  if (audit.length === 0) out.line(`  ${context.text(texts.noEvents)}`);
  for (const entry of audit) {
    out.line(`  ${auditLine(entry, language)}`);
    for (const { field, before, after } of entry.action === "update" ? entry.changes : []) {
      const values = `${shownValue(before, language)} → ${shownValue(after, language)}`;
      out.line(`      ${fieldName(field, language)}: ${values}`);
    }
  }
}
