import type { PairKey } from "../../../core/event";
import { HEARTBEAT_MS } from "../store-limits";
import type { Lane, Lease, MemoryData } from "./memory-data";

/** Makes a key due; a key that already waits keeps its time. */
export function wakeLane(data: MemoryData, key: PairKey, dueAtMs: number): void {
  const lane = laneOf(data, key);
  lane.dueAtMs ??= dueAtMs;
}

/** Sets the time of the next run, whatever it was. */
export function setDue(data: MemoryData, key: PairKey, dueAtMs: number): void {
  laneOf(data, key).dueAtMs = dueAtMs;
}

export interface TakenLane {
  readonly key: PairKey;
  readonly lease: Lease;
  readonly deaths: number;
}

/** Takes the keys that are due and free, and those whose worker fell silent. */
export function takeLanes(data: MemoryData, atMost: number, nowMs: number): readonly TakenLane[] {
  const taken: TakenLane[] = [];
  for (const [key, lane] of data.lanes) {
    if (taken.length === atMost) break;
    if (!isTakable(lane, nowMs)) continue;
    if (lane.lease === null) lane.dueAtMs = null;
    else lane.deaths++;
    lane.lease = { heartbeatAtMs: nowMs };
    taken.push({ key, lease: lane.lease, deaths: lane.deaths });
  }
  return taken;
}

/** Ends a lease; false when it was given to another worker meanwhile. */
export function endLease(data: MemoryData, key: PairKey, lease: Lease): boolean {
  const lane = data.lanes.get(key);
  if (lane?.lease !== lease) return false;
  lane.lease = null;
  lane.deaths = 0;
  if (lane.dueAtMs === null) data.lanes.delete(key);
  return true;
}

/** Takes all leases for those of dead workers. */
export function expireLeases(data: MemoryData): void {
  for (const { lease } of data.lanes.values()) if (lease !== null) lease.heartbeatAtMs = Number.NEGATIVE_INFINITY;
}

/** When the next key can be taken, or null. */
export function nextDueMs(data: MemoryData): number | null {
  let next: number | null = null;
  for (const { dueAtMs, lease } of data.lanes.values()) {
    const at = lease === null ? dueAtMs : lease.heartbeatAtMs + HEARTBEAT_MS;
    if (at !== null && (next === null || at < next)) next = at;
  }
  return next;
}

function isTakable({ dueAtMs, lease }: Lane, nowMs: number): boolean {
  if (lease !== null) return lease.heartbeatAtMs + HEARTBEAT_MS <= nowMs;
  return dueAtMs !== null && dueAtMs <= nowMs;
}

function laneOf(data: MemoryData, key: PairKey): Lane {
  const lane = data.lanes.get(key) ?? { dueAtMs: null, lease: null, deaths: 0 };
  data.lanes.set(key, lane);
  return lane;
}
