// Sellers, colleagues in the portal and Microsoft: they make deals and change them at any moment.

import { helpOptions } from "../../solution/schema/help-options";
import { isClosed } from "../src/core/referral";
import type { Clouds } from "./clouds/clouds";
import { portalEdit, sellersEdit, type Changes, type Numbers } from "./edits";
import type { FaultProfile } from "./fault-profile";
import type { Faults } from "./faults";
import { isOpen } from "./invariants/finding";
import type { Ledger } from "./ledger";
import { dissolve, giveToAnother, letVanish, mayVanish, sayUnheardOf, type Moment, type Vanished } from "./odd-deeds";
import type { SeededRandom } from "./seeded-random";

export interface PeopleOptions {
  readonly random: SeededRandom;
  readonly profile: FaultProfile;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly clouds: Clouds;
  readonly momentOf: (opportunityId: string) => Moment;
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
  /** Opportunities that were deleted, with the first time. */
  readonly deleted: ReadonlyMap<string, Moment>;
  /** Opportunities that got another owner, with the last time. */
  readonly given: ReadonlyMap<string, Moment>;
  /** Referrals that disappeared. */
  readonly vanished: readonly Vanished[];
}

const WON_OR_LOST = [3, 4];

export function createPeople(options: PeopleOptions): People {
  const { random, profile, faults, ledger, clouds } = options;
  const happened: Happened = { deleted: new Map(), given: new Map(), vanished: [] };
  let count = 0;
  const numbers: Numbers = {
    record: () => (count += 1),
    next: () => (profile.fewValues ? random.int(1, 3) : (count += 1)),
  };
  return {
    ...happened,
    share() {
      const number = numbers.record();
      const id = `0a000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
      if (faults.isDone("share")) clouds.share(id, number);
    },
    makeDeal() {
      const number = numbers.record();
      if (faults.isDone("make-deal")) clouds.makeDeal(number);
    },
    change() {
      const side = profile.oneSided ?? random.pick(["crm", "partnerCenter"] as const);
      if (!faults.isDone("edit")) return;
      ledger.deeds += 1;
      if (side === "crm") sellerChanges(options, numbers, happened);
      else portalChanges(options, numbers, happened);
    },
    switchAllOn() {
      for (const { id, section } of clouds.crm.all()) if (!section.syncOn) clouds.editCrm(id, {}, { syncOn: true });
    },
  };
}

/** What the checks at the end want to know. */
interface Happened {
  readonly deleted: Map<string, Moment>;
  readonly given: Map<string, Moment>;
  readonly vanished: Vanished[];
}

/** Something that may be done instead of a plain edit. */
interface Deed {
  readonly mayBe: boolean;
  readonly chance: number;
  readonly act: () => void;
}

/** Does the first deed that falls to it; false when none does. */
function doOne(random: SeededRandom, deeds: readonly Deed[]): boolean {
  const deed = deeds.find(({ mayBe, chance }) => mayBe && random.chance(chance));
  deed?.act();
  return deed !== undefined;
}

function sellerChanges(options: PeopleOptions, numbers: Numbers, { deleted, given }: Happened): void {
  const { random, profile, clouds, momentOf } = options;
  const open = clouds.crm.all().filter(isOpen);
  if (open.length === 0) return;
  const picked = random.pick(open);
  const { id, section } = picked;
  const others = open.filter((other) => other !== picked);
  // One that came back by a request under way may be deleted once more; what happened before the first time counts.
  const noteEnd = (): void => void deleted.set(id, deleted.get(id) ?? momentOf(id));
  const dissolves = (): void => {
    dissolve(options, picked, others);
    noteEnd();
  };
  const deletes = (): void => {
    noteEnd();
    clouds.deleteFromCrm(id);
  };
  const gives = (): void => {
    given.set(id, momentOf(id));
    giveToAnother(options, id, numbers.record());
  };
  const edit = (values: Changes): void => clouds.editCrm(id, values);
  const isDone = doOne(random, [
    { mayBe: profile.switches, chance: 0.3, act: () => clouds.editCrm(id, {}, { syncOn: !section.syncOn }) },
    { mayBe: profile.deletes, chance: 0.15, act: deletes },
    { mayBe: profile.ownersChange, chance: 0.2, act: gives },
    { mayBe: profile.merges && others.length > 0, chance: 0.15, act: dissolves },
    { mayBe: profile.closes, chance: 0.15, act: () => edit({ statuscode: random.pick(WON_OR_LOST) }) },
    { mayBe: profile.help, chance: 0.3, act: () => edit({ cosell_helprequired: random.pick(helpOptions).value }) },
  ]);
  if (!isDone) edit(sellersEdit(options, numbers));
}

function portalChanges(options: PeopleOptions, numbers: Numbers, { vanished }: Happened): void {
  const { random, profile, clouds } = options;
  const open = clouds.ownReferrals().filter((referral) => !isClosed(referral));
  if (open.length === 0) return;
  const picked = random.pick(open);
  const edit = (changes: Changes): void => clouds.editReferral(picked.id, changes);
  const vanishes = (): void => void vanished.push(letVanish(options, picked));
  const isDone = doOne(random, [
    { mayBe: profile.vanishes && mayVanish(clouds, picked), chance: 0.15, act: vanishes },
    { mayBe: profile.unknownValues, chance: 0.3, act: () => sayUnheardOf(options, picked.id) },
    {
      mayBe: profile.closes,
      chance: 0.15,
      act: () => edit({ status: "Closed", substatus: random.pick(["Won", "Lost"]) }),
    },
  ]);
  if (!isDone) edit(portalEdit(options, numbers));
}
