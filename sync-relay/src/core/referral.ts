import { NO_HELP_CODE } from "../../../solution/schema/help-options";
import type { JsonObject } from "./json";

/** Organisation id of Microsoft's own referrals. */
export const MICROSOFT_ORGANIZATION = "msft";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * A Partner Center referral. Named properties are those the relay decides by; everything the mapping may read is in
 * `json`, the whole resource as received (unknown keys included, since the schema grows every year).
 */
export interface Referral {
  /** GUID, lower case. */
  readonly id: string;
  readonly engagementId: string | null;
  /** Owner: the partner's organisation id, or "msft". */
  readonly organizationId: string | null;
  /** Opaque version, inner double quotes included; sent back verbatim in If-Match. */
  readonly eTag: string;
  readonly createdAt: string;
  /** ISO 8601 UTC with up to 7 fractional digits, as received. */
  readonly updatedAt: string;
  readonly expiresAt: string | null;
  /** New, Active or Closed; unknown values are kept as received. */
  readonly status: string;
  /** Pending, Received, Accepted, Won, Lost, Declined, Expired, Error; unknown values are kept as received. */
  readonly substatus: string;
  readonly statusReason: string | null;
  /** Shared or Independent. */
  readonly type: string | null;
  readonly qualification: string | null;
  /** The partner's CRM id: the natural key between the two sides. */
  readonly externalReferenceId: string | null;
  /** inviteContext.invitedBy.organizationId */
  readonly invitedBy: string | null;
  /** inviteContext.assistanceRequestCode */
  readonly helpCode: string | null;
  /** trackingInfo.microsoftMsxId */
  readonly microsoftCrmId: string | null;
  readonly json: JsonObject;
}

/** What an inbound referral is, by type, qualification and inviting organisation (referrals API introduction). */
export type ReferralCategory = "co-sell" | "qualified-lead" | "marketplace-lead";

/** Category of a referral. Unknown combinations count as co-sell: a deal shown too much beats a deal lost. */
export function categoryOf(referral: Referral): ReferralCategory {
  const fromMicrosoft = referral.invitedBy === MICROSOFT_ORGANIZATION || referral.invitedBy === null;
  if (referral.type !== "Independent") return "co-sell";
  if (referral.qualification === "Direct" && fromMicrosoft) return "marketplace-lead";
  const lead = referral.qualification === "SalesQualified" || referral.qualification === "MarketingQualified";
  return lead && referral.invitedBy === MICROSOFT_ORGANIZATION ? "qualified-lead" : "co-sell";
}

/** Which opportunity a referral says it belongs to. */
export interface ReferralName {
  readonly referralId: string;
  /** GUID, lower case. */
  readonly opportunityId: string;
  /** `updatedAt` of the referral that said so. */
  readonly updatedAt: string;
}

/** The opportunity that a partner's own referral names, lower case; null for none, or for what is no opportunity's id. */
export function namedOpportunity(referral: Pick<Referral, "organizationId" | "externalReferenceId">): string | null {
  if (referral.organizationId === MICROSOFT_ORGANIZATION) return null;
  const named = referral.externalReferenceId?.trim().toLowerCase() ?? "";
  return GUID.test(named) ? named : null;
}

/** The code of the help that Microsoft was asked for with a referral; null when none was. */
export function helpOf({ helpCode }: Pick<Referral, "helpCode">): string | null {
  return helpCode === NO_HELP_CODE ? null : helpCode;
}

/** Whether nothing may be written to the referral any more. */
export function isClosed(referral: Pick<Referral, "status">): boolean {
  return referral.status === "Closed";
}

/** One operation of a referral update (JSON Patch restricted to `replace`, which alone is idempotent). */
export interface PatchOperation {
  readonly op: "replace";
  /** JSON pointer, e.g. `/details/dealValue`. */
  readonly path: string;
  readonly value: JsonObject[keyof JsonObject];
}
