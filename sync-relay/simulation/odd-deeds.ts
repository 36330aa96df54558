// What happens to records now and then: another seller gets an opportunity, two opportunities become one, a referral is
// gone from Partner Center, or says something that the relay has never heard of.

import type { Json } from "../src/core/json";
import type { CrmValues, Opportunity } from "../src/core/opportunity";
import type { Pair } from "../src/core/pair";
import type { Referral } from "../src/core/referral";
import type { Clouds } from "./clouds/clouds";
import type { Faults } from "./faults";
import type { SeededRandom } from "./seeded-random";

export interface OddDeedOptions {
  readonly random: SeededRandom;
  readonly faults: Faults;
  readonly clouds: Clouds;
  readonly momentOf: (opportunityId: string) => Moment;
}

/** What the end of a record meets. */
export interface Moment {
  readonly atMs: number;
  /** What the relay's store knows then. */
  readonly pair: Pair | undefined;
}

/** A referral that disappeared. */
export interface Vanished extends Moment {
  readonly opportunityId: string;
  readonly referral: Referral;
}

/** Another seller gets the opportunity. */
export function giveToAnother({ faults, clouds }: OddDeedOptions, id: string, number: number): void {
  faults.count("owner-changed");
  clouds.editCrm(id, {
    "ownerid.firstname": "Bob",
    "ownerid.lastname": `Seller ${number}`,
    "ownerid.internalemailaddress": `bob.${number}@partner.example`,
    "ownerid.address1_telephone1": null,
  });
}

const TAKEN_OVER = ["estimatedvalue", "description"] as const;

/** One opportunity is dissolved into another, which takes values of it. */
export function dissolve(
  { random, faults, clouds }: OddDeedOptions,
  { id, values }: Opportunity,
  others: readonly Opportunity[],
): void {
  faults.count("merged");
  const taken: CrmValues = Object.fromEntries(TAKEN_OVER.map((column) => [column, values[column] ?? null]));
  clouds.editCrm(random.pick(others).id, taken);
  clouds.deleteFromCrm(id);
}

/**
 * Whether a referral may disappear: while nobody may know of it, it may be made a second time with good reason, and of
 * two that name the opportunity the other one would be left.
 */
export function mayVanish(clouds: Clouds, referral: Referral): boolean {
  const { id, externalReferenceId } = referral;
  const opportunityId = opportunityOf(clouds, referral);
  const isKnown = externalReferenceId === null || clouds.crm.peek(opportunityId)?.section.referralId === id;
  const naming = clouds.ownReferrals().filter((own) => own.externalReferenceId === opportunityId);
  return isKnown && naming.length <= 1;
}

function opportunityOf(clouds: Clouds, { id, externalReferenceId }: Referral): string {
  return externalReferenceId ?? clouds.opportunityIdFor(id);
}

/** A referral disappears, and nothing tells of it. */
export function letVanish({ faults, clouds, momentOf }: OddDeedOptions, referral: Referral): Vanished {
  const opportunityId = opportunityOf(clouds, referral);
  faults.count("referral-vanished");
  clouds.removeReferral(referral.id);
  return { opportunityId, referral, ...momentOf(opportunityId) };
}

type Said = Readonly<Record<string, Json>>;

/** What a later version of Partner Center may say of a deal. */
const UNHEARD_OF: readonly Said[] = [
  { status: "Suspended", substatus: "UnderReview" },
  { status: "Suspended", substatus: "UnderReview" },
  { substatus: "AwaitingSignature" },
  { status: "Paused", substatus: "OnHold" },
];
/** What it says again some day. */
const HEARD_OF: Said = { status: "Active", substatus: "Accepted" };

export function sayUnheardOf({ random, faults, clouds }: OddDeedOptions, id: string): void {
  const said = random.pick([...UNHEARD_OF, HEARD_OF]);
  if (said !== HEARD_OF) faults.count("unknown-value");
  clouds.editReferral(id, said);
}
