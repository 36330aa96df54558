// Text as both clouds keep it: they differ in line ends, drop control characters and broken surrogates, and trim.

// eslint-disable-next-line no-control-regex -- control characters are what is removed here
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff]/g;

/** Marks that connectors put before a name to show that it is shared; they must never travel to the other side. */
const LEADING_MARKS = /^(?:\s*[✔✘]\ufe0f?)+\s*/u;

/** Text in its canonical form; empty text means that nothing is left. */
export function cleanText(raw: string, max: number | null): string {
  const wellFormed = raw.replace(/\p{Surrogate}/gu, "\ufffd");
  const lines = wellFormed.replace(/\r\n?|\u2028|\u2029|\u0085/g, "\n").replace(CONTROL_CHARACTERS, "");
  const text = lines.replace(LEADING_MARKS, "").trim();
  return max === null ? text : cutText(text, max);
}

/** One line of text: every run of blanks becomes one space. */
export function cleanLine(raw: string): string {
  return cleanText(raw, null).replace(/\s+/g, " ");
}

/** The first `max` characters, without half of a surrogate pair and without blanks at the end. */
function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(max - 1));
  return text.slice(0, splitsPair ? max - 1 : max).trimEnd();
}
