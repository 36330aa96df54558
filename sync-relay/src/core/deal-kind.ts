import type { HelpCode } from "../../../solution/schema/help-options";
import { helpCodes } from "../../../solution/schema/help-options";
import type { Json } from "./json";
import type { FieldValues } from "./pair";

/** Field keys (Partner Center paths) that the relay itself decides by. */
export const fieldKeys = {
  name: "name",
  status: "status",
  statusReason: "statusReason",
  dealValue: "details.dealValue",
  currency: "details.currency",
  closeDate: "details.closingDateTime",
  notes: "details.notes",
  solutions: "details.requirements.solutions",
  customerName: "customerProfile.name",
  country: "customerProfile.address.country",
  customerTeam: "customerProfile.team",
  help: "inviteContext.assistanceRequestCode",
  visible: "consent.consentToShareReferralWithMicrosoftSellers",
} as const;

/**
 * What kind of deal follows from the seller's two choices: no help and not visible is private, no help but visible is
 * partner-led, any help is a co-sell (and visible by that).
 */
export type DealKind = "private" | "partner-led" | "co-sell";

/** The help code asked for, or null when no (known) help is asked. */
export function helpIn(values: FieldValues): HelpCode | null {
  return asHelpCode(values[fieldKeys.help]);
}

/** A known help code, or null. */
export function asHelpCode(value: Json | undefined): HelpCode | null {
  return helpCodes.find((code) => code === value) ?? null;
}

export function dealKind(values: FieldValues): DealKind {
  if (helpIn(values) !== null) return "co-sell";
  return values[fieldKeys.visible] === true ? "partner-led" : "private";
}
