import type { PartnerCenterSettings } from "./partner-center-settings";
import type { ReferralStore } from "./referral-store";
import type { Organization } from "./referral-template";

/** What the actions of people and of Microsoft work on. */
export interface PersonContext {
  readonly store: ReferralStore;
  readonly settings: PartnerCenterSettings;
  readonly organization: Organization;
  readonly otherPartner: Organization;
  readonly nowMs: () => number;
}
