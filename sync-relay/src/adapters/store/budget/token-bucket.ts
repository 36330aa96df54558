import { afterRefusal, afterUse, type Pace } from "./adaptation";
import { PAUSED_AT_MOST_MS, type UpstreamLimits } from "./upstream-limits";

// The arithmetic of a shared budget, as values: tokens for requests, tokens for execution time (which may go below zero,
// since its cost is known only afterwards), and a pause that empties the bucket. The PostgreSQL statements say the same.

export interface TokenBucket extends Pace {
  readonly tokens: number;
  readonly executionMs: number;
  readonly refilledAtMs: number;
  readonly blockedUntilMs: number;
}

export interface Taken {
  readonly granted: number;
  /** When nothing was granted: how long to wait before asking again. */
  readonly waitMs: number;
}

/** Sums of fractions fall short of a whole token by rounding; this much is forgiven, or who waited as told would wait again. */
const ROUNDING = 1e-9;

export function fullBucket(limits: UpstreamLimits, nowMs: number): TokenBucket {
  return {
    perSecond: limits.perSecond,
    climbPerSecond: limits.adapts?.climbPerSecond ?? 0,
    tokens: limits.burst,
    executionMs: limits.execution?.burstMs ?? 0,
    refilledAtMs: nowMs,
    blockedUntilMs: 0,
  };
}

export interface Asked {
  readonly want: number;
  /** Execution time used since the last call. */
  readonly spentMs: number;
  readonly nowMs: number;
}

export function takeTokens(limits: UpstreamLimits, noted: TokenBucket, asked: Asked): [TokenBucket, Taken] {
  const bucket = atTime(noted, asked.nowMs);
  const elapsedS = Math.max(0, asked.nowMs - bucket.refilledAtMs) / 1_000;
  const tokens = Math.min(limits.burst, bucket.tokens + elapsedS * bucket.perSecond);
  const executionMs = refilledExecution(limits, bucket, elapsedS) - asked.spentMs;
  const blockedMs = bucket.blockedUntilMs - asked.nowMs;
  const spent = limits.execution !== null && executionMs <= 0;
  const granted = blockedMs > 0 || spent ? 0 : Math.min(asked.want, Math.floor(tokens + ROUNDING));
  const next: TokenBucket = {
    ...(granted > 0 ? climbed(limits, bucket, { elapsedS, nowMs: asked.nowMs }) : paceOf(bucket)),
    tokens: tokens - granted,
    executionMs,
    refilledAtMs: Math.max(bucket.refilledAtMs, asked.nowMs),
    blockedUntilMs: bucket.blockedUntilMs,
  };
  const tokenWaitMs = ((1 - tokens) / bucket.perSecond) * 1_000;
  const executionWaitMs = spent ? (1 - executionMs) / ((limits.execution?.msPerSecond ?? 1) / 1_000) : 0;
  // The bucket fills only after the pause.
  const waitMs = Math.max(0, blockedMs) + Math.max(0, tokenWaitMs, executionWaitMs);
  return [next, { granted, waitMs: granted > 0 ? 0 : Math.ceil(waitMs) }];
}

export function pauseBucket(
  limits: UpstreamLimits,
  noted: TokenBucket,
  at: { nowMs: number; pauseMs: number },
): TokenBucket {
  const bucket = atTime(noted, at.nowMs);
  const blockedUntilMs = Math.max(bucket.blockedUntilMs, at.nowMs + at.pauseMs);
  // Requests that were under way together are refused together: one pause, one step down.
  const first = bucket.blockedUntilMs <= at.nowMs;
  const sincePauseMs = at.nowMs - bucket.blockedUntilMs;
  const slower = limits.adapts !== null && first;
  return {
    ...bucket,
    ...(slower ? afterRefusal(limits.adapts, bucket, { pauseMs: at.pauseMs, sincePauseMs }) : paceOf(bucket)),
    tokens: 0,
    refilledAtMs: blockedUntilMs,
    blockedUntilMs,
  };
}

/** The bucket as a clock that was set back must see it: filled now, or at the end of a pause that may be. */
function atTime(bucket: TokenBucket, nowMs: number): TokenBucket {
  const blockedUntilMs = Math.min(bucket.blockedUntilMs, nowMs + PAUSED_AT_MOST_MS);
  const refilledAtMs = Math.min(bucket.refilledAtMs, Math.max(nowMs, blockedUntilMs));
  return { ...bucket, refilledAtMs, blockedUntilMs };
}

function refilledExecution(limits: UpstreamLimits, bucket: TokenBucket, elapsedS: number): number {
  if (limits.execution === null) return 0;
  return Math.min(limits.execution.burstMs, bucket.executionMs + elapsedS * limits.execution.msPerSecond);
}

function climbed(
  { adapts }: UpstreamLimits,
  bucket: TokenBucket,
  { elapsedS, nowMs }: { readonly elapsedS: number; readonly nowMs: number },
): Pace {
  if (adapts === null) return paceOf(bucket);
  return afterUse(adapts, paceOf(bucket), { elapsedS, sincePauseMs: nowMs - bucket.blockedUntilMs });
}

function paceOf({ perSecond, climbPerSecond }: TokenBucket): Pace {
  return { perSecond, climbPerSecond };
}
