import type { Clock } from "../../../ports/clock";
import type { Upstream, UpstreamBudget } from "../../../ports/upstream-budget";
import { createUpstreamGate, type SharedBucket, type UpstreamGate } from "../budget/upstream-gate";
import {
  CLIMB_AT_MOST_S,
  IN_A_ROW_MS,
  KEPT,
  KEPT_IN_A_ROW,
  PAUSES_BETWEEN,
  SECONDS_BETWEEN,
  STEEPER_AFTER,
  STEEPEST,
} from "../budget/adaptation";
import { PAUSED_AT_MOST_MS, type BudgetLimits, type UpstreamLimits } from "../budget/upstream-limits";
import type { Session } from "./database";

// The shared bucket as one row per upstream and credential, moved by single statements. Same arithmetic as
// budget/token-bucket.ts and budget/adaptation.ts; time is the database's, which all replicas have in common.

// An adapted rate is kept over a restart, within the limits of this version.
const SET_LIMITS = `
  insert into cosell.upstream as u (name, per_second, burst, tokens, execution_per_second, execution_burst,
    execution_tokens, lowest, highest, climb, refilled_at, blocked_until)
  values ($1, $2::float8, $3::float8, $3::float8, $4::float8, $5::float8, coalesce($5::float8, 0),
    $6::float8, $7::float8, $8::float8, clock_timestamp(), '-infinity')
  on conflict (name) do update set
    per_second = case when excluded.climb is null or u.climb is null then excluded.per_second
      else greatest(excluded.lowest, least(excluded.highest, u.per_second)) end,
    burst = excluded.burst, execution_per_second = excluded.execution_per_second,
    execution_burst = excluded.execution_burst, lowest = excluded.lowest, highest = excluded.highest, climb = excluded.climb`;

// A clock that was set back finds times that are yet to come.
const PAUSED_UNTIL = `least(blocked_until, clock_timestamp() + interval '${PAUSED_AT_MOST_MS} milliseconds')`;

const TAKE_TOKENS = `
  with locked as (
    select name, per_second, burst, tokens, execution_per_second, execution_burst, execution_tokens, lowest, highest, climb,
      refilled_at, clock_timestamp() as at, ${PAUSED_UNTIL} as blocked_until
    from cosell.upstream where name = $1 for update
  ), elapsed as (
    select *, greatest(0, extract(epoch from at - least(refilled_at, greatest(at, blocked_until))))::float8 as seconds
    from locked
  ), refilled as (
    select name, at, seconds, per_second, execution_per_second, lowest, highest, climb, blocked_until,
      least(burst, tokens + seconds * per_second) as full_tokens,
      case when execution_per_second is null then 0
        else least(execution_burst, execution_tokens + seconds * execution_per_second) - $3::float8 end as full_execution,
      greatest(0, extract(epoch from greatest(blocked_until, at - interval '1 day') - at) * 1000)::float8 as blocked_ms,
      greatest(0, extract(epoch from at - greatest(blocked_until, at - interval '1 day')))::float8 as calm_seconds
    from elapsed
  ), decided as (
    select *, execution_per_second is not null and full_execution <= 0 as spent,
      case when blocked_ms > 0 or (execution_per_second is not null and full_execution <= 0) then 0
        else least($2::int, floor(full_tokens + 1e-9)::int) end as granted
    from refilled
  )
  update cosell.upstream u set
    tokens = d.full_tokens - d.granted,
    execution_tokens = d.full_execution,
    refilled_at = greatest(d.at, d.blocked_until),
    blocked_until = d.blocked_until,
    per_second = case when d.granted > 0 and d.climb is not null
      then least(d.highest, d.per_second + least(d.seconds, ${CLIMB_AT_MOST_S}) * greatest(d.climb, least(
        d.highest * ${STEEPEST},
        d.climb * power(greatest(1, d.calm_seconds * d.climb / (${STEEPER_AFTER} * d.per_second)), 2))))
      else d.per_second end
  from decided d where u.name = d.name
  returning d.granted, case when d.granted > 0 then 0 else d.blocked_ms + greatest(0,
    (1 - d.full_tokens) / d.per_second * 1000,
    case when d.spent then (1 - d.full_execution) / d.execution_per_second * 1000 else 0 end) end as wait_ms`;

// Requests that were under way together are refused together: one pause, one step down.
const PAUSE = `
  with locked as (
    select name, per_second, lowest, highest, climb, clock_timestamp() as at, $2::float8 / 1000 as pause_seconds,
      ${PAUSED_UNTIL} as blocked_until
    from cosell.upstream where name = $1 for update
  ), slowed as (
    select name, at, climb, highest, pause_seconds, blocked_until, climb is not null and blocked_until <= at as slower,
      greatest(lowest, per_second * case
        when at < blocked_until + interval '${IN_A_ROW_MS} milliseconds' then ${KEPT_IN_A_ROW} else ${KEPT} end) as slow
    from locked
  )
  update cosell.upstream u set
    per_second = case when s.slower then s.slow else u.per_second end,
    climb = case when s.slower then least(s.highest * ${STEEPEST},
      s.slow * ${1 - KEPT} / greatest(${SECONDS_BETWEEN}, ${PAUSES_BETWEEN} * s.pause_seconds)) else u.climb end,
    tokens = 0,
    refilled_at = greatest(s.blocked_until, s.at + s.pause_seconds * interval '1 second'),
    blocked_until = greatest(s.blocked_until, s.at + s.pause_seconds * interval '1 second')
  from slowed s where u.name = s.name`;

interface BudgetOptions {
  readonly session: Session;
  readonly clock: Clock;
  readonly limits: BudgetLimits;
}

export async function createUpstreamBudget(options: BudgetOptions): Promise<UpstreamBudget & { close(): void }> {
  const gates: Readonly<Record<Upstream, UpstreamGate>> = {
    dataverse: await openGate(options, "dataverse"),
    "partner-center": await openGate(options, "partner-center"),
  };
  return {
    enter: (upstream) => gates[upstream].enter(),
    pause: (upstream, pauseMs) => gates[upstream].pause(pauseMs),
    close: () => Object.values(gates).forEach((gate) => gate.close()),
  };
}

async function openGate({ session, clock, limits }: BudgetOptions, upstream: Upstream): Promise<UpstreamGate> {
  const own = limits[upstream];
  const name = `${upstream}:${own.credential}`;
  await session.query(SET_LIMITS, [name, ...limitColumns(own)]);
  return createUpstreamGate({ bucket: rowBucket(session, name), concurrency: own.concurrency, clock });
}

function limitColumns({ perSecond, burst, execution, adapts }: UpstreamLimits): readonly (number | null)[] {
  const executionColumns = execution === null ? [null, null] : [execution.msPerSecond, execution.burstMs];
  const adaptColumns = adapts === null ? [null, null, null] : [adapts.lowest, adapts.highest, adapts.climbPerSecond];
  return [perSecond, burst, ...executionColumns, ...adaptColumns];
}

function rowBucket(session: Session, name: string): SharedBucket {
  return {
    async take(want, spentMs) {
      const [row] = await session.query<{ granted: number; wait_ms: number }>(TAKE_TOKENS, [name, want, spentMs]);
      return { granted: row?.granted ?? 0, waitMs: Math.ceil(row?.wait_ms ?? 0) };
    },
    async pause(pauseMs) {
      await session.query(PAUSE, [name, pauseMs]);
    },
  };
}
