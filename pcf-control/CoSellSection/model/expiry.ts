import type { Columns } from "./host-state";
import type { Say } from "./strings";
import { isClosed } from "./sync-state";

const MS_PER_DAY = 86_400_000;
/** From so many days before the end on, the seller is told how long there is left; Microsoft gives 14 in all. */
const TELL_DAYS_BEFORE = 14;

/** How long a new referral still waits for an answer; null when nothing runs out soon. An accepted one does not run out. */
export function expiryNote(columns: Columns, nowMs: number, say: Say): string | null {
  const { value } = columns.expiresOn;
  if (value === null || Number.isNaN(value.getTime()) || !waits(columns)) return null;
  const leftMs = value.getTime() - nowMs;
  if (leftMs <= 0) return say("expired");
  const days = Math.floor(leftMs / MS_PER_DAY);
  if (days > TELL_DAYS_BEFORE) return null;
  if (days === 0) return say("expires_today");
  return days === 1 ? say("expires_tomorrow") : say("expires_days", days);
}

function waits(columns: Columns): boolean {
  const status = columns.referralStatus.value ?? "";
  return !isClosed(columns) && (status === "" || /^new\b/i.test(status));
}
