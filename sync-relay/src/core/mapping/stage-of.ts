import type { Stage } from "../opportunity";
import type { Referral } from "../referral";

/** The stage that a referral is in; null for a status that is not known. */
export function stageOf(referral: Pick<Referral, "status" | "substatus">): Stage | null {
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
