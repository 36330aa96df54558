import type { WebhookRegistration } from "../../adapters/partner-center/registration";
import { shownAddress, webhookAddresses } from "../setup/relay-address";
import type { WebhookSession } from "./webhook-session";

/** Whether a registration leads to this relay, with whatever token at its end. */
export function isOurs({ settings }: WebhookSession, { webhookUrl }: WebhookRegistration): boolean {
  return webhookUrl.startsWith(webhookAddresses(settings).partnerCenterRoot);
}

export function isSame(one: WebhookRegistration, other: WebhookRegistration): boolean {
  return one.webhookUrl === other.webhookUrl && [...one.events].sort().join() === [...other.events].sort().join();
}

/** A registration without what may be secret in its address, for words. */
export function shownValues({ webhookUrl, events }: WebhookRegistration) {
  return { url: shownAddress(webhookUrl), list: events.join(", ") };
}

/** The same, for scripts. */
export function shown({ webhookUrl, events }: WebhookRegistration) {
  return { url: shownAddress(webhookUrl), events };
}
