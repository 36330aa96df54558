// Taking deals over from another connector: its column tells which referral an opportunity has. The relay's own section
// is filled in, and from then on the deal is linked like any other.

import { opportunityColumns } from "../../../solution/schema/opportunity-columns";
import type { Json } from "../core/json";
import { cleanText } from "../core/mapping/conversions/clean-text";
import { crmChanges } from "../core/mapping/crm-changes";
import type { FieldMap } from "../core/mapping/field-map";
import { readReferral } from "../core/mapping/read-referral";
import type { CoSellSection, CrmValues, OpportunityChanges } from "../core/opportunity";
import type { Opportunity } from "../core/opportunity";
import type { Referral } from "../core/referral";
import type { ListedOpportunity } from "../ports/crm-environment";
import { parseGuid } from "./since";

/** Columns of the other connector, and what is wished. */
export interface AdoptOptions {
  readonly referralColumn: string;
  /** Yes-or-no column: only deals with Yes are taken over. Null: all that have a referral. */
  readonly syncColumn: string | null;
  /** Whether ticks and crosses before the names of opportunities are removed. */
  readonly stripTicks: boolean;
}

/** A deal to take over. */
export interface Adoption {
  readonly opportunityId: string;
  readonly referralId: string;
  readonly name: string;
}

export interface AdoptPlan {
  readonly adoptions: readonly Adoption[];
  /** Deals that the relay has already. */
  readonly done: number;
  /** Values of the column that are no referral id, by opportunity. */
  readonly unreadable: readonly { readonly opportunityId: string; readonly value: string }[];
  /** Opportunities that carry the id of another referral already. */
  readonly taken: readonly string[];
}

export function planAdoption(opportunities: readonly ListedOpportunity[], options: AdoptOptions): AdoptPlan {
  const wanted = opportunities.filter((one) => isWanted(one, options));
  const read = wanted.map((one) => ({ one, value: textOf(one.extra[options.referralColumn]) }));
  const named = read.flatMap(({ one, value }) => {
    const referralId = parseGuid(value);
    return referralId === null ? [] : [{ one, referralId }];
  });
  return {
    adoptions: named
      .filter(({ one, referralId }) => one.referralId === null || (one.referralId === referralId && !one.syncOn))
      .map(({ one, referralId }) => ({ opportunityId: one.id, referralId, name: one.name })),
    done: named.filter(({ one, referralId }) => one.referralId === referralId && one.syncOn).length,
    unreadable: read
      .filter(({ value }) => parseGuid(value) === null)
      .map(({ one, value }) => ({ opportunityId: one.id, value })),
    taken: named
      .filter(({ one, referralId }) => one.referralId !== null && one.referralId !== referralId)
      .map(({ one }) => one.id),
  };
}

function isWanted({ extra }: ListedOpportunity, { referralColumn, syncColumn }: AdoptOptions): boolean {
  return textOf(extra[referralColumn]) !== "" && (syncColumn === null || extra[syncColumn] === true);
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value.trim() : "";
}

/** The seller's columns of the section: they show what the referral says, where they are empty. */
const SELLER_COLUMNS: readonly string[] = Object.values(opportunityColumns)
  .filter(({ writer }) => writer === "seller")
  .map(({ logicalName }) => logicalName);

/** What to write onto an opportunity that is taken over. */
export function adoptionChanges(
  map: FieldMap,
  { opportunity, referral }: { readonly opportunity: Opportunity; readonly referral: Referral },
  { stripTicks }: Pick<AdoptOptions, "stripTicks">,
): OpportunityChanges {
  const { values } = readReferral(map, referral);
  const told = crmChanges(map, "create", { values, referral, current: {} }).values;
  const empty = Object.entries(told).filter(
    ([path, value]) => SELLER_COLUMNS.includes(path) && value !== null && isEmpty(opportunity.values[path]),
  );
  const section: Partial<CoSellSection> = { syncOn: true, referralId: referral.id };
  return { values: { ...Object.fromEntries(empty), ...(stripTicks ? withoutTicks(opportunity.values) : {}) }, section };
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === "" || value === false;
}

function withoutTicks({ name }: CrmValues): CrmValues {
  if (typeof name !== "string") return {};
  const plain = cleanText(name, null);
  return plain === name || plain === "" ? {} : { name: plain };
}
