import { RelayError } from "../../../core/errors";
import { must } from "../../../core/must";
import type { Clock } from "../../../ports/clock";
import type { Claim, NextRun, RunResult, WorkQueue } from "../../../ports/work-queue";
import { burial } from "../dead-letter";
import { DEATHS_BEFORE_DEAD, EVENTS_PER_CLAIM } from "../store-limits";
import type { WorkSignal } from "../work-signal";
import { insertAudit } from "./audit-table";
import { claimsOf, type HeldClaim } from "./claims";
import type { Database, Session } from "./database";
import { countWaiting, markDone, moveEvents } from "./event-table";
import { exclusively } from "./exclusively";
import type { Job, JobQueue } from "./job-queue";
import { savePair } from "./pair-table";

const COUNT_DEAD = `select count(*)::int as dead from cosell.pair where dead_because is not null`;

interface WorkQueueOptions {
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly signal: WorkSignal;
  readonly clock: Clock;
}

export function createWorkQueue(options: WorkQueueOptions): WorkQueue {
  const { database, jobs, signal } = options;
  const held = new WeakMap<Claim, Job>();
  const jobOf = (claim: Claim): Job => must(held.get(claim), "a claim must be the very one that claim() returned");

  async function handOut(fetched: readonly Job[]): Promise<readonly Claim[]> {
    const claims: Claim[] = [];
    for (const { claim, job } of await claimsOf(options, fetched)) {
      held.set(claim, job);
      if (isDeadly(job)) await finishRun(options, { claim, job }, burial(claim, options.clock.now()));
      else claims.push(claim);
    }
    return claims;
  }

  return {
    async claim(free) {
      const fetched = free > 0 ? await jobs.fetch(free) : [];
      if (fetched.length === 0) return [];
      if (fetched.length === free) signal.kick();
      return await handOut(fetched).catch(async (failure: unknown) => {
        // Otherwise the keys would rest until the heartbeat runs out.
        await jobs.giveBack(fetched.map(({ id }) => id)).catch(() => undefined);
        throw failure;
      });
    },
    async touch(claims) {
      await jobs.touch(claims.map(jobOf));
    },
    checkpoint: (claim, pair) =>
      database.transaction(async (tx) => {
        if (!(await jobs.touch([jobOf(claim)], tx))) throw new RelayError("CS-1302");
        return await savePair(tx, pair);
      }),
    finish: (claim, result) => finishRun(options, { claim, job: jobOf(claim) }, result),
    async wake(keys, delayMs) {
      await jobs.wake([...new Set(keys)], delayMs);
      signal.kickIn(delayMs);
    },
    waitForWork: (maxMs) => signal.wait(maxMs),
    depth: () => depth(options),
    exclusively: (name, work) => exclusively(database, name, work),
  };
}

async function finishRun(options: WorkQueueOptions, { claim, job }: HeldClaim, result: RunResult): Promise<void> {
  const { database, jobs, clock } = options;
  const { pair, audit, next } = result;
  await database.transaction(async (tx) => {
    if (!(await jobs.complete(job, tx))) throw new RelayError("CS-1302");
    if (pair !== null) await savePair(tx, pair);
    await insertAudit(tx, audit);
    await settleEvents(tx, { claim, next, nowMs: clock.now() });
    if (next.kind === "later") await jobs.later(claim.key, next.atMs - clock.now(), tx);
  });
  await wakeAfter(options, claim, next);
}

async function settleEvents(
  tx: Session,
  { claim, next, nowMs }: { readonly claim: Claim; readonly next: NextRun; readonly nowMs: number },
): Promise<void> {
  if (next.kind === "moved") await moveEvents(tx, claim.events, next.to);
  else if (next.kind === "none" || !next.keepEvents) await markDone(tx, claim.events, nowMs);
}

/** The run is over; a failure here only costs time, since upkeep finds events that wait without a wake-up. */
async function wakeAfter({ jobs, signal, clock }: WorkQueueOptions, claim: Claim, next: NextRun): Promise<void> {
  if (next.kind === "later") signal.kickIn(next.atMs - clock.now());
  const keys = next.kind === "moved" ? [next.to] : [];
  if (next.kind !== "later" && claim.events.length === EVENTS_PER_CLAIM) keys.push(claim.key);
  await jobs.wake(keys, 0).catch(() => undefined);
  // Events that came during the run waited for its end.
  signal.kick();
}

/** The work on this key has ended its worker so often that it must be the work. */
function isDeadly({ key, retryCount }: Job): boolean {
  return retryCount >= DEATHS_BEFORE_DEAD && key.startsWith("opp:");
}

async function depth({ database, clock }: WorkQueueOptions): ReturnType<WorkQueue["depth"]> {
  const { events, oldestMs } = await countWaiting(database);
  const [row] = await database.query<{ dead: number }>(COUNT_DEAD);
  const oldestAgeMs = oldestMs === null ? 0 : Math.max(0, Math.round(clock.now() - oldestMs));
  return { events, oldestAgeMs, dead: row?.dead ?? 0 };
}
