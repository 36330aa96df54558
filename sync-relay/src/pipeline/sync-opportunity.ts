// One run of an opportunity: read what may have changed, make it a pair if it is none yet, then reconcile both sides
// until nothing is left to write. Side effects of a pair happen here and nowhere else.

import type { RelayEvent } from "../core/event";
import type { Opportunity } from "../core/opportunity";
import { withOpportunity } from "../core/seen-opportunity";
import { createOpportunity } from "./create-opportunity";
import { createReferral } from "./create-referral";
import { findReferral } from "./find-referral";
import { sidesToRead, type ToRead } from "./observe";
import { readMicrosoft } from "./read-microsoft";
import { readOwnReferral } from "./read-own-referral";
import { reconcilePair } from "./reconcile-pair";
import { endWithoutOpportunity } from "./opportunity-gone";
import { NOTHING_NEXT, report, type Run, type RunOutcome } from "./run";

export async function syncOpportunity(run: Run): Promise<RunOutcome> {
  if (run.pair.opportunityGone) return { outcome: "opportunity-gone", next: NOTHING_NEXT };
  const toRead = sidesToRead(run.pair, run.events);
  if (toRead === null) return { outcome: "echo", next: NOTHING_NEXT };
  run.pair = { ...run.pair, deadBecause: null, unfinished: false, paused: [] };
  if (run.pair.intent?.kind === "create-opportunity") {
    const created = await createOpportunity(run);
    return created ?? continueWith(run, toRead);
  }
  const opportunity = await observeCrm(run, toRead);
  if (opportunity === null) return endWithoutOpportunity(run);
  return continueWith(run, toRead);
}

async function continueWith(run: Run, toRead: ToRead): Promise<RunOutcome> {
  const opportunity = run.pair.crm;
  if (opportunity === null) return endWithoutOpportunity(run);
  if (!opportunity.section.syncOn) return switchedOff(run, toRead);
  const ended = await observeReferral(run, opportunity, toRead);
  if (ended !== null) return ended;
  // Its id alone is known after the store was lost.
  const unknown = run.pair.microsoftReferralId !== null && run.pair.microsoft === null;
  if (toRead.microsoft || unknown) await readMicrosoft(run, eventOnMicrosoft(run));
  return reconcilePair(run);
}

/** Finds, creates or reads the referral, as the case may be. Null when the pair is linked and its referral known. */
async function observeReferral(run: Run, opportunity: Opportunity, toRead: ToRead): Promise<RunOutcome | null> {
  const { referralId, partnerCenter } = run.pair;
  if (referralId !== null) {
    return toRead.partnerCenter || partnerCenter === null ? readOwnReferral(run, referralId) : null;
  }
  const found = await findReferral(run, opportunity);
  if (found.kind === "ended") return found.outcome;
  return found.kind === "none" ? createReferral(run, opportunity) : null;
}

async function observeCrm(run: Run, toRead: ToRead): Promise<Opportunity | null> {
  if (!toRead.crm && run.pair.crm !== null) return run.pair.crm;
  const read = await run.parts.crm.read(run.pair.opportunityId);
  if (read.kind === "missing") return null;
  run.pair = withOpportunity(run.pair, read.opportunity);
  return read.opportunity;
}

/**
 * Nothing is written on either side until the seller says Yes again. The memory of the fields stays, so both sides merge
 * then; the referral is forgotten, because its events come and go unread meanwhile. Only that Microsoft joined is looked
 * at: it must not be invited once more.
 */
async function switchedOff(run: Run, toRead: ToRead): Promise<RunOutcome> {
  const { referralId, microsoftReferralId } = run.pair;
  if (toRead.microsoft && referralId !== null && microsoftReferralId === null) {
    await readMicrosoft(run, eventOnMicrosoft(run));
  }
  if (run.pair.revision > 0 && run.pair.status !== "not-shared") {
    report(run, { direction: null, action: "sync-off", result: "ignored", reason: "sync-off" });
  }
  run.pair = { ...run.pair, status: "not-shared", failures: 0, partnerCenter: null };
  return { outcome: "sync-off", next: NOTHING_NEXT };
}

function eventOnMicrosoft(run: Run): RelayEvent | null {
  return (
    run.events.find((event) => !event.kind.startsWith("opportunity") && event.recordId !== run.pair.referralId) ?? null
  );
}
