import type { AuditEntry, FieldChange } from "../core/audit-entry";
import { fieldKeys } from "../core/deal-kind";
import { crmChanges } from "../core/mapping/crm-changes";
import { delivered } from "../core/merge/delivered";
import { readCrm } from "../core/mapping/read-crm";
import { must } from "../core/must";
import type { CoSellSection, Opportunity, OpportunityChanges, Stage } from "../core/opportunity";
import type { Reconciliation } from "../core/reconcile";
import { referralColumns, sectionChanges, standingOf, type Standing } from "../core/section";
import { withOpportunity } from "../core/seen-opportunity";
import { writeShadow } from "../core/shadow-state";
import { auditLine, withAuditLine } from "../core/text/audit-line";
import { say } from "../core/text/messages";
import { noteConflicts, withLost } from "./conflicts";
import { endWithoutOpportunity } from "./opportunity-gone";
import { isPaused } from "./pause";
import type { Progress, RoundEnd } from "./progress";
import { auditEntry, NOTHING_NEXT, type Run } from "./run";
import { intendWrites } from "./write-intent";

/** Writes what the opportunity is to take and to show, in one conditional update. `settled` when nothing is to be written. */
export async function writeOpportunity(run: Run, decision: Reconciliation, progress: Progress): Promise<RoundEnd> {
  const standing = standingNow(run, decision, progress);
  run.pair = { ...run.pair, status: standing.status };
  if (progress.crmReadOnly) return { kind: "settled" };
  const opportunity = must(run.pair.crm, "a linked pair has an opportunity");
  noteConflicts(run, decision, progress);
  const entry = incomingEntry(run, decision, progress);
  const section = newSection(run, opportunity, { decision, standing, entry });
  const changes = opportunityChanges(run, decision, section);
  if (isNothing(changes) || (await isPaused(run, "partner-center-to-crm"))) return { kind: "settled" };
  if (Object.keys(decision.toCrm).length > 0) await intendWrites(run, decision);
  const written = await run.parts.crm.update(opportunity.id, opportunity.version, changes);
  switch (written.kind) {
    case "written":
      confirm(run, decision, { progress, after: written.opportunity, entry });
      return { kind: "again" };
    case "stale":
      return reread(run, opportunity.id);
    case "read-only":
      progress.crmReadOnly = true;
      return { kind: "again" };
    case "missing":
      return { kind: "ended", outcome: endWithoutOpportunity(run) };
  }
}

function standingNow(run: Run, decision: Reconciliation, progress: Progress): Standing {
  const { language } = run.parts.rules;
  if (run.heldBack.size > 0) return { status: "waiting", message: say(language, "paused") };
  if (progress.invitation !== null) return { status: "waiting", message: say(language, "in-doubt") };
  return standingOf(must(run.pair.partnerCenter, "a linked pair has a referral"), decision, language);
}

/** The audit entry of the values that the opportunity takes; null when it takes none. */
function incomingEntry(run: Run, decision: Reconciliation, progress: Progress): AuditEntry | null {
  const changes = Object.entries(decision.toCrm).map(([field, after]): FieldChange => {
    return { field, before: decision.fields[field]?.crm ?? null, after };
  });
  if (changes.length === 0) return null;
  const withLosers = withLost(changes, { ...progress, pending: [...progress.pending] });
  return auditEntry(run, { direction: "partner-center-to-crm", action: "update", result: "done", changes: withLosers });
}

interface Shown {
  readonly decision: Reconciliation;
  readonly standing: Standing;
  readonly entry: AuditEntry | null;
}

/** The section columns that change. Audit, time and shadow come along only with a reason to write. */
function newSection(run: Run, opportunity: Opportunity, shown: Shown): Partial<CoSellSection> {
  const { decision } = shown;
  const { language, linkTemplate } = run.parts.rules;
  const referral = must(run.pair.partnerCenter, "a linked pair has a referral");
  const wanted = sectionChanges(opportunity.section, {
    ...referralColumns(run.pair, referral, linkTemplate),
    syncStatus: shown.standing.status,
    syncMessage: shown.standing.message,
  });
  const entries = [...run.pair.untold, ...(shown.entry === null ? [] : [shown.entry])];
  const burn = run.pair.unconfirmedCrm?.version === opportunity.version;
  if (entries.length === 0 && Object.keys(wanted).length === 0 && !burn) return {};
  const audit = entries.reduce(
    (trail, entry) => withAuditLine(trail, auditLine(entry, language)),
    opportunity.section.audit,
  );
  const now = run.parts.clock.now();
  return {
    ...wanted,
    ...(entries.length > 0 ? { audit } : {}),
    lastSyncedOn: new Date(now).toISOString(),
    // This very write brings the values that the opportunity is to take.
    syncState: writeShadow({ ...run.pair, fields: deliveredTo(run, decision) }, now),
  };
}

function deliveredTo(run: Run, { fields, toCrm }: Reconciliation): Reconciliation["fields"] {
  return delivered(fields, { fields: run.parts.map.fields, side: "crm", sent: toCrm, kept: toCrm });
}

function opportunityChanges(run: Run, decision: Reconciliation, section: Partial<CoSellSection>): OpportunityChanges {
  const opportunity = must(run.pair.crm, "a linked pair has an opportunity");
  const referral = must(run.pair.partnerCenter, "a linked pair has a referral");
  if (Object.keys(decision.toCrm).length === 0) return { values: {}, section };
  const taken = crmChanges(run.parts.map, "update", {
    values: decision.toCrm,
    referral,
    current: opportunity.values,
  });
  const stage = decision.toCrm[fieldKeys.status];
  if (typeof stage !== "string" || taken.stageValue === undefined) return { values: taken.values, section };
  const from = decision.crmValues[fieldKeys.status] ?? "in-progress";
  return {
    values: taken.values,
    section,
    stage: { stage: stage as Stage, from: from as Stage, value: taken.stageValue },
  };
}

function isNothing(changes: OpportunityChanges): boolean {
  const none = Object.keys(changes.values).length === 0 && Object.keys(changes.section).length === 0;
  return none && changes.stage === undefined;
}

interface Confirmed {
  readonly progress: Progress;
  readonly after: Opportunity;
  readonly entry: AuditEntry | null;
}

function confirm(run: Run, decision: Reconciliation, { progress, after, entry }: Confirmed): void {
  const { map } = run.parts;
  const kept = readCrm(map, after.values).values;
  const fields = delivered(decision.fields, { fields: map.fields, side: "crm", sent: decision.toCrm, kept });
  run.pair = { ...run.pair, fields, crm: after, unconfirmedCrm: null, untold: [] };
  for (const field of Object.keys(decision.toCrm)) progress.written.crm.add(field);
  if (entry !== null) {
    run.audit.push(entry);
    progress.pending.length = 0;
  }
}

async function reread(run: Run, opportunityId: string): Promise<RoundEnd> {
  const read = await run.parts.crm.read(opportunityId);
  if (read.kind === "missing") return { kind: "ended", outcome: endWithoutOpportunity(run) };
  run.pair = withOpportunity(run.pair, read.opportunity);
  const switchedOff = !read.opportunity.section.syncOn;
  return switchedOff ? { kind: "ended", outcome: { outcome: "sync-off", next: NOTHING_NEXT } } : { kind: "again" };
}
