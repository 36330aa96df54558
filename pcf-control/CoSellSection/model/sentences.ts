/** Most sentences that are shown one by one. */
const MOST_SENTENCES = 20;

/** A text of the relay as its sentences: it names one thing to do in each. */
export function sentences(text: string | null): readonly string[] {
  const found = (text ?? "")
    .trim()
    .replace(/([.!?])\s+(?=\p{Lu})/gu, "$1\n")
    .split("\n");
  const all = found.map((sentence) => sentence.trim()).filter((sentence) => sentence !== "");
  return [...all.slice(0, MOST_SENTENCES - 1), ...joined(all.slice(MOST_SENTENCES - 1))];
}

function joined(rest: readonly string[]): readonly string[] {
  return rest.length === 0 ? [] : [rest.join(" ")];
}
