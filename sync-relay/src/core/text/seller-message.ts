import type { Language } from "../../../../solution/schema/labels";
import type { HeldField } from "../pair";
import type { ReadinessIssue } from "../readiness";
import { fieldName } from "./field-names";
import { say } from "./messages";
import { columnCharacters, shortened } from "./shortened";

/** Longest quotation of a server's words: what the seller is to do about them comes after it. */
const REASON_CHARACTERS = 700;

/** What the seller must add before the deal can be shared, as one text. */
export function readinessMessage(issues: readonly ReadinessIssue[], language: Language): string {
  const sentences = issues.map(({ field, because, shown }) => {
    return say(language, because, { field: fieldName(field, language), shown: shown ?? "" });
  });
  return joined(sentences);
}

/** What was not carried over and what to do about it, one sentence a reason; null when nothing is held. */
export function heldMessage(held: readonly HeldField[], language: Language): string | null {
  const reasons = [...new Set(held.map((entry) => entry.because))].filter((because) => because !== "not-ready");
  if (reasons.length === 0) return null;
  const sentences = reasons.map((because) => {
    const fields = held.filter((entry) => entry.because === because).map((entry) => fieldName(entry.field, language));
    return say(language, `held-${because}`, { field: fields.join(", ") });
  });
  return joined(sentences);
}

/** What a server said, for a sentence that goes on after it. */
export function quotable(words: string): string {
  return shortened(words, REASON_CHARACTERS);
}

/** Sentences as one message that the column holds. */
export function joined(sentences: readonly string[]): string {
  return shortened(sentences.filter((sentence) => sentence !== "").join(" "), columnCharacters.syncMessage);
}
