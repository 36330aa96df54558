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

/** One opportunity is dissolved into another, which takes values of it. False when there is no other. */
export function dissolve(
  { random, faults, clouds }: OddDeedOptions,
  { id, values }: Opportunity,
  others: readonly Opportunity[],
): boolean {
  if (others.length === 0) return false;
  faults.count("merged");
  const taken: CrmValues = Object.fromEntries(TAKEN_OVER.map((column) => [column, values[column] ?? null]));
  clouds.editCrm(random.pick(others).id, taken);
  clouds.deleteFromCrm(id);
  return true;
}

/**
 * A referral disappears, and nothing tells of it. Null when it has to stay: while nobody may know of it, it may be made
 * a second time with good reason, and of two that name the opportunity the other one would be left.
 */
export function letVanish({ faults, clouds, momentOf }: OddDeedOptions, referral: Referral): Vanished | null {
  const { id, externalReferenceId } = referral;
  const opportunityId = externalReferenceId ?? clouds.opportunityIdFor(id);
  const isKnown = externalReferenceId === null || clouds.crm.peek(opportunityId)?.section.referralId === id;
  const naming = clouds.ownReferrals().filter((own) => own.externalReferenceId === opportunityId);
  if (!isKnown || naming.length > 1) return null;
  faults.count("referral-vanished");
  clouds.removeReferral(id);
  return { opportunityId, referral, ...momentOf(opportunityId) };
}

/** What a later version of Partner Center may say. The last is what it says again some day. */
const UNHEARD_OF: readonly Readonly<Record<string, Json>>[] = [
  { status: "Suspended", substatus: "UnderReview" },
  { status: "Suspended", substatus: "UnderReview" },
  { substatus: "AwaitingSignature" },
  { qualification: "AgentQualified", type: "Federated" },
  { status: "Active", substatus: "Accepted" },
];

export function sayUnheardOf({ random, faults, clouds }: OddDeedOptions, id: string): void {
  faults.count("unknown-value");
  clouds.editReferral(id, random.pick(UNHEARD_OF));
}
