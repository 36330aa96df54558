// Status of a referral and stage of an opportunity. A referral goes New → Active → Closed and never back; Closed is the
// end (Partner Center refuses every later write). Stages: on hold ↔ New, in progress ↔ Active, won and lost ↔ Closed.
// An Active referral has no counterpart of "on hold": it stays as it is and waits.

import type { Stage } from "./opportunity";
import { isClosed, type PatchOperation, type Referral } from "./referral";

/** What a stage of the opportunity means for the referral's status. */
export type StatusMove =
  | { readonly kind: "keep" }
  | {
      readonly kind: "move";
      readonly status: "Active" | "Closed";
      readonly substatus: "Accepted" | "Won" | "Lost" | "Declined";
    }
  /** The referral is closed; nothing brings it back. */
  | { readonly kind: "closed" }
  /** Partner Center knows no such state; it waits until the opportunity goes on. */
  | { readonly kind: "waits" };

/** The move that brings a referral to a stage (status table of the product, field mapping §5). */
export function statusMove(referral: Pick<Referral, "status" | "substatus">, stage: Stage): StatusMove {
  if (stageOf(referral) === stage) return { kind: "keep" };
  if (isClosed(referral)) return { kind: "closed" };
  switch (stage) {
    case "in-progress":
      return { kind: "move", status: "Active", substatus: "Accepted" };
    case "on-hold":
      return { kind: "waits" };
    case "won":
      return { kind: "move", status: "Closed", substatus: "Won" };
    case "lost":
      return { kind: "move", status: "Closed", substatus: referral.status === "New" ? "Declined" : "Lost" };
  }
}

/** The stage that a referral's status means; null for a status that is not known. */
export function knownStageOf(referral: Pick<Referral, "status" | "substatus">): Stage | null {
  switch (referral.status) {
    case "New":
      return "on-hold";
    case "Active":
      return "in-progress";
    case "Closed":
      return referral.substatus === "Won" ? "won" : "lost";
    default:
      return null;
  }
}

/** The same, where there must be one. Unknown statuses count as in progress: nothing is closed by a guess. */
export function stageOf(referral: Pick<Referral, "status" | "substatus">): Stage {
  return knownStageOf(referral) ?? "in-progress";
}

/** The operations of a status move; status and substatus always go together. */
export function statusOperations(move: StatusMove, reason: string | null): readonly PatchOperation[] {
  if (move.kind !== "move") return [];
  const operations: PatchOperation[] = [
    { op: "replace", path: "/status", value: move.status },
    { op: "replace", path: "/substatus", value: move.substatus },
  ];
  if (reason !== null && (move.substatus === "Lost" || move.substatus === "Declined")) {
    operations.push({ op: "replace", path: "/statusReason", value: reason });
  }
  return operations;
}

/** The referral's status as the seller reads it, e.g. "Closed / Declined: timeline too short". */
export function shownStatus(referral: Pick<Referral, "status" | "substatus" | "statusReason">): string {
  const shown = [referral.status, referral.substatus].filter((part) => part !== "").join(" / ");
  return referral.statusReason === null || referral.statusReason === "" ? shown : `${shown}: ${referral.statusReason}`;
}
