import type { JsonObject } from "../../../src/core/json";

/** A form as a person sent it. */
export interface PortalForm {
  /** The referral that it is about; empty for a new one. */
  readonly id: string;
  /** A field's text; empty when the form has no such field. */
  text(name: string): string;
}

/** The content of a new deal; asking for help makes it Shared. */
export function newDeal(form: PortalForm): JsonObject {
  const helpCode = form.text("helpCode") || "Unknown";
  const sharesWithMicrosoft = helpCode !== "Unknown";
  return {
    ...dealEdit(form),
    type: sharesWithMicrosoft ? "Shared" : "Independent",
    externalReferenceId: form.text("externalReferenceId") || null,
    customerProfile: { name: form.text("customer") },
    consent: {
      consentToToShareInfoWithOthers: true,
      consentToContact: true,
      consentToShareReferralWithMicrosoftSellers: sharesWithMicrosoft,
    },
    inviteContext: { assistanceRequestCode: helpCode },
  };
}

/** The properties that a person may edit. Throws with what to tell the person when a field cannot be read. */
export function dealEdit(form: PortalForm): JsonObject {
  return {
    name: form.text("name"),
    details: {
      dealValue: dealValue(form.text("dealValue").trim()),
      currency: currency(form.text("currency").trim().toUpperCase()),
      closingDateTime: closingDate(form.text("closingDate")),
      notes: form.text("notes").replaceAll("\r\n", "\n") || null,
    },
  };
}

function dealValue(text: string): number | null {
  if (text === "") return null;
  if (!/^\d+(\.\d+)?$/.test(text)) throw new Error("The deal value is not a number.");
  return Number(text);
}

function currency(text: string): string | null {
  if (text === "") return null;
  if (!/^[A-Z]{3}$/.test(text)) throw new Error("The currency is not a three-letter code.");
  return text;
}

function closingDate(text: string): string | null {
  if (text === "") return null;
  if (Number.isNaN(Date.parse(text))) throw new Error("The date is not valid.");
  return `${text}T00:00:00Z`;
}
