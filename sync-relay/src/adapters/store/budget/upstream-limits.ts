import type { Upstream } from "../../../ports/upstream-budget";

/** What may be spent on one upstream with one credential. */
export interface UpstreamLimits {
  /** Whose limit it is: relays with the same value share it, e.g. `<tenant id>/<client id>`. */
  readonly credential: string;
  /** Requests per second; the starting value when `adapts`. */
  readonly perSecond: number;
  /** Requests that may go out at once after a quiet time. */
  readonly burst: number;
  /** Execution time per second, milliseconds, and how much of it may be saved up; null when it is not limited. */
  readonly execution: { readonly msPerSecond: number; readonly burstMs: number } | null;
  /** Requests in flight per replica. */
  readonly concurrency: number;
  /** For an upstream that does not tell its limit: slower after each pause it asks for, a little faster while it does not (adaptation.ts). */
  readonly adapts: { readonly lowest: number; readonly highest: number; readonly climbPerSecond: number } | null;
}

/**
 * No upstream is left alone for longer at once, whatever it asks for. What a budget noted for a later time was noted by a
 * clock that has been set back since: it must not hold anybody until that time comes again.
 */
export const PAUSED_AT_MOST_MS = 3_600_000;

export type BudgetLimits = Readonly<Record<Upstream, UpstreamLimits>>;

/**
 * Dataverse, per user and web server: 6,000 requests and 1,200 s of execution in any 300 s, 52 at a time. A burst and
 * 300 s at the steady rate stay together at 98 % of it: 18 × 300 + 480 = 5,880 requests, 3.6 × 300 + 96 = 1,176 s.
 */
export function dataverseLimits(credential: string): UpstreamLimits {
  return {
    credential,
    perSecond: 18,
    burst: 480,
    execution: { msPerSecond: 3_600, burstMs: 96_000 },
    concurrency: 48,
    adapts: null,
  };
}

/** Partner Center publishes no limit for referrals: the relay finds it. */
export function partnerCenterLimits(credential: string): UpstreamLimits {
  return {
    credential,
    perSecond: 5,
    burst: 4,
    execution: null,
    concurrency: 8,
    adapts: { lowest: 0.2, highest: 20, climbPerSecond: 0.05 },
  };
}

/** No limits worth the name, for tests and simulations that are not about them. */
export function generousLimits(): BudgetLimits {
  const limits: UpstreamLimits = {
    credential: "any",
    perSecond: 1_000_000,
    burst: 1_000_000,
    execution: null,
    concurrency: 1_000_000,
    adapts: null,
  };
  return { dataverse: limits, "partner-center": limits };
}
