import type { CoSellSection, CrmValues, Opportunity, OpportunityChanges } from "../core/opportunity";

/** The CRM, whichever it is. All ids are GUIDs in lower case. Transport failures are thrown as RelayError. */
export interface Crm {
  /** Reads one opportunity with every mapped path in one call. */
  read(opportunityId: string): Promise<CrmRead>;
  /** Finds the opportunity that carries this referral id (alternate key). */
  findByReferral(referralId: string): Promise<Opportunity | null>;
  /**
   * Writes all changes in one atomic call, provided the version is still current. A stage change that needs an action
   * of its own (win, lose, reopen) is part of the same atomic call.
   */
  update(opportunityId: string, version: string, changes: OpportunityChanges): Promise<CrmWrite>;
  /**
   * Creates the opportunity under the given id unless it exists, after finding or creating the customer that the
   * values describe. May be repeated after a crash: neither opportunity nor customer is created twice.
   */
  create(opportunityId: string, opportunity: NewOpportunity): Promise<CrmCreate>;
  /** Opportunities that changed since a position; null starts at "everything". */
  changesSince(position: string | null): Promise<CrmChanges>;
}

export type CrmRead =
  | { readonly kind: "found"; readonly opportunity: Opportunity }
  /** Deleted or merged into another, or never there. */
  | { readonly kind: "missing" };

export type CrmWrite =
  /** The opportunity as it is after the write. */
  | { readonly kind: "written"; readonly opportunity: Opportunity }
  /** Somebody else wrote first. Nothing was written. */
  | { readonly kind: "stale" }
  | { readonly kind: "missing" }
  /** The CRM does not let closed opportunities be written. Nothing was written. */
  | { readonly kind: "read-only" };

export interface NewOpportunity {
  readonly values: CrmValues;
  readonly section: Partial<CoSellSection>;
}

export type CrmCreate =
  | { readonly kind: "created"; readonly opportunity: Opportunity }
  /** It was there already (an earlier try got through); read it. */
  | { readonly kind: "exists" };

export interface CrmChanges {
  readonly changed: readonly CrmChange[];
  readonly deleted: readonly string[];
  /** Position to go on from; to be kept only after `changed` and `deleted` are stored. */
  readonly position: string;
  /** True when the old position had expired and everything was listed. */
  readonly startedOver: boolean;
}

/** A changed opportunity, as much as the change list tells. */
export interface CrmChange {
  readonly opportunityId: string;
  readonly version: string;
  readonly syncOn: boolean;
  readonly referralId: string | null;
}
