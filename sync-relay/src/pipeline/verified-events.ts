import type { RelayEvent } from "../core/event";
import type { WaitingEvent } from "../ports/work-queue";
import type { SyncParts } from "./sync-parts";

/** How long an event may wait for its certificate. It is only a hint: the sweep finds what it would have told. */
const LONGEST_WAIT_MS = 60 * 60_000;

/** The events of a claim that may be used now, and whether others must still wait for their signature's check. */
export interface CheckedEvents {
  readonly events: readonly RelayEvent[];
  readonly waits: boolean;
}

/**
 * Checks the events that were stored before their signature could be checked: a forged one is dropped, as is a test
 * notification. One whose certificate still cannot be had waits, for an hour at most, and keeps no other event waiting:
 * anybody can send such a one.
 */
export async function verifiedEvents(parts: SyncParts, waiting: readonly WaitingEvent[]): Promise<CheckedEvents> {
  const events: RelayEvent[] = [];
  let waits = false;
  for (const entry of waiting.filter(({ event }) => event.kind !== "test-created")) {
    const verdict = await verdictOn(parts, entry);
    if (verdict === "usable") events.push(entry.event);
    if (verdict === "wait") waits = true;
  }
  return { events, waits };
}

async function verdictOn(parts: SyncParts, entry: WaitingEvent): Promise<"usable" | "wait" | "drop"> {
  if (entry.unverified === undefined) return "usable";
  const verdict = await parts.verifyStored(entry.unverified);
  switch (verdict.kind) {
    case "verified":
      return "usable";
    case "rejected":
      parts.log.warn("a stored event was dropped: its signature does not hold", { reason: verdict.reason });
      return "drop";
    case "unverified": {
      if (parts.clock.now() - entry.receivedAtMs < LONGEST_WAIT_MS) return "wait";
      parts.log.warn("a stored event was dropped: its certificate could not be fetched", { code: "CS-1402" });
      return "drop";
    }
  }
}
