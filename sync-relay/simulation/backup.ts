import type { Lane, MemoryData } from "../src/adapters/store/memory/memory-data";

/** The store as a backup of this moment keeps it: whatever ran was interrupted, and is due. */
export function backupOf(data: MemoryData): MemoryData {
  const interrupted = (lane: Lane): Lane => (lane.lease === null ? { ...lane } : { ...lane, lease: null, dueAtMs: 0 });
  return {
    ...data,
    known: new Set(data.known),
    waiting: new Map([...data.waiting].map(([key, events]) => [key, [...events]])),
    lanes: new Map([...data.lanes].map(([key, lane]) => [key, interrupted(lane)])),
    pairs: new Map(data.pairs),
    aliases: new Map(data.aliases),
    audit: [...data.audit],
    facts: new Map(data.facts),
    running: new Set(),
    listeners: new Set(),
  };
}
