import type { JsonObject } from "../../src/core/json";

/** A referral as the simulated server stores and answers it; unknown keys are kept. */
export interface ReferralResource extends JsonObject {
  readonly id: string;
  readonly engagementId: string;
  readonly organizationId: string;
  readonly status: string;
  readonly substatus: string;
  readonly createdDateTime: string;
  readonly updatedDateTime: string;
  readonly eTag: string;
}

/** A referral before the server has stamped times and eTag on it. */
export interface ReferralDraft extends JsonObject {
  readonly id: string;
  readonly engagementId: string;
  readonly organizationId: string;
  readonly status: string;
  readonly substatus: string;
}

/** Who made a change. Only changes through the API can be kept from raising events. */
export type Author = "api" | "person" | "microsoft";
