// The documented list of what an update of a referral may replace, as field keys. The list also knows `/-` (append to
// a list) for both teams and the solutions; the relay replaces whole lists instead, since only that can be repeated.

/** Keys of the fields that Partner Center lets change after creation. */
export const patchablePaths: readonly string[] = [
  "campaignId",
  "consent.consentToShareReferralWithMicrosoftSellers",
  "customerProfile.team",
  "details.closingDateTime",
  "details.currency",
  "details.dealValue",
  "details.notes",
  "details.requirements.solutions",
  "externalReferenceId",
  "referralProgram",
  "salesStage",
  "status",
  "substatus",
  "statusReason",
  "team",
];

const patchable: ReadonlySet<string> = new Set(patchablePaths);

/** Whether an update of a referral may carry the field. */
export function isPatchable(key: string): boolean {
  return patchable.has(key);
}
