import type { FieldChange } from "../core/audit-entry";
import type { NextRun } from "../ports/work-queue";
import type { RunOutcome } from "./run";

/** What one run has done so far to a linked pair. */
export interface Progress {
  readonly written: { readonly crm: Set<string>; readonly partnerCenter: Set<string> };
  /** Values that lost a conflict and are not in an audit entry yet. */
  readonly pending: FieldChange[];
  /** Conflicts counted already, as `field`. */
  readonly reported: Set<string>;
  /** The CRM refused to write the closed opportunity; it is not asked again in this run. */
  crmReadOnly: boolean;
  /** Set when the invitation of Microsoft is in doubt: when to look again. */
  invitation: NextRun | null;
}

/** How a round of a run ended. */
export type RoundEnd =
  /** Something was written or read again: decide anew. */
  | { readonly kind: "again" }
  /** Nothing to write here. */
  | { readonly kind: "settled" }
  | { readonly kind: "ended"; readonly outcome: RunOutcome };
