// What a patch may do to a referral.

import type { JsonObject } from "../../src/core/json";
import { isClosed, type Referral } from "../../src/core/referral";
import { asReferral } from "./fake-referral";

/** Paths a patch may replace (those of Microsoft's own connector). */
const PATCHABLE: ReadonlySet<string> = new Set(
  (
    "/campaignId /consent/consentToShareReferralWithMicrosoftSellers /customerProfile/team /details/closingDateTime " +
    "/details/currency /details/dealValue /details/notes /details/requirements/solutions /externalReferenceId " +
    "/referralProgram /salesStage /status /substatus /statusReason /team"
  ).split(" "),
);

const SUBSTATUSES: Readonly<Record<string, readonly string[]>> = {
  New: ["Pending", "Received"],
  Active: ["Accepted"],
  Closed: ["Won", "Lost", "Declined", "Expired", "Error"],
};

export function isPatchable(path: string): boolean {
  return PATCHABLE.has(path);
}

/** Whether a referral may go over into another state. */
export function mayBecome(before: Referral, after: JsonObject): boolean {
  const { status, substatus } = asReferral(after);
  const backwards = before.status === "Active" && status === "New";
  // What Partner Center itself put there may be news to everybody; only what is sent must fit.
  const isMoved = before.status !== status || before.substatus !== substatus;
  const fits = !isMoved || (SUBSTATUSES[status]?.includes(substatus) ?? false);
  return !isClosed(before) && !backwards && fits;
}
