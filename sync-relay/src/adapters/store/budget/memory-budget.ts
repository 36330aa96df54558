import { RelayError } from "../../../core/errors";
import type { Clock } from "../../../ports/clock";
import type { UpstreamBudget } from "../../../ports/upstream-budget";
import { fullBucket, pauseBucket, takeTokens, type TokenBucket } from "./token-bucket";
import { createUpstreamGate, type SharedBucket, type UpstreamGate } from "./upstream-gate";
import type { BudgetLimits, UpstreamLimits } from "./upstream-limits";

/** Buckets by upstream and credential; several budgets on the same buckets are replicas of one relay. */
export type SharedBuckets = Map<string, TokenBucket>;

interface MemoryBudgetOptions {
  readonly clock: Clock;
  readonly limits: BudgetLimits;
  readonly buckets?: SharedBuckets;
}

/** A budget in memory, driven by the injected clock alone. */
export function createMemoryBudget(options: MemoryBudgetOptions): UpstreamBudget & { close(): void } {
  const { clock, limits, buckets = new Map<string, TokenBucket>() } = options;
  let open = true;

  function gate(upstream: "dataverse" | "partner-center"): UpstreamGate {
    const bucket = sharedBucket(`${upstream}:${limits[upstream].credential}`, limits[upstream]);
    return createUpstreamGate({ bucket, concurrency: limits[upstream].concurrency, clock });
  }

  function sharedBucket(name: string, own: UpstreamLimits): SharedBucket {
    const now = (): TokenBucket => buckets.get(name) ?? fullBucket(own, clock.now());
    return {
      take: async (want, spentMs) => {
        await Promise.resolve();
        if (!open) throw new RelayError("CS-1301");
        const [next, taken] = takeTokens(own, now(), { want, spentMs, nowMs: clock.now() });
        buckets.set(name, next);
        return taken;
      },
      pause: async (pauseMs) => {
        await Promise.resolve();
        buckets.set(name, pauseBucket(own, now(), { nowMs: clock.now(), pauseMs }));
      },
    };
  }

  const gates = { dataverse: gate("dataverse"), "partner-center": gate("partner-center") };
  return {
    enter: (upstream) => gates[upstream].enter(),
    pause: (upstream, pauseMs) => gates[upstream].pause(pauseMs),
    close: () => {
      open = false;
      gates.dataverse.close();
      gates["partner-center"].close();
    },
  };
}
