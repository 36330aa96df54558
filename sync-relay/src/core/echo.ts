import type { RelayEvent } from "./event";
import type { Pair } from "./pair";

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

/** An ISO time as a sortable text of 7 fractional digits: `Date` would drop what is below a millisecond. */
function ticks(time: string | null): string | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?\d*(?:Z|\+00:00)$/.exec(time ?? "");
  return match === null ? null : `${match[1] ?? ""}.${(match[2] ?? "").padEnd(7, "0")}`;
}
