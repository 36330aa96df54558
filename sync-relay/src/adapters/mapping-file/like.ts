/** Longest pattern, in characters; together with one pass over the text it bounds the work of a match. */
export const LONGEST_PATTERN = 100;

/**
 * Whether the text has the pattern: `*` stands for anything, `?` for one character, case does not matter. Goes back to
 * the last `*` only, so the work is at most text × pattern, whatever the input.
 */
export function like(text: string, pattern: string): boolean {
  const source = text.toLowerCase();
  const wanted = pattern.slice(0, LONGEST_PATTERN).toLowerCase();
  let at = 0;
  let next = 0;
  let star = -1;
  let resume = 0;
  while (at < source.length) {
    if (wanted[next] === "*") {
      star = next;
      resume = at;
      next += 1;
    } else if (wanted[next] === "?" || wanted[next] === source[at]) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      next = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(wanted.slice(next));
}
