import type { RelayEvent } from "./event";
import type { Pair } from "./pair";
import { ticks } from "./ticks";

/**
 * Whether an event only tells of a write of our own, or of something the pair has already seen. Such an event costs no
 * upstream call. When in doubt it is no echo: a needless read is cheap, a missed change is not.
 */
export function isEcho(event: RelayEvent, pair: Pair): boolean {
  if (event.kind.startsWith("opportunity")) return event.ownWrite && pair.crm !== null;
  if (event.recordId === pair.referralId) return isSeen(event, pair.partnerCenter?.updatedAt ?? null);
  if (event.recordId === pair.microsoftReferralId) return isSeen(event, pair.microsoft?.updatedAt ?? null);
  return false;
}

/** Whether the change is not younger than what was last received of that referral, by the server's own clock. */
function isSeen(event: RelayEvent, updatedAt: string | null): boolean {
  const changed = ticks(event.changedAt);
  const seen = ticks(updatedAt);
  return changed !== null && seen !== null && changed <= seen;
}
