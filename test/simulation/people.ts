// Sellers, colleagues in the portal and Microsoft: they make deals and change them at any moment.

import type { Json, JsonObject } from "../../sync-relay/src/core/json";
import { helpOptions } from "../../solution/schema/help-options";
import type { Referral } from "../../sync-relay/src/core/referral";
import { readyValues } from "../support/builders";
import type { Agenda } from "./agenda";
import type { Clouds } from "./clouds";
import type { FaultProfile } from "./fault-profile";
import type { SeededRandom } from "./seeded-random";

export interface PeopleOptions {
  readonly agenda: Agenda;
  readonly random: SeededRandom;
  readonly profile: FaultProfile;
  readonly clouds: Clouds;
}

export interface People {
  /** A seller shares a new opportunity. */
  readonly share: () => void;
  /** A colleague makes a deal in the portal, or Microsoft sends one. */
  readonly makeDeal: () => void;
  /** Somebody changes something, if there is anything to change. */
  readonly change: () => void;
  /** Every seller who had switched the sync off switches it on again. */
  readonly switchAllOn: () => void;
  /** Opportunities that were deleted. */
  readonly deleted: ReadonlySet<string>;
}

const FIRST_DAY_MS = Date.UTC(2027, 0, 1);
const DAY_MS = 86_400_000;

export function createPeople({ random, profile, clouds }: PeopleOptions): People {
  const deleted = new Set<string>();
  let count = 0;
  const nextNumber = (): number => (profile.fewValues ? random.int(1, 3) : (count += 1));
  const day = (): string => new Date(FIRST_DAY_MS + nextNumber() * DAY_MS).toISOString().slice(0, 10);

  function sellerChanges(): void {
    const open = clouds.crm.all().filter(({ values }) => values["statuscode"] === 1);
    if (open.length === 0) return;
    const { id, section } = random.pick(open);
    if (profile.switches && random.chance(0.3)) return clouds.editCrm(id, {}, { syncOn: !section.syncOn });
    if (profile.deletes && random.chance(0.15)) {
      deleted.add(id);
      return clouds.deleteFromCrm(id);
    }
    if (profile.closes && random.chance(0.15)) return clouds.editCrm(id, { statuscode: random.pick([3, 4]) });
    if (profile.help && random.chance(0.3))
      return clouds.editCrm(id, { cosell_helprequired: random.pick(helpOptions).value });
    const number = nextNumber();
    clouds.editCrm(
      id,
      random.pick<Readonly<Record<string, Json>>>([
        { estimatedvalue: 1_000 + number },
        { description: `Seller ${profile.fewValues ? "" : "s "}${number}` },
        { estimatedclosedate: day() },
        { estimatedvalue: 1_000 + number, description: `Seller both ${number}` },
      ]),
    );
  }

  function portalChanges(): void {
    const open = clouds.ownReferrals().filter(({ status }) => status !== "Closed");
    if (open.length === 0) return;
    const { id } = random.pick(open);
    if (profile.closes && random.chance(0.15)) {
      return clouds.editReferral(id, { status: "Closed", substatus: random.pick(["Won", "Lost"]) });
    }
    const number = nextNumber();
    clouds.editReferral(
      id,
      random.pick<Readonly<Record<string, Json>>>([
        { "details.dealValue": 1_000 + number },
        { "details.notes": `Portal ${profile.fewValues ? "" : "p "}${number}` },
        { "details.closingDateTime": `${day()}T00:00:00Z` },
        { name: `Deal ${number}` },
        { name: `Deal again ${number}`, "details.dealValue": 1_000 + number },
      ]),
    );
  }

  return {
    deleted,
    share() {
      const id = `0a000000-0000-4000-8000-${String((count += 1)).padStart(12, "0")}`;
      clouds.addToCrm(id, readyValues({ name: `Opportunity ${count}`, estimatedvalue: 1_000 + count }), {
        syncOn: true,
      });
    },
    makeDeal() {
      clouds.partnerCenter.add(clouds.keptReferral(deal((count += 1))));
    },
    change() {
      const side = profile.oneSided ?? random.pick(["crm", "partnerCenter"] as const);
      if (side === "crm") sellerChanges();
      else portalChanges();
    },
    switchAllOn() {
      for (const { id, section } of clouds.crm.all()) if (!section.syncOn) clouds.editCrm(id, {}, { syncOn: true });
    },
  };
}

function deal(number: number): JsonObject {
  return {
    name: `Deal ${number}`,
    externalReferenceId: null,
    type: "Shared",
    qualification: "SalesQualified",
    status: "Active",
    substatus: "Accepted",
    customerProfile: {
      name: `Fabrikam ${number}`,
      address: { country: "FR", postalCode: "75001" },
      team: [{ firstName: "Luc", lastName: "Petit", email: "luc@fabrikam.example", phoneNumber: "1" }],
    },
    consent: { consentToShareReferralWithMicrosoftSellers: false },
    details: {
      dealValue: 1_000 + number,
      currency: "EUR",
      closingDateTime: "2027-06-30T00:00:00Z",
      notes: `Deal ${number}`,
      requirements: { solutions: [{ id: "SOL-15974-MQF", name: "App", type: "Name" }] },
    },
  };
}

/** Microsoft's referrals of one engagement. */
export function microsoftsOf(clouds: Clouds, own: Referral): readonly Referral[] {
  return clouds.partnerCenter
    .all()
    .filter(({ organizationId, engagementId }) => organizationId === "msft" && engagementId === own.engagementId);
}
