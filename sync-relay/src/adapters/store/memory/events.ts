import { idOfKey, opportunityKey, pairKeyOf, type PairKey } from "../../../core/event";
import type { InboxEntry } from "../../../ports/inbox";
import type { WaitingEvent } from "../../../ports/work-queue";
import type { MemoryData } from "./memory-data";

/** Stores an event unless it is known; returns its key when it was new. */
export function addEvent(data: MemoryData, { event, unverified }: InboxEntry, nowMs: number): PairKey | null {
  const identity = `${event.source}\n${event.dedupeId}`;
  if (data.known.has(identity)) return null;
  data.known.add(identity);
  const stored: WaitingEvent = { seq: String(data.nextSeq++), event, receivedAtMs: nowMs };
  data.received.set(pairKeyOf(event), nowMs);
  append(data, pairKeyOf(event), [unverified === undefined ? stored : { ...stored, unverified }]);
  return pairKeyOf(event);
}

export function eventsOf(data: MemoryData, key: PairKey): readonly WaitingEvent[] {
  return data.waiting.get(key) ?? [];
}

/** Takes events out of the inbox. */
export function removeEvents(data: MemoryData, key: PairKey, events: readonly WaitingEvent[]): void {
  const gone = new Set(events.map(({ seq }) => seq));
  const rest = eventsOf(data, key).filter(({ seq }) => !gone.has(seq));
  if (rest.length > 0) data.waiting.set(key, rest);
  else data.waiting.delete(key);
}

export function moveEvents(
  data: MemoryData,
  { from, to }: { readonly from: PairKey; readonly to: PairKey },
  events: readonly WaitingEvent[],
): void {
  removeEvents(data, from, events);
  append(data, to, events);
}

/** The key of the known pair that a referral's key belongs to, or null. */
export function knownPairOf(data: MemoryData, key: PairKey): PairKey | null {
  const opportunityId = key.startsWith("ref:") ? data.aliases.get(idOfKey(key)) : undefined;
  return opportunityId === undefined ? null : opportunityKey(opportunityId);
}

function append(data: MemoryData, key: PairKey, events: readonly WaitingEvent[]): void {
  if (events.length === 0) return;
  const all = [...eventsOf(data, key), ...events];
  data.waiting.set(
    key,
    all.sort((a, b) => Number(a.seq) - Number(b.seq)),
  );
}
