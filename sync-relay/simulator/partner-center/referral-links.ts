import type { ReferralResource } from "./referral-resource";

const API = "https://api.partner.microsoft.com/v1.0/engagements/referrals";

/** A referral as it is answered: with its links, whose filter has the bare GUID as live answers have it. */
export function answeredReferral(referral: ReferralResource): ReferralResource {
  const links = {
    relatedReferrals: { uri: `${API}?$filter=engagementId eq ${referral.engagementId}`, method: "GET" },
    self: { uri: `${API}/${referral.id}`, method: "GET" },
  };
  return { ...referral, links };
}
