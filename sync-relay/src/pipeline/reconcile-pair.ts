// Reconciles a linked pair until nothing is left to write. Each round decides anew from what is known and makes at most
// one write, Partner Center first, so that what a server answered (another value than was written, a stale version)
// is part of the next decision. The opportunity is then written once, with values, link, status, audit and shadow.

import { RelayError } from "../core/errors";
import { must } from "../core/must";
import { reconcile, type Reconciliation } from "../core/reconcile";
import { inviteMicrosoft } from "./invite-microsoft";
import { noteLanded } from "./note-landed";
import { NOTHING_NEXT, report, type Run, type RunOutcome } from "./run";
import type { Progress, RoundEnd } from "./progress";
import { readMicrosoft } from "./read-microsoft";
import { readOwnReferral } from "./read-own-referral";
import { writeOpportunity } from "./write-opportunity";
import { writeReferral } from "./write-referral";

/** Rounds of one run. More than this means that others keep writing: the pair pauses and starts afresh. */
const MAX_ROUNDS = 10;

export async function reconcilePair(run: Run): Promise<RunOutcome> {
  const referralId = must(run.pair.referralId, "a linked pair has a referral");
  const progress: Progress = {
    written: { crm: new Set(), partnerCenter: new Set() },
    pending: [],
    reported: new Set(),
    crmReadOnly: false,
    invitation: null,
  };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const ended = run.pair.partnerCenter === null ? await readReferrals(run, referralId) : null;
    if (ended !== null) return ended;
    noteLanded(run);
    const decision = decide(run, progress);
    for (const field of decision.edited) forget(progress, field);
    const end = await oneRound(run, decision, progress);
    if (end.kind === "ended") return end.outcome;
    if (end.kind === "settled") return settled(run, decision, progress);
  }
  throw new RelayError("CS-1403");
}

/** Reads one's own referral, and Microsoft's where only its id is known: the memory proved to be too old. */
async function readReferrals(run: Run, referralId: string): Promise<RunOutcome | null> {
  const ended = await readOwnReferral(run, referralId);
  if (ended === null && run.pair.microsoftReferralId !== null && run.pair.microsoft === null) {
    await readMicrosoft(run, null);
  }
  return ended;
}

function decide(run: Run, progress: Progress): Reconciliation {
  return reconcile({
    pair: run.pair,
    opportunity: must(run.pair.crm, "a linked pair has an opportunity"),
    referral: must(run.pair.partnerCenter, "a linked pair has a referral"),
    map: run.parts.map,
    written: progress.written,
  });
}

async function oneRound(run: Run, decision: Reconciliation, progress: Progress): Promise<RoundEnd> {
  // An invitation in doubt is cleared up first, whatever is decided now: Microsoft may be there already.
  const wanted = decision.invite !== null;
  if ((wanted || run.pair.intent?.kind === "invite-microsoft") && progress.invitation === null) {
    const opportunity = must(run.pair.crm, "a linked pair has an opportunity");
    const own = must(run.pair.partnerCenter, "a linked pair has a referral");
    const waiting = await inviteMicrosoft(run, { opportunity, own, wanted });
    if (waiting !== null) progress.invitation = waiting.next;
    return { kind: "again" };
  }
  const referral = await writeReferral(run, decision, progress);
  return referral.kind === "settled" ? writeOpportunity(run, decision, progress) : referral;
}

/** After an edit the field is written anew, however often it was written before. */
function forget({ written }: Progress, field: string): void {
  written.crm.delete(field);
  written.partnerCenter.delete(field);
}

function settled(run: Run, decision: Reconciliation, progress: Progress): RunOutcome {
  const wrote = run.audit.length > 0;
  const paused = run.heldBack.size > 0;
  if (paused) reportUndelivered(run, progress);
  run.pair = {
    ...run.pair,
    fields: decision.fields,
    held: decision.held,
    // While a direction is paused an earlier write may still be under way: nothing was written that would rule it out.
    unconfirmedCrm: paused ? run.pair.unconfirmedCrm : null,
    unconfirmedPartnerCenter: paused ? run.pair.unconfirmedPartnerCenter : null,
    failures: 0,
  };
  for (const { field, winner } of decision.conflicts) {
    if (winner === null) run.parts.metrics.count("cosell_conflicts_total", { field, winner: "none" });
  }
  return { outcome: wrote ? "written" : "in-sync", next: progress.invitation ?? NOTHING_NEXT };
}

/** A conflict that was decided and not written yet: after the pause nothing would show any more which value lost. */
function reportUndelivered(run: Run, { pending }: Progress): void {
  if (pending.length === 0) return;
  report(run, { direction: null, action: "update", result: "held", reason: "paused", changes: [...pending] });
}
