import type { SyncStatus } from "../../../solution/schema/sync-status";
import type { Json } from "./json";

/** Values of mapped CRM paths, e.g. `estimatedvalue` or `parentaccountid.name`; opaque to the core. */
export type CrmValues = Readonly<Record<string, Json>>;

/** The relay's own columns on the opportunity, CRM-neutral. */
export interface CoSellSection {
  /** The seller's switch: nothing is written on either side while it is off. */
  readonly syncOn: boolean;
  readonly referralId: string | null;
  readonly referralLink: string | null;
  /** Audit trail, newest line first. */
  readonly audit: string;
  readonly syncStatus: SyncStatus | null;
  readonly syncMessage: string | null;
  /** ISO 8601 UTC. */
  readonly lastSyncedOn: string | null;
  readonly expiresOn: string | null;
  readonly microsoftCrmId: string | null;
  readonly referralStatus: string | null;
  /** Shadow state: what is needed to go on when the relay's own store is lost. */
  readonly syncState: string | null;
}

/** An opportunity as the CRM port delivers it. */
export interface Opportunity {
  /** GUID, lower case. */
  readonly id: string;
  /** Opaque version for conditional writes. */
  readonly version: string;
  /** ISO 8601 UTC, by the CRM's clock. */
  readonly createdAt: string | null;
  /** ISO 8601 UTC. */
  readonly modifiedAt: string | null;
  readonly section: CoSellSection;
  readonly values: CrmValues;
}

/** What an opportunity's stage means to Partner Center. */
export type Stage = "in-progress" | "on-hold" | "won" | "lost";

/** A move of the opportunity to another stage: the CRM's own value comes from the mapping's status list. */
export interface StageChange {
  readonly stage: Stage;
  /** Stage the opportunity is in now: tells the adapter whether to reopen, close or just set the reason. */
  readonly from: Stage;
  /** Value for the mapped status path, e.g. Dataverse's status reason. */
  readonly value: Json;
}

/** Changes to write in one atomic update. */
export interface OpportunityChanges {
  readonly values: CrmValues;
  readonly section: Partial<CoSellSection>;
  readonly stage?: StageChange;
}
