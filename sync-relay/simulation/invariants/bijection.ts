// I2: one referral an opportunity, one opportunity a referral, and Microsoft is invited once. I14: a deletion closes no
// referral.

import type { Opportunity } from "../../src/core/opportunity";
import { isClosed, type Referral } from "../../src/core/referral";
import { fieldKeys } from "../../src/core/deal-kind";
import type { End } from "./end";
import type { Written } from "../ledger";
import { bad, hasVanished, isDoubled, isOpen, short, show } from "./finding";

export function checkBijection(end: End): void {
  const own = end.clouds.ownReferrals();
  for (const opportunity of end.clouds.crm.all()) checkOpportunity(end, opportunity, own);
  for (const referral of own) checkReferral(end, referral);
  for (const write of end.ledger.written) checkNotClosed(end, write);
}

/** The relay closes a referral only because somebody closed the opportunity, never because it is gone. */
function checkNotClosed(end: End, { opportunityId, side, field, after }: Written): void {
  if (!end.deleted.has(opportunityId) || side !== "partnerCenter" || field !== fieldKeys.status) return;
  const closedByPeople = end.ledger.edits.some(
    (edit) =>
      edit.opportunityId === opportunityId && edit.side === "crm" && edit.field === field && edit.value === after,
  );
  if (!closedByPeople) bad(end, `I14 the referral of ${short(opportunityId)} was set to ${show(after)}`);
}

function checkOpportunity(end: End, opportunity: Opportunity, own: readonly Referral[]): void {
  const { id, section } = opportunity;
  const naming = own.filter(({ externalReferenceId }) => externalReferenceId === id);
  const isWritable = isOpen(opportunity);
  // One that was deleted while a request to make it was under way came back by that, and is left alone. I15 looks at those
  // whose referral disappeared.
  const mayBeAlone = !isWritable || end.deleted.has(id) || hasVanished(end, id);
  if (mayBeAlone && naming.length === 0) return;
  if (naming.length !== 1) checkDouble(end, id, naming.length);
  // A closed opportunity cannot be written any more, so it may never learn which referral it had.
  const isLinked = naming.length === 0 || naming.some((referral) => referral.id === section.referralId);
  if (isWritable && !isLinked) bad(end, `I2 ${short(id)} does not know its referral`);
}

/** Where a second one has its reason the sweep must tell of it. */
function checkDouble(end: End, id: string, count: number): void {
  const mayBe = count > 0 && end.ledger.mayBeMadeTwice["create-referral"].has(id);
  if (!mayBe) return bad(end, `I2 ${count} referrals name ${short(id)}`);
  if (!end.ledger.doublesTold.has(id)) bad(end, `I2 ${count} referrals name ${short(id)} and nobody is told`);
}

function checkReferral(end: End, referral: Referral): void {
  const opportunityId = referral.externalReferenceId ?? end.clouds.opportunityIdFor(referral.id);
  const invited = end.clouds.microsoftsOf(referral).length;
  if (invited > 1 && !end.ledger.mayBeMadeTwice["invite-microsoft"].has(opportunityId)) {
    bad(end, `I2 Microsoft was invited ${invited} times to ${short(referral.id)}`);
  }
  const owners = end.clouds.crm.all().filter(({ section }) => section.referralId === referral.id);
  if (owners.length === 1 || (owners.length === 0 && mayBeAlone(end, referral, opportunityId))) return;
  bad(end, `I2 ${owners.length} opportunities have referral ${short(referral.id)}`);
}

function mayBeAlone(end: End, referral: Referral, opportunityId: string): boolean {
  const owner = end.clouds.crm.peek(opportunityId);
  const isUnwritable = owner !== undefined && !isOpen(owner);
  return end.deleted.has(opportunityId) || isClosed(referral) || isUnwritable || isDoubled(end, opportunityId);
}
