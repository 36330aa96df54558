import type { Json } from "../core/json";
import type { CrmValues } from "../core/opportunity";

/** What the relay's checks ask of the CRM; nothing of it is needed for a sync. Throws RelayError. */
export interface CrmEnvironment {
  /** The user that the relay signs in as. */
  ownUser(): Promise<CrmUser>;
  /** Names of a user's security roles. */
  rolesOf(userId: string): Promise<readonly string[]>;
  /** Names of the privileges that a user has. */
  privilegesOf(userId: string): Promise<readonly string[]>;
  /** Columns of the opportunity that column security locks, and what it lets a user do with each. */
  securedColumns(userId: string): Promise<readonly SecuredColumn[]>;
  /** Version of an installed solution; null when it is not there. */
  solutionVersion(uniqueName: string): Promise<string | null>;
  /** Which of these mapped paths the relay cannot read. */
  unreadablePaths(paths: readonly string[]): Promise<readonly string[]>;
  /** Which columns of the co-sell section the relay cannot read, by logical name. */
  unreadableSection(): Promise<readonly string[]>;
  /** Whether a list of changes can be had; the sweep needs it. */
  tracksChanges(): Promise<boolean>;
  /** Languages that are switched on, as Microsoft numbers them: 1033 is English, 1036 French. */
  languages(): Promise<readonly number[]>;
  /** The environment variables of the solution. */
  variables(): Promise<readonly CrmVariable[]>;
  /** Every webhook that is registered, whoever's it is. */
  webhooks(): Promise<readonly CrmWebhook[]>;
  /** Calls of these steps that failed since then. */
  failedCalls(stepIds: readonly string[], sinceMs: number): Promise<number>;
  /** ISO codes of the currencies in use. */
  currencies(): Promise<readonly string[]>;
  /** Values of opportunities whose sync is on; at most so many. */
  sharedValues(paths: readonly string[], atMost: number): Promise<readonly CrmValues[]>;
  /** Opportunities that are shared and changed since then, by the CRM's own clock. */
  changedSince(sinceMs: number): Promise<readonly string[]>;
  /** Every opportunity with what is needed to link it, and further columns of the customer's. */
  listOpportunities(extraColumns: readonly string[]): Promise<readonly ListedOpportunity[]>;
  /** Names of flows that are switched on and speak to Partner Center. */
  activePartnerCenterFlows(): Promise<readonly string[]>;
}

/** An opportunity in a list, for linking it. */
export interface ListedOpportunity {
  readonly id: string;
  readonly name: string;
  /** Name of its account; empty without one. */
  readonly customer: string;
  readonly open: boolean;
  readonly syncOn: boolean;
  /** Lower case; null when it has none. */
  readonly referralId: string | null;
  /** Values of the further columns. */
  readonly extra: Readonly<Record<string, Json>>;
}

export interface CrmUser {
  readonly id: string;
  readonly name: string;
  readonly disabled: boolean;
}

export interface SecuredColumn {
  readonly name: string;
  readonly mayRead: boolean;
  readonly mayCreate: boolean;
  readonly mayUpdate: boolean;
}

export interface CrmVariable {
  /** Schema name. */
  readonly name: string;
  /** The value that is set, or the default; null when there is neither. */
  readonly value: string | null;
}

/** An endpoint outside of the CRM, with the steps that call it. */
export interface CrmWebhook {
  readonly url: string;
  readonly name: string;
  /** Whether a secret is set; its value cannot be read. */
  readonly hasSecret: boolean;
  readonly steps: readonly CrmWebhookStep[];
}

export interface CrmWebhookStep {
  readonly id: string;
  /** E.g. `Update`. */
  readonly message: string;
  readonly table: string;
  readonly enabled: boolean;
  /** Columns whose change calls it; empty: all. */
  readonly columns: readonly string[];
}
