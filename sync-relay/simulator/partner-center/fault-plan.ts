// Faults on demand. Each fault strikes the next requests that match it, as often as it was ordered, and is then used up.

import { z } from "zod";

/** Longest delay that a fault may ask for: longer than any client's time-out. */
const LONGEST_DELAY_MS = 600_000;
/** Retry-After of the documented throttling answer. */
const DOCUMENTED_RETRY_AFTER_SECONDS = 57;
/** Delay of slow answers and late effects unless said otherwise. */
const DEFAULT_DELAY_MS = 1_000;

export const faultKinds = [
  /** 429 in the gateway's shape, nothing done. */
  "throttle",
  /** 500, nothing done. */
  "server-error",
  /** 503 with Retry-After, nothing done. */
  "unavailable",
  /** Connection dropped, nothing done. */
  "drop-before-effect",
  /** 504 although the work was done. */
  "timeout-after-effect",
  /** Connection dropped although the work was done. */
  "drop-after-effect",
  /** 504 at once; the work is done after the delay. */
  "late-effect",
  /** Right answer after the delay. */
  "slow",
  /** An HTML page of some proxy instead of the answer; nothing done. */
  "html",
  /** The work is done, the answer is cut off. */
  "malformed-json",
  /** The work is done, the answer has status values that nobody knows. */
  "unknown-enum",
  /** The referral's eTag changes just before the request is looked at. */
  "etag-drift",
  /** 401 once, nothing done. */
  "unauthorized",
] as const;

export type FaultKind = (typeof faultKinds)[number];

export const faultOrderSchema = z.strictObject({
  kind: z.enum(faultKinds),
  /** How many requests it strikes. */
  count: z.number().int().min(1).max(1_000_000).default(1),
  method: z.enum(["GET", "POST", "PATCH", "PUT"]).optional(),
  /** Part of the path and query that the request must contain. */
  pathContains: z.string().max(500).optional(),
  delayMs: z.number().int().min(0).max(LONGEST_DELAY_MS).default(DEFAULT_DELAY_MS),
  retryAfterSeconds: z.number().int().min(0).max(86_400).default(DOCUMENTED_RETRY_AFTER_SECONDS),
});

/** A fault as ordered; only `kind` is required. */
export type FaultOrder = z.input<typeof faultOrderSchema>;
export type Fault = z.output<typeof faultOrderSchema>;

export interface FaultPlan {
  order(order: FaultOrder): void;
  /** The fault that strikes this request, if any; counts as used. */
  strike(method: string, url: string): Fault | null;
  /** Faults not yet used up. */
  waiting(): readonly Fault[];
  clear(): void;
}

export function createFaultPlan(): FaultPlan {
  let faults: Fault[] = [];
  return {
    order(order) {
      faults.push(faultOrderSchema.parse(order));
    },
    strike(method, url) {
      const path = decoded(url);
      const found = faults.find(
        (fault) => (fault.method ?? method) === method && path.includes(fault.pathContains ?? ""),
      );
      if (found === undefined) return null;
      faults = faults.flatMap((fault) => (fault === found ? lessOne(fault) : fault));
      return found;
    },
    waiting: () => faults,
    clear() {
      faults = [];
    },
  };
}

function lessOne(fault: Fault): Fault[] {
  return fault.count > 1 ? [{ ...fault, count: fault.count - 1 }] : [];
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
