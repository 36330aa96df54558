import type { HealthCheck, HealthChecks } from "../adapters/http/health";
import type { Store, Storing } from "../adapters/store/store";
import type { Clock } from "../ports/clock";
import type { Clouds } from "./clouds";

/** A sweep older than this many intervals is a sweep that does not happen. */
const SWEEPS_MISSED = 2;
/** The first sweep may take its time after the start. */
const GRACE_MS = 60_000;

export interface HealthOptions {
  readonly store: Store;
  readonly clouds: Clouds;
  readonly clock: Clock;
  readonly sweepEveryMs: number;
  readonly lastSweepMs: () => number | null;
  /** What the relay's own inspection found. */
  readonly inspected: HealthChecks;
}

/** The checks behind /readyz. */
export function relayHealth(options: HealthOptions): HealthChecks {
  const { store, clouds, clock, sweepEveryMs, lastSweepMs } = options;
  const startedMs = clock.now();
  return {
    ...options.inspected,
    store: async () => storeCheck(await store.storing()),
    dataverse: () => clouds.signIns.dataverse.health(),
    "partner-center": () => clouds.signIns.partnerCenter.health(),
    sweep: () => {
      const late = clock.now() - (lastSweepMs() ?? startedMs) > SWEEPS_MISSED * sweepEveryMs + GRACE_MS;
      return late ? { ok: true, problem: "The sweep has not ended for a while; see the log." } : { ok: true };
    },
  };
}

function storeCheck(storing: Storing): HealthCheck {
  if (storing === "possible") return { ok: true };
  if (storing === "no-room") return { ok: false, problem: "The database has no room left on its disk (CS-1301)." };
  return { ok: false, problem: "The database cannot be written (CS-1301)." };
}
