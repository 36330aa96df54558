import type { PartnerCenterSettings } from "./partner-center-settings";

/** The body of a callback, keys in the order and spelling of the documented sample. */
export interface EventMessage {
  readonly EventName: string;
  readonly ResourceUri: string;
  readonly ResourceName: string;
  readonly AuditUri: null;
  readonly ResourceChangeUtcDate: string;
}

/** Events that a registration may name: those of referrals, the test event, and two of other areas. */
export const EVENT_NAMES = [
  "referral-created",
  "referral-updated",
  "related-referral-created",
  "related-referral-updated",
  "test-created",
  "subscription-updated",
  "usagerecords-thresholdExceeded",
] as const;

export type EventName = (typeof EVENT_NAMES)[number];

export interface ReferralEvent {
  readonly name: EventName;
  readonly referralId: string;
  /** When the referral changed, in the service's date form. */
  readonly changedAt: string;
}

export function referralMessage(event: ReferralEvent, settings: PartnerCenterSettings, ownHost: string): EventMessage {
  const host = settings.resourceUriHost === "documented" ? "https://api.partnercenter.microsoft.com" : ownHost;
  return {
    EventName: event.name,
    ResourceUri: `${host}/engagements/v1/referrals/${event.referralId}`,
    ResourceName: "referral",
    AuditUri: null,
    ResourceChangeUtcDate: eventDate(event.changedAt, settings.eventDateOffsetMs),
  };
}

export function testMessage(correlationId: string, changedAt: string): EventMessage {
  return {
    EventName: "test-created",
    ResourceUri: `http://api.partnercenter.microsoft.com/webhooks/v1/registration/validationEvents/${correlationId}`,
    ResourceName: "test",
    AuditUri: null,
    ResourceChangeUtcDate: eventDate(changedAt, 0),
  };
}

/** The bytes that go over the wire and are signed: minified JSON. */
export function messageBytes(message: EventMessage): Buffer {
  return Buffer.from(JSON.stringify(message));
}

/** Characters of a date up to its milliseconds; behind them come four more digits and the `Z`. */
const TO_MILLISECONDS = 23;

/** Events write the same instant as the referral with `+00:00` instead of `Z`. */
function eventDate(changedAt: string, offsetMs: number): string {
  const ms = Date.parse(`${changedAt.slice(0, TO_MILLISECONDS)}Z`) + offsetMs;
  return `${new Date(ms).toISOString().slice(0, -1)}${changedAt.slice(TO_MILLISECONDS, -1)}+00:00`;
}
