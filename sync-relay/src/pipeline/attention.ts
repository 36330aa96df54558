import { sectionChanges } from "../core/section";
import { withOpportunity } from "../core/seen-opportunity";
import { auditLine, withAuditLine } from "../core/text/audit-line";
import { say, type MessageId } from "../core/text/messages";
import type { CoSellSection, Opportunity } from "../core/opportunity";
import type { SyncStatus } from "../../../solution/schema/sync-status";
import { NOTHING_NEXT, report, type Run, type RunOutcome } from "./run";

/** Something that only a person can mend: said on the opportunity, once, and nothing else is written. */
export async function attention(
  run: Run,
  message: MessageId,
  values: Readonly<Record<string, string>> = {},
): Promise<RunOutcome> {
  const text = say(run.parts.rules.language, message, values);
  await tellSeller(run, { status: "needs-attention", message: text, reason: message });
  return { outcome: message, next: NOTHING_NEXT };
}

/** What to tell the seller. */
export interface Tidings {
  readonly status: SyncStatus;
  readonly message: string | null;
  /** Reason in the audit entry; null when there is nothing to report. */
  readonly reason: string | null;
}

/** Writes status and message onto the opportunity, if they are not there already. A stale version is no failure. */
export async function tellSeller(run: Run, tidings: Tidings): Promise<void> {
  run.pair = { ...run.pair, status: tidings.status, failures: 0 };
  const opportunity = run.pair.crm;
  if (opportunity === null) return;
  const changes = sectionChanges(opportunity.section, { syncStatus: tidings.status, syncMessage: tidings.message });
  if (Object.keys(changes).length === 0) return;
  await writeSection(run, opportunity, withReport(run, opportunity, { changes, tidings }));
}

function withReport(
  run: Run,
  opportunity: Opportunity,
  told: { readonly changes: Partial<CoSellSection>; readonly tidings: Tidings },
): Partial<CoSellSection> {
  if (told.tidings.reason === null) return told.changes;
  const entry = report(run, {
    direction: "crm-to-partner-center",
    action: "attention",
    result: "held",
    reason: told.tidings.reason,
  });
  const line = auditLine(entry, run.parts.rules.language);
  return { ...told.changes, audit: withAuditLine(opportunity.section.audit, line) };
}

/** One conditional write of section columns. When somebody else was faster, the next event brings it up to date. */
async function writeSection(run: Run, opportunity: Opportunity, section: Partial<CoSellSection>): Promise<void> {
  let current = opportunity;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const written = await run.parts.crm.update(current.id, current.version, { values: {}, section });
    if (written.kind === "written") {
      run.pair = { ...run.pair, crm: written.opportunity };
      return;
    }
    if (written.kind !== "stale") return;
    const read = await run.parts.crm.read(current.id);
    if (read.kind === "missing") return;
    current = read.opportunity;
    run.pair = withOpportunity(run.pair, current);
  }
}

/** Writing again after a stale version; a row that changes faster than this is told at its next event. */
const MAX_TRIES = 3;
