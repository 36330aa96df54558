// Which events a change of a referral raises for the partner.

import type { EventName, ReferralEvent } from "./event-message";
import type { PartnerCenterSettings } from "./partner-center-settings";
import type { ReferralResource } from "./referral-resource";
import type { ReferralChange } from "./referral-store";
import { MICROSOFT } from "./referral-template";

export interface EventContext {
  readonly settings: PartnerCenterSettings;
  readonly organizationId: string;
  readonly ofEngagement: (engagementId: string) => readonly ReferralResource[];
}

export function eventsOf(change: ReferralChange, context: EventContext): readonly ReferralEvent[] {
  const { referral, kind, by } = change;
  if (by === "api" && !context.settings.eventsForApiWrites) return [];
  const changedAt = referral.updatedDateTime;
  if (referral.organizationId === context.organizationId) {
    return [{ name: `referral-${kind}`, referralId: referral.id, changedAt }];
  }
  if (referral.organizationId !== MICROSOFT.id) return [];
  const own = context
    .ofEngagement(referral.engagementId)
    .filter((other) => other.organizationId === context.organizationId);
  if (own.length === 0) return [];
  const named = context.settings.relatedEventNames === "own-referral" ? own : [referral];
  const name: EventName = `related-referral-${kind}`;
  return named.map(({ id }) => ({ name, referralId: id, changedAt }));
}
