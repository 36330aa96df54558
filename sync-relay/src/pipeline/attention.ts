import type { AuditEntry } from "../core/audit-entry";
import { RelayError } from "../core/errors";
import { sectionChanges } from "../core/section";
import { withOpportunity } from "../core/seen-opportunity";
import { auditLine, withAuditLine } from "../core/text/audit-line";
import { say, type MessageId } from "../core/text/messages";
import type { CoSellSection, Opportunity } from "../core/opportunity";
import type { SyncStatus } from "../../../solution/schema/sync-status";
import { isPaused } from "./pause";
import { auditEntry, NOTHING_NEXT, type Run, type RunOutcome } from "./run";

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

/** Writing again after a stale version. A row that changes faster than this is told in another run: no event may follow. */
const MAX_TRIES = 3;

/**
 * Writes status and message onto the opportunity, if they are not there already and the seller has not switched the
 * sync off meanwhile. A stale version is no failure: each try starts from the row as it is. Throws CS-1403 when each try was
 * overtaken.
 */
export async function tellSeller(run: Run, tidings: Tidings): Promise<void> {
  run.pair = { ...run.pair, status: tidings.status };
  await writeTidings(run, tidings);
  // Not before: a run that ends because it was overtaken is one more failure in a row.
  run.pair = { ...run.pair, failures: 0 };
}

async function writeTidings(run: Run, tidings: Tidings): Promise<void> {
  let entry: AuditEntry | null = null;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const opportunity = run.pair.crm;
    const changes = changesFor(opportunity, tidings);
    if (opportunity === null || changes === null || (await isPaused(run, "partner-center-to-crm"))) return;
    entry ??= entryOf(run, tidings);
    const section = { ...changes, ...withLine(run, opportunity, entry) };
    const written = await run.parts.crm.update(opportunity.id, opportunity.version, { values: {}, section });
    if (written.kind === "written") {
      run.pair = { ...run.pair, crm: written.opportunity };
      if (entry !== null) run.audit.push(entry);
    }
    if (written.kind !== "stale" || !(await reread(run, opportunity.id))) return;
  }
  throw new RelayError("CS-1403");
}

/** Null when there is nothing to write. */
function changesFor(opportunity: Opportunity | null, { status, message }: Tidings): Partial<CoSellSection> | null {
  if (opportunity === null || !opportunity.section.syncOn) return null;
  const changes = sectionChanges(opportunity.section, { syncStatus: status, syncMessage: message });
  return Object.keys(changes).length === 0 ? null : changes;
}

function entryOf(run: Run, { reason }: Tidings): AuditEntry | null {
  if (reason === null) return null;
  return auditEntry(run, { direction: "crm-to-partner-center", action: "attention", result: "held", reason });
}

function withLine(run: Run, { section }: Opportunity, entry: AuditEntry | null): Partial<CoSellSection> {
  if (entry === null) return {};
  return { audit: withAuditLine(section.audit, auditLine(entry, run.parts.rules.language)) };
}

/** False when the opportunity is gone. */
async function reread(run: Run, opportunityId: string): Promise<boolean> {
  const read = await run.parts.crm.read(opportunityId);
  if (read.kind === "found") run.pair = withOpportunity(run.pair, read.opportunity);
  return read.kind === "found";
}
