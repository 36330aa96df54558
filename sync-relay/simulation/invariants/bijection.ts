// I2: one referral an opportunity, one opportunity a referral, and Microsoft is invited once. I14: a deletion closes no
// referral.

import type { Opportunity } from "../../src/core/opportunity";
import { isClosed, type Referral } from "../../src/core/referral";
import { fieldKeys } from "../../src/core/deal-kind";
import type { End } from "./end";
import type { Written } from "../ledger";
import { bad, isGone, short, show } from "./finding";

const OPEN = 1;

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

function checkOpportunity(end: End, { id, section, values }: Opportunity, own: readonly Referral[]): void {
  const naming = own.filter(({ externalReferenceId }) => externalReferenceId === id);
  const isOpen = values["statuscode"] === OPEN;
  // One that was deleted while a request to make it was under way came back by that, and is left alone. I15 looks at those
  // whose referral disappeared.
  const mayBeAlone = !isOpen || isGone(end, id);
  if (mayBeAlone && naming.length === 0) return;
  if (naming.length !== 1) bad(end, `I2 ${naming.length} referrals name ${short(id)}`);
  // A closed opportunity cannot be written any more, so it may never learn which referral it had.
  const [only] = naming;
  if (isOpen && only !== undefined && section.referralId !== only.id) {
    bad(end, `I2 ${short(id)} does not know its referral`);
  }
}

function checkReferral(end: End, referral: Referral): void {
  const { clouds, deleted } = end;
  const { id, externalReferenceId } = referral;
  const invited = clouds.microsoftsOf(referral).length;
  if (invited > 1) bad(end, `I2 Microsoft was invited ${invited} times to ${short(id)}`);
  const owners = clouds.crm.all().filter(({ section }) => section.referralId === id);
  const opportunityId = externalReferenceId ?? clouds.opportunityIdFor(id);
  const owner = clouds.crm.peek(opportunityId);
  const isUnwritable = owner !== undefined && owner.values["statuscode"] !== OPEN;
  const mayBeAlone = deleted.has(opportunityId) || isClosed(referral) || isUnwritable;
  if (owners.length === 0 && mayBeAlone) return;
  if (owners.length !== 1) bad(end, `I2 ${owners.length} opportunities have referral ${short(id)}`);
}
