import { RelayError } from "../../../core/errors";
import { idOfKey } from "../../../core/event";
import { must } from "../../../core/must";
import type { Pair } from "../../../core/pair";
import type { Clock } from "../../../ports/clock";
import type { Claim, RunResult } from "../../../ports/work-queue";
import { burial } from "../dead-letter";
import { DEATHS_BEFORE_DEAD, EVENTS_PER_CLAIM } from "../store-limits";
import { eventsOf, knownPairOf, moveEvents, removeEvents } from "./events";
import { endLease, setDue, takeLanes, wakeLane, type TakenLane } from "./lanes";
import type { Lease, MemoryData } from "./memory-data";
import { requireRevision, savePair } from "./pairs";

/** Tells all replicas that a key may have become due. */
export function notify(data: MemoryData): void {
  for (const listener of data.listeners) listener();
}

/** Runs of one replica: what it claimed, and how that ends. */
export interface Runs {
  claim(free: number): readonly Claim[];
  touch(claim: Claim): void;
  checkpoint(claim: Claim, pair: Pair): Pair;
  end(claim: Claim, result: RunResult): void;
}

export function createRuns(data: MemoryData, clock: Clock): Runs {
  const held = new WeakMap<Claim, Lease>();
  const leaseOf = (claim: Claim): Lease => must(held.get(claim), "a claim must be the very one that claim() returned");
  const isHeld = (claim: Claim): boolean => data.lanes.get(claim.key)?.lease === leaseOf(claim);

  function claimOf(taken: TakenLane): Claim | null {
    if (handedOver(data, taken, clock.now())) return null;
    const { key, lease, deaths } = taken;
    const pair = key.startsWith("opp:") ? (data.pairs.get(idOfKey(key)) ?? null) : null;
    const claim: Claim = { key, pair, events: eventsOf(data, key).slice(0, EVENTS_PER_CLAIM) };
    held.set(claim, lease);
    if (deaths < DEATHS_BEFORE_DEAD || key.startsWith("ref:")) return claim;
    end(claim, burial(claim, clock.now()));
    return null;
  }

  function end(claim: Claim, result: RunResult): void {
    if (!isHeld(claim)) throw new RelayError("CS-1302");
    if (result.pair !== null) {
      requireRevision(data, result.pair);
      savePair(data, result.pair);
    }
    endLease(data, claim.key, leaseOf(claim));
    data.audit.push(...result.audit);
    settleEvents(data, claim, { next: result.next, nowMs: clock.now() });
    notify(data);
  }

  return {
    claim: (free) =>
      takeLanes(data, Math.max(0, free), clock.now())
        .map(claimOf)
        .filter((claim) => claim !== null),
    touch(claim) {
      if (isHeld(claim)) leaseOf(claim).heartbeatAtMs = clock.now();
    },
    checkpoint(claim, pair) {
      if (!isHeld(claim)) throw new RelayError("CS-1302");
      leaseOf(claim).heartbeatAtMs = clock.now();
      return savePair(data, pair);
    },
    end,
  };
}

/** Gives the events of a referral that belongs to a known pair to that pair. */
function handedOver(data: MemoryData, { key, lease }: TakenLane, nowMs: number): boolean {
  const to = knownPairOf(data, key);
  if (to === null) return false;
  moveEvents(data, { from: key, to }, eventsOf(data, key));
  endLease(data, key, lease);
  wakeLane(data, to, nowMs);
  notify(data);
  return true;
}

function settleEvents(
  data: MemoryData,
  { key, events }: Claim,
  { next, nowMs }: { readonly next: RunResult["next"]; readonly nowMs: number },
): void {
  if (next.kind === "moved") {
    moveEvents(data, { from: key, to: next.to }, events);
    wakeLane(data, next.to, nowMs);
  } else if (next.kind === "none" || !next.keepEvents) removeEvents(data, key, events);
  if (next.kind === "later") setDue(data, key, next.atMs);
  // What one claim could not hold.
  else if (eventsOf(data, key).length > 0) wakeLane(data, key, nowMs);
}
