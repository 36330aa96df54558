import type { Language } from "../../../../solution/schema/labels";
import type { HeldField } from "../pair";
import type { ReadinessIssue } from "../readiness";
import { fieldName } from "./field-names";
import { say } from "./messages";

/** Longest sync message: the column's length. */
const MAX_CHARACTERS = 1000;

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

function joined(sentences: readonly string[]): string {
  const text = sentences.filter((sentence) => sentence !== "").join(" ");
  return text.length <= MAX_CHARACTERS ? text : `${text.slice(0, MAX_CHARACTERS - 1)}…`;
}
