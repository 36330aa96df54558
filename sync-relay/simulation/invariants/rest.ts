// I5: no more writes than there is reason for. I9: nothing waits for ever, and work is bounded. I10: nobody suffers for
// others. I12: what expires is noticed and told.

import type { Pair } from "../../src/core/pair";
import type { End } from "./end";
import { bad, hasVanished, short } from "./finding";

/** Writes that a new pair takes: both records, the id on the referral, link, status and audit, and Microsoft's invitation. */
const WRITES_A_PAIR = 7;
/** Writes that a change takes: the other side, and the audit trail on the opportunity. */
const WRITES_A_CHANGE = 2;
/** A history with more calls than this works without end. */
const MOST_CALLS = 3_000;

export function checkRest(end: End): void {
  const { data, ledger, profile } = end;
  if (data.waiting.size > 0) bad(end, `I9 events wait for ever: ${[...data.waiting.keys()].join(", ")}`);
  for (const pair of data.pairs.values()) checkPair(end, pair);
  if (ledger.calls > MOST_CALLS) bad(end, `I9 ${ledger.calls} calls`);
  if (profile.calm) checkThrift(end);
  for (const alarm of ledger.expectedAlarms) if (!ledger.alarms.has(alarm)) bad(end, `I12 no word of: ${alarm}`);
}

function checkPair(end: End, { opportunityId, unfinished, intent, deadBecause }: Pair): void {
  // Whether Microsoft was invited to a referral that is gone nobody will ever know.
  const isMoot = intent?.kind === "invite-microsoft" && hasVanished(end, opportunityId);
  if (unfinished || (intent !== null && !isMoot)) bad(end, `I9 ${short(opportunityId)} is never finished`);
  if (deadBecause !== null) bad(end, `I10 ${short(opportunityId)} is a dead letter: ${deadBecause}`);
}

function checkThrift(end: End): void {
  const { ledger, profile, faults } = end;
  const { crm, partnerCenter } = profile.canonicalising;
  // A server that changes what it is given makes changes of its own.
  const changes = ledger.deeds * (profile.businessRule || crm || partnerCenter ? 2 : 1);
  const most = WRITES_A_PAIR * profile.pairs + WRITES_A_CHANGE * changes;
  if (ledger.writtenTo.length > most) bad(end, `I5 ${ledger.writtenTo.length} writes, where ${most} would do`);
  // A refused pair is tried again when somebody changes it, and once at peace.
  const tries = faults.counts.refused;
  if (tries > 2 * (ledger.deeds + 2)) bad(end, `I10 a refused pair was sent ${tries} times`);
}
