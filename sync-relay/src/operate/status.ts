import { syncStatuses, type SyncStatus } from "../../../solution/schema/sync-status";
import type { Labels } from "../../../solution/schema/labels";
import type { Direction } from "../core/audit-entry";
import { directions, pausedSince, pauseFact } from "../core/pause";
import { SWEEP_ENDED_AT } from "../pipeline/sweep-positions";
import type { DeadLetter, OperatorStore } from "../ports/operator-store";
import type { PairStore } from "../ports/pair-store";
import type { WorkQueue } from "../ports/work-queue";
import { RELAY_VERSION_FACT } from "./doctor/relay-area";

export interface StatusParts {
  readonly queue: Pick<WorkQueue, "depth">;
  readonly pairs: Pick<PairStore, "counts" | "inDoubt" | "fact" | "pausedPairs">;
  readonly operator: Pick<OperatorStore, "runningRelays" | "deadLetters">;
}

/** How the relay is, by its store alone. */
export interface RelayStatus {
  readonly relays: number;
  readonly version: string | null;
  readonly paused: readonly { readonly direction: Direction; readonly sinceMs: number }[];
  /** Pairs by sync status. */
  readonly pairs: Readonly<Record<string, number>>;
  /** Pairs that a pause holds back. */
  readonly heldBack: number;
  readonly waiting: { readonly events: number; readonly oldestAgeMs: number };
  readonly deadLetters: readonly DeadLetter[];
  readonly inDoubt: number;
  /** End of the last complete sweep, whichever relay did it; null before the first. */
  readonly lastSweepMs: number | null;
}

export async function relayStatus({ queue, pairs, operator }: StatusParts): Promise<RelayStatus> {
  const { events, oldestAgeMs } = await queue.depth();
  const sweptAt = await pairs.fact(SWEEP_ENDED_AT);
  return {
    relays: await operator.runningRelays(),
    version: await pairs.fact(RELAY_VERSION_FACT),
    paused: await pausedDirections(pairs),
    pairs: await pairs.counts(),
    heldBack: (await pairs.pausedPairs()).length,
    waiting: { events, oldestAgeMs },
    deadLetters: await operator.deadLetters(),
    inDoubt: await pairs.inDoubt(),
    lastSweepMs: sweptAt === null ? null : Number(sweptAt),
  };
}

export async function pausedDirections(pairs: Pick<PairStore, "fact">): Promise<RelayStatus["paused"]> {
  const facts = await Promise.all(directions.map((direction) => pairs.fact(pauseFact(direction))));
  return directions.flatMap((direction, n) => {
    const sinceMs = pausedSince(facts[n] ?? null);
    return sinceMs === null ? [] : [{ direction, sinceMs }];
  });
}

/** How many dead letters there are of each reason, the most frequent first. */
export function byReason(deadLetters: readonly DeadLetter[]): readonly { because: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { because } of deadLetters) counts.set(because, (counts.get(because) ?? 0) + 1);
  return [...counts].map(([because, count]) => ({ because, count })).sort((a, b) => b.count - a.count);
}

/** The seller's words for a sync status. */
export function statusLabels(name: string): Labels {
  return syncStatuses.find((status) => status.name === (name as SyncStatus))?.labels ?? { en: name, fr: name };
}
