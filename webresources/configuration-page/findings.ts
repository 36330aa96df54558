import type { EnvironmentVariableRole } from "../../solution/schema/environment-variables";
import type { SyncStatus } from "../../solution/schema/sync-status";
import type { WebhookStep } from "../../solution/schema/webhook-steps";
import type { Seen } from "./web-api";

// What the page finds out, as plain values: the cards and the next step follow from these alone.

/** A solution as it is installed. */
export interface InstalledSolution {
  readonly uniqueName: string;
  readonly version: string;
  readonly isManaged: boolean;
  /** ISO text; empty when it is not known. */
  readonly installedOn: string;
}

/** An environment variable: its own value, or the default; null when there is neither. */
export interface VariableValue {
  readonly value: string | null;
  readonly isDefault: boolean;
}

export type VariableValues = { readonly [R in EnvironmentVariableRole]?: VariableValue };

/** What asking the relay came to. */
export type RelayAnswer =
  | { readonly kind: "no-address" }
  /** It said that it is alive. */
  | { readonly kind: "alive"; readonly address: string }
  /** Something else answered in a way that could be read. */
  | { readonly kind: "other"; readonly address: string }
  /** Something answered, but the browser keeps the answer from the page. */
  | { readonly kind: "hidden"; readonly address: string }
  /** No answer, for whatever reason. */
  | { readonly kind: "unseen"; readonly address: string };

/** A registered step of the webhook. */
export interface RegisteredStep {
  readonly message: WebhookStep["message"];
  readonly isEnabled: boolean;
  /** Columns that an Update listens to; empty: all. */
  readonly columns: readonly string[];
}

/** The webhook that calls the relay. */
export interface RegisteredWebhook {
  readonly endpoint: string;
  readonly url: string;
  readonly hasSecret: boolean;
  readonly steps: readonly RegisteredStep[];
}

/** Whom a role is assigned to: the first few, and whether there are more. */
export interface RoleAssignment {
  readonly exists: boolean;
  readonly users: readonly { readonly name: string; readonly isApplication: boolean }[];
  readonly teams: readonly string[];
}

/** Members of a column security profile. */
export type ProfileMembers = "missing" | "empty" | "filled";

/** Which of the columns are locked. */
export interface LockedColumns {
  readonly locked: number;
  readonly all: number;
}

/** Opportunities by sync status; too many when Dataverse does not count that far. */
export type StatusCounts = ReadonlyMap<SyncStatus, number> | "too-many";

/** The opportunity that was synced last; null when none was. */
export interface LastSynced {
  readonly id: string;
  readonly name: string;
  readonly on: string;
  readonly referralId: string;
  readonly link: string;
}

export interface ProductCount {
  readonly count: number;
  readonly isAtLeast: boolean;
}

/** Everything the page finds out; what is absent is still being looked at. */
export interface Findings {
  readonly solutions?: Seen<readonly InstalledSolution[]>;
  readonly variables?: Seen<VariableValues>;
  readonly relay?: RelayAnswer;
  /** Null: no webhook calls the relay. */
  readonly webhook?: Seen<RegisteredWebhook | null>;
  readonly relayRole?: Seen<RoleAssignment>;
  readonly sellerRole?: Seen<RoleAssignment>;
  readonly lockedColumns?: Seen<LockedColumns>;
  readonly relayProfile?: Seen<ProfileMembers>;
  readonly readerProfile?: Seen<ProfileMembers>;
  readonly counts?: Seen<StatusCounts>;
  readonly lastSynced?: Seen<LastSynced | null>;
  readonly products?: Seen<ProductCount>;
}
