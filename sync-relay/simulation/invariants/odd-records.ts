// I15: what disappears from Partner Center is not made anew, and the seller reads of it. I16: a status that nobody knows
// is told to the seller. I1 and I4 of a field that flows one way: whoever gets the opportunity is in the referral's team,
// and nobody else is put there.

import { readCrm } from "../../src/core/mapping/read-crm";
import { readReferral } from "../../src/core/mapping/read-referral";
import { sameValue } from "../../src/core/mapping/same-value";
import type { Opportunity } from "../../src/core/opportunity";
import { isClosed, type Referral } from "../../src/core/referral";
import { readShadow } from "../../src/core/shadow-state";
import { relayAsOwner } from "../deals";
import { TEAM_FIELD } from "../maps";
import type { Vanished } from "../odd-deeds";
import { linkedPairs } from "./agreement";
import type { End } from "./end";
import { alike, bad, isNearLoss, isOpen, short, show } from "./finding";

const OWNER = "ownerid.internalemailaddress";
const NEEDS_ATTENTION = "needs-attention";
/** Fields that an open opportunity sends whenever they change. */
const SENT = ["details.dealValue", "details.notes", "details.closingDateTime"] as const;
const KNOWN_STATUSES: readonly string[] = ["New", "Active", "Closed"];

export function checkOddRecords(end: End): void {
  for (const one of end.vanished) checkVanished(end, one);
  for (const [opportunity, referral] of linkedPairs(end)) {
    checkUnheardOf(end, opportunity, referral);
    if (end.profile.ownersChange) checkOwner(end, opportunity, referral);
  }
}

function checkVanished(end: End, vanished: Vanished): void {
  const { opportunityId } = vanished;
  const anew = end.clouds.ownReferrals().filter(({ externalReferenceId }) => externalReferenceId === opportunityId);
  if (anew.length > 0) bad(end, `I15 the referral of ${short(opportunityId)} was made anew after it was removed`);
  const opportunity = end.clouds.crm.peek(opportunityId);
  if (opportunity === undefined || end.deleted.has(opportunityId) || !isKeptInStep(opportunity)) return;
  if (opportunity.section.syncStatus === NEEDS_ATTENTION || !isSomethingToSend(end, opportunity, vanished)) return;
  bad(end, `I15 ${short(opportunityId)} shows ${show(opportunity.section.syncStatus)}, but its referral is gone`);
}

/** Until something is to be sent there nobody needs the referral, and nothing tells that it is gone. */
function isSomethingToSend(end: End, { id, values }: Opportunity, { referral, atMs }: Vanished): boolean {
  const now = readCrm(end.map, values).values;
  const then = readReferral(end.map, referral).values;
  return SENT.some((field) => {
    const isApart = !alike(end, now[field] ?? null, then[field] ?? null);
    const last = end.ledger.edits.findLast((edit) => edit.opportunityId === id && edit.field === field);
    return isApart && last !== undefined && last.side === "crm" && last.atMs > atMs;
  });
}

function checkUnheardOf(end: End, opportunity: Opportunity, { status }: Referral): void {
  const isTold = opportunity.section.syncStatus === NEEDS_ATTENTION;
  if (KNOWN_STATUSES.includes(status) || isTold || !isKeptInStep(opportunity)) return;
  bad(end, `I16 ${short(opportunity.id)} shows ${show(opportunity.section.syncStatus)}, but its referral ${status}`);
}

function checkOwner(end: End, opportunity: Opportunity, referral: Referral): void {
  const { map } = end;
  const field = map.fields.find(({ key }) => key === TEAM_FIELD);
  if (field === undefined) return;
  const owner = readCrm(map, opportunity.values).values[TEAM_FIELD];
  const there = readReferral(map, referral).values[TEAM_FIELD];
  const isMadeByRelay = end.clouds.opportunityIdFor(referral.id) === opportunity.id;
  if (isMadeByRelay && show(there).includes(show(relayAsOwner[OWNER]))) {
    bad(end, `I4 ${short(opportunity.id)} ${TEAM_FIELD}: the relay put its own user there`);
  }
  const isFree = isClosed(referral) || (isMadeByRelay && isLeftOut(end, opportunity));
  if (isFree || isNearLoss(end, opportunity.id, givenMs(end, opportunity)) || sameValue(field, owner, there)) return;
  bad(end, `I1 ${short(opportunity.id)} ${TEAM_FIELD}: ${show(owner)} not in ${show(there)}`);
}

function givenMs({ given }: End, { id }: Opportunity): number {
  return given.get(id)?.atMs ?? 0;
}

/** Whoever has it when the relay, or its new store, first compares both records is left out, as the relay itself is. */
function isLeftOut({ given, ledger }: End, { id, values }: Opportunity): boolean {
  const moment = given.get(id);
  if (values[OWNER] === relayAsOwner[OWNER] || moment === undefined) return true;
  const { pair, atMs } = moment;
  const onRecord = readShadow(pair?.crm?.section.syncState ?? null).fields;
  const remembered = ledger.storeLostMs > atMs ? onRecord : pair?.fields;
  return remembered?.[TEAM_FIELD] === undefined;
}

function isKeptInStep(opportunity: Opportunity): boolean {
  return isOpen(opportunity) && opportunity.section.syncOn;
}
