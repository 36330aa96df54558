import type { RelayEvent } from "../core/event";
import { RelayError } from "../core/errors";
import type { WaitingEvent } from "../ports/work-queue";
import type { SyncParts } from "./sync-parts";

/**
 * The events of a claim that may be used. An event that was stored before its signature could be checked is checked
 * now: a forged one is dropped, as is a test notification, and while the certificate still cannot be had the whole run waits (CS-1402).
 */
export async function verifiedEvents(
  parts: SyncParts,
  waiting: readonly WaitingEvent[],
): Promise<readonly RelayEvent[]> {
  const events: RelayEvent[] = [];
  for (const { event, unverified } of waiting.filter((entry) => entry.event.kind !== "test-created")) {
    if (unverified === undefined) {
      events.push(event);
      continue;
    }
    const verdict = await parts.verifyStored(unverified);
    if (verdict.kind === "unverified") throw new RelayError("CS-1402");
    if (verdict.kind === "verified") events.push(event);
    else parts.log.warn("a stored event was dropped: its signature does not hold", { reason: verdict.reason });
  }
  return events;
}
