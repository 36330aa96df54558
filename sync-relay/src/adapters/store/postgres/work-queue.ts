import { must } from "../../../core/must";
import type { Clock } from "../../../ports/clock";
import type { Claim, NextRun, WorkQueue } from "../../../ports/work-queue";
import { burial } from "../dead-letter";
import { DEATHS_BEFORE_DEAD, EVENTS_PER_CLAIM } from "../store-limits";
import type { WorkSignal } from "../work-signal";
import { claimsOf } from "./claims";
import type { Database } from "./database";
import { countWaiting } from "./event-table";
import { exclusively } from "./exclusively";
import type { Job, JobQueue } from "./job-queue";
import { createRunSaves, type RunEnd } from "./run-saves";

const COUNT_DEAD = `select count(*)::int as dead from cosell.pair where dead_because is not null`;

interface WorkQueueOptions {
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly signal: WorkSignal;
  readonly clock: Clock;
}

export function createWorkQueue(options: WorkQueueOptions): WorkQueue {
  const { database, jobs, signal } = options;
  const saves = createRunSaves(options);
  const held = new WeakMap<Claim, Job>();
  const jobOf = (claim: Claim): Job => must(held.get(claim), "a claim must be the very one that claim() returned");

  async function handOut(fetched: readonly Job[]): Promise<readonly Claim[]> {
    const claims: Claim[] = [];
    for (const { claim, job } of await claimsOf(options, fetched)) {
      held.set(claim, job);
      if (isDeadly(job)) await endRun({ claim, job, result: burial(claim, options.clock.now()) });
      else claims.push(claim);
    }
    return claims;
  }

  async function endRun(run: RunEnd): Promise<void> {
    await saves.end(run);
    await wakeAfter(options, run.claim, run.result.next);
  }

  return {
    async claim(free) {
      const fetched = free > 0 ? await jobs.fetch(free) : [];
      if (fetched.length === 0) return [];
      if (fetched.length === free) signal.kick();
      return await handOut(fetched).catch(async (failure: unknown) => {
        // Otherwise the keys would rest until the heartbeat runs out.
        await jobs.giveBack(fetched).catch(() => undefined);
        throw failure;
      });
    },
    async touch(claims) {
      await jobs.touch(claims.map(jobOf));
    },
    async checkpoint(claim, pair) {
      await saves.checkpoint({ claim, job: jobOf(claim), pair });
      return { ...pair, revision: pair.revision + 1 };
    },
    finish: (claim, result) => endRun({ claim, job: jobOf(claim), result }),
    async wake(keys, delayMs) {
      await jobs.wake([...new Set(keys)], delayMs);
      signal.kickIn(delayMs);
    },
    waitForWork: (maxMs) => signal.wait(maxMs),
    depth: () => depth(options),
    exclusively: (name, work) => exclusively(database, name, work),
  };
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
