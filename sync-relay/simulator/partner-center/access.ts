// Who may do what: audience and kind of the token, role of the user, owner of the referral.

import { atPath, type Json } from "../../src/core/json";
import { accessDenied, errorOfStatus, itemNotFound, type ApiError } from "./api-error";
import { textOf } from "./json-text";
import type { PartnerCenterSettings } from "./partner-center-settings";
import type { ReferralResource } from "./referral-resource";
import { MICROSOFT } from "./referral-template";

export const REFERRALS_AUDIENCE = "https://api.partner.microsoft.com";
export const EVENTS_AUDIENCE = "https://api.partnercenter.microsoft.com";

/** What the authority says of a token. */
export type TokenVerdict =
  | { readonly kind: "accepted"; readonly caller: "user"; readonly email?: string }
  | { readonly kind: "accepted"; readonly caller: "app" }
  | { readonly kind: "rejected" };

export type AcceptToken = (token: string, audience: string) => TokenVerdict;

export const acceptAnyToken: AcceptToken = () => ({ kind: "accepted", caller: "user" });

export interface Caller {
  readonly kind: "user" | "app";
  readonly email: string | null;
}

export type SignedIn = { readonly kind: "signed-in"; readonly caller: Caller } | ApiError;

export function signIn(authorization: string | undefined, audience: string, acceptToken: AcceptToken): SignedIn {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
  const verdict = token === undefined ? null : acceptToken(token, audience);
  if (verdict?.kind !== "accepted")
    return errorOfStatus(401, "The access token is missing, expired or for another audience.");
  const email = verdict.caller === "user" ? (verdict.email ?? null) : null;
  return { kind: "signed-in", caller: { kind: verdict.caller, email } };
}

export interface Viewer {
  readonly caller: Caller;
  readonly organizationId: string;
  readonly settings: PartnerCenterSettings;
  readonly ofEngagement: (engagementId: string) => readonly ReferralResource[];
}

/** Whether the caller sees a referral in lists and may read it. */
export function maySee(referral: ReferralResource, viewer: Viewer): boolean {
  if (referral.organizationId === viewer.organizationId) return isInReach(referral, viewer);
  if (referral.organizationId !== MICROSOFT.id || !viewer.settings.microsoftReferralReadable) return false;
  const members = viewer.ofEngagement(referral.engagementId);
  return members.some((member) => member.organizationId === viewer.organizationId && isInReach(member, viewer));
}

/** Why the caller may not read, or may not change, a referral; null when it may. */
export function objectionToAccess(
  referral: ReferralResource | undefined,
  purpose: "read" | "write",
  viewer: Viewer,
): ApiError | null {
  if (referral === undefined) return itemNotFound();
  if (!maySee(referral, viewer)) {
    return viewer.settings.foreignReferralStatus === 404 ? itemNotFound() : accessDenied("The referral is not yours.");
  }
  const isOwn = referral.organizationId === viewer.organizationId;
  return purpose === "write" && !isOwn ? accessDenied("Only the owner may change a referral.") : null;
}

function isInReach(referral: ReferralResource, { caller, settings }: Viewer): boolean {
  if (settings.role === "admin") return true;
  const email = (caller.email ?? settings.userEmail).toLowerCase();
  const team = Array.isArray(referral["team"]) ? (referral["team"] as readonly Json[]) : [];
  return team.some((member) => textOf(atPath(member, "email")).toLowerCase() === email);
}
