import { publisher } from "../../solution/schema/publisher";

/** Name of the text web resources without language code and ending, as the client API wants it. */
export const FORM_TEXTS_NAME = `${publisher.prefix}_/strings/CoSell`;

/** English texts of the form script: what is shown when the text web resource cannot be had. */
export const englishFormTexts = {
  needsAttention: "Co-sell with Microsoft: the sync needs your attention. See the co-sell section.",
  needsAttentionBecause: "Co-sell with Microsoft needs your attention: {message}",
  retrying: "Co-sell with Microsoft: the last changes have not arrived yet; they are sent again automatically.",
  retryingBecause: "Co-sell with Microsoft is being retried: {message}",
} as const;

/** Key of a text of the form script. */
export type FormTextKey = keyof typeof englishFormTexts;

/** A text in the user's language. */
export function formText(key: FormTextKey): string {
  const text = translated(key);
  return text === undefined ? englishFormTexts[key] : text;
}

function translated(key: FormTextKey): string | undefined {
  try {
    // The platform loads the texts with the script that depends on them; where a customiser lost that dependency, or
    // has neither the user's language nor the base language, it answers null or throws.
    const text: unknown = Xrm.Utility.getResourceString(FORM_TEXTS_NAME, key);
    return typeof text === "string" && text !== "" ? text : undefined;
  } catch {
    return undefined;
  }
}
