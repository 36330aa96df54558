import type { Json } from "./json";

/** Direction of a change, in the words of the product. */
export type Direction = "crm-to-partner-center" | "partner-center-to-crm";

/** One field that changed: canonical values before and after, and the value that lost a conflict, if any. */
export interface FieldChange {
  readonly field: string;
  readonly before: Json;
  readonly after: Json;
  readonly lost?: Json;
}

/** What the relay did, or could not do, to one pair. Stored whole; a short line of it goes onto the opportunity. */
export interface AuditEntry {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly opportunityId: string | null;
  readonly referralId: string | null;
  readonly direction: Direction | null;
  readonly action: string;
  readonly changes: readonly FieldChange[];
  readonly result: "done" | "held" | "failed" | "ignored";
  /** Documented reason or error code; null when done. */
  readonly reason: string | null;
  readonly correlationId: string;
}
