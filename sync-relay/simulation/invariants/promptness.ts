import { isClosed } from "../../src/core/referral";
import type { End } from "./end";
import { compared, linkedPairs } from "./agreement";
import { bad, short } from "./finding";

/** I13: where nothing fails both sides agree soon after the last change, without any sweep. */
export function checkPromptness(end: End): void {
  const waiting = [...end.data.waiting.keys()];
  if (waiting.length > 0) bad(end, `I13 events still wait: ${waiting.join(", ")}`);
  for (const pair of linkedPairs(end)) {
    const [{ id }, referral] = pair;
    const apart = isClosed(referral) ? [] : compared(end, pair).filter(({ agree }) => !agree);
    for (const { field } of apart) bad(end, `I13 ${short(id)} ${field} is not in step yet`);
  }
}
