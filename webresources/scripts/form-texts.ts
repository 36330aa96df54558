import { publisher } from "../../solution/schema/publisher";
import { englishFormTexts } from "./english-form-texts";

/** Name of the text web resources without language code and ending, as the client API wants it. */
export const FORM_TEXTS_NAME = `${publisher.prefix}_/strings/CoSell`;

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
