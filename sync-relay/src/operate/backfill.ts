// The initial load: deals that exist on both sides become pairs. What matches is decided by ids; names are only compared
// when the admin says so. The plan is made anew at every run from what is there, so a run that was interrupted goes on
// with what is left.

import { MICROSOFT_ORGANIZATION, isClosed, type Referral } from "../core/referral";
import { atPath } from "../core/json";
import { fieldKeys } from "../core/deal-kind";
import { cleanLine } from "../core/mapping/conversions/clean-text";
import type { ListedOpportunity } from "../ports/crm-environment";

/** An opportunity and a referral that belong together, and how that is known. */
export interface Match {
  readonly opportunityId: string;
  readonly referralId: string;
  /** `crm`: the opportunity carries the referral's id. `partner-center`: the referral names the opportunity. */
  readonly by: "crm" | "partner-center" | "name";
}

export interface BackfillPlan {
  /** Pairs that the relay knows already. */
  readonly known: number;
  readonly matches: readonly Match[];
  /** Shared opportunities without a referral: the relay shares them by itself. */
  readonly unshared: readonly string[];
  /** Open deals of Partner Center that no opportunity has. */
  readonly unclaimed: readonly string[];
  /** Left alone: several candidates, or two sides that name different partners. */
  readonly ambiguous: readonly { readonly referralId: string; readonly opportunityIds: readonly string[] }[];
}

export interface BackfillInput {
  readonly opportunities: readonly ListedOpportunity[];
  readonly referrals: readonly Referral[];
  /** Opportunities whose pair has a referral already. */
  readonly knownOpportunities: ReadonlySet<string>;
  readonly byName: boolean;
}

export function planBackfill(input: BackfillInput): BackfillPlan {
  const { knownOpportunities: known } = input;
  const byId = new Map(input.opportunities.map((one) => [one.id, one]));
  const own = input.referrals.filter(({ organizationId }) => organizationId !== MICROSOFT_ORGANIZATION);
  const claims = own.map((referral) => ({ referral, found: claimants(referral, input, byId) }));
  const open = claims.filter(({ found }) => !found.some(({ id }) => known.has(id)));
  const taken = countBy(open.flatMap(({ found }) => found.map(({ id }) => id)));
  const single = open.filter(({ found }) => found.length === 1 && taken.get(found[0]?.id ?? "") === 1);
  const matches = single.flatMap(({ referral, found }) =>
    found.map((one): Match => ({ opportunityId: one.id, referralId: referral.id, by: howKnown(referral, one) })),
  );
  const matched = new Set(matches.map(({ referralId }) => referralId));
  return {
    known: [...known].length,
    matches,
    unshared: input.opportunities.filter((one) => isUnshared(one, known, taken)).map(({ id }) => id),
    unclaimed: open
      .filter(({ referral, found }) => found.length === 0 && isClaimable(referral))
      .map((one) => one.referral.id),
    ambiguous: open
      .filter(({ referral, found }) => found.length > 0 && !matched.has(referral.id))
      .map(({ referral, found }) => ({ referralId: referral.id, opportunityIds: found.map(({ id }) => id) })),
  };
}

/** Opportunities that a referral may belong to: those that say so by an id, else those of the same name. */
function claimants(
  referral: Referral,
  { opportunities, byName }: BackfillInput,
  byId: ReadonlyMap<string, ListedOpportunity>,
): readonly ListedOpportunity[] {
  const named = byId.get(referral.externalReferenceId?.toLowerCase() ?? "");
  const carrying = opportunities.filter(({ referralId }) => referralId === referral.id);
  const certain = [...new Set([...(named === undefined ? [] : [named]), ...carrying])];
  if (certain.length > 0 || !byName || !isClaimable(referral)) return certain;
  const wanted = nameOf(textAt(referral, fieldKeys.name), textAt(referral, fieldKeys.customerName));
  return opportunities.filter(
    (one) => one.open && one.referralId === null && nameOf(one.name, one.customer) === wanted,
  );
}

/** Names nobody, and can still be worked on. */
function isClaimable(referral: Referral): boolean {
  return (referral.externalReferenceId ?? "") === "" && !isClosed(referral);
}

function howKnown(referral: Referral, opportunity: ListedOpportunity): Match["by"] {
  if (referral.externalReferenceId?.toLowerCase() === opportunity.id) return "partner-center";
  return opportunity.referralId === referral.id ? "crm" : "name";
}

function isUnshared(one: ListedOpportunity, known: ReadonlySet<string>, taken: ReadonlyMap<string, number>): boolean {
  return one.syncOn && one.open && one.referralId === null && !known.has(one.id) && !taken.has(one.id);
}

/** Deal and customer together, whatever case, blanks and marks. */
function nameOf(deal: string, customer: string): string {
  return `${cleanLine(deal)}\n${cleanLine(customer)}`.toLowerCase();
}

function textAt({ json }: Referral, path: string): string {
  const value = atPath(json, path);
  return typeof value === "string" ? value : "";
}

function countBy(ids: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
