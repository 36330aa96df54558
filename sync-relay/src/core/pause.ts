// An admin may pause the sync in either direction: nothing is written that way until it is resumed. The pause is a
// stored fact, so that every replica sees it before it writes; what it holds back is remembered with the pair.

import type { Direction } from "./audit-entry";

/** Both directions, as an admin names them. */
export const directions: readonly Direction[] = ["crm-to-partner-center", "partner-center-to-crm"];

/** Name of the stored fact that holds the pause of a direction. */
export function pauseFact(direction: Direction): string {
  return `paused:${direction}`;
}

const RESUMED = "resumed ";

/** The fact of a direction that is paused from that time on, milliseconds since the epoch. */
export function pauseText(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** The fact of a direction that goes on from that time on. It tells one resume from the next. */
export function resumeText(atMs: number): string {
  return `${RESUMED}${new Date(atMs).toISOString()}`;
}

/** Since when a direction is paused; null when it is not. */
export function pausedSince(fact: string | null): number | null {
  const sinceMs = Date.parse(fact ?? "");
  return fact?.startsWith(RESUMED) === true || Number.isNaN(sinceMs) ? null : sinceMs;
}

/** When a direction was resumed; null when it is paused or never was. */
export function resumedAt(fact: string | null): number | null {
  return fact?.startsWith(RESUMED) === true ? pausedSince(fact.slice(RESUMED.length)) : null;
}
