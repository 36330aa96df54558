import { textOf } from "./json-text";
import { atPath, type JsonObject } from "../../src/core/json";

interface Rule {
  readonly says: string;
  readonly isMet: (content: JsonObject) => boolean;
}

/** What the portal asks of a deal that is shared with Microsoft; the API is not known to insist. */
const RULES: readonly Rule[] = [
  {
    says: "Solution ID is required.",
    isMet: (c) => typeof atPath(c, "details.requirements.solutions.0.id") === "string",
  },
  {
    says: "Country code is not valid.",
    isMet: (c) => /^[A-Z]{2}$/.test(textOf(atPath(c, "customerProfile.address.country"))),
  },
  { says: "Deal value is required.", isMet: (c) => Number(atPath(c, "details.dealValue") ?? 0) > 0 },
  {
    says: "Estimated close date is required.",
    isMet: (c) => !Number.isNaN(Date.parse(textOf(atPath(c, "details.closingDateTime")))),
  },
  { says: "Notes are required.", isMet: (c) => textOf(atPath(c, "details.notes")).trim() !== "" },
  { says: "A team member with e-mail address is required.", isMet: (c) => textOf(atPath(c, "team.0.email")) !== "" },
  { says: "Consent to share is required.", isMet: (c) => atPath(c, "consent.consentToToShareInfoWithOthers") === true },
  {
    says: "A customer contact is required when help is requested.",
    isMet: (c) => !asksForHelp(c) || textOf(atPath(c, "customerProfile.team.0.email")) !== "",
  },
];

/** What the portal would object to, or null. Private deals are not checked. */
export function coSellObjection(content: JsonObject): string | null {
  if (content["type"] !== "Shared") return null;
  return RULES.find((rule) => !rule.isMet(content))?.says ?? null;
}

function asksForHelp(content: JsonObject): boolean {
  const code = atPath(content, "inviteContext.assistanceRequestCode");
  return code !== undefined && code !== null && code !== "Unknown";
}
