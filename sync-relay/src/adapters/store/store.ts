import type { AuditEntry } from "../../core/audit-entry";
import type { PairKey } from "../../core/event";
import type { Inbox } from "../../ports/inbox";
import type { PairStore } from "../../ports/pair-store";
import type { SecretStore } from "../../ports/secret-store";
import type { UpstreamBudget } from "../../ports/upstream-budget";
import type { WorkQueue } from "../../ports/work-queue";

/** Everything that outlives the process, behind one connection: the ports, and what the admin commands need. */
export interface Store {
  readonly inbox: Inbox;
  readonly queue: WorkQueue;
  readonly pairs: PairStore;
  readonly budget: UpstreamBudget;
  readonly secrets: SecretStore;
  readonly audit: AuditTrail;
  /** When the newest event of a pair's key arrived, milliseconds since the epoch; null when none is remembered. */
  lastReceivedMs(key: PairKey): Promise<number | null>;
  /** Gives dead letters another try, at once and with a fresh count of failures. Returns how many. */
  redrive(filter: RedriveFilter): Promise<number>;
  /** Whether events can be stored now. Never throws. */
  storing(): Promise<Storing>;
  /** Ends all background work and connections. Claims that were not finished are recovered by another replica. */
  close(): Promise<void>;
}

/** Whether events can be stored: they can, there is no room for any, or there is nothing to store them in. */
export type Storing = "possible" | "no-room" | "impossible";

/** What was done to the pairs. */
export interface AuditTrail {
  newestFirst(opportunityId: string, limit: number): Promise<readonly AuditEntry[]>;
}

/** Which dead letters. */
export type RedriveFilter =
  | { readonly kind: "all" }
  | { readonly kind: "opportunities"; readonly opportunityIds: readonly string[] }
  /** Those that died of this error code. */
  | { readonly kind: "because"; readonly code: string };
