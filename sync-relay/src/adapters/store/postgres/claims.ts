import { idOfKey, opportunityKey, type PairKey } from "../../../core/event";
import type { Claim } from "../../../ports/work-queue";
import { must } from "../../../core/must";
import type { WorkSignal } from "../work-signal";
import type { Database } from "./database";
import { moveKey, readWaiting } from "./event-table";
import type { Job, JobQueue } from "./job-queue";
import { readAliases, readPairs } from "./pair-table";

interface ClaimsOptions {
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly signal: WorkSignal;
}

/** A claim with the job behind it. */
export interface HeldClaim {
  readonly claim: Claim;
  readonly job: Job;
}

/** Makes claims of jobs: hands referrals of known pairs over, and reads what waits for the other keys. */
export async function claimsOf(options: ClaimsOptions, fetched: readonly Job[]): Promise<readonly HeldClaim[]> {
  const { database } = options;
  const kept = await handOver(options, fetched);
  if (kept.length === 0) return [];
  const keys = kept.map(({ key }) => key);
  const opportunityIds = keys.filter((key) => !isReferral(key)).map(idOfKey);
  const [events, found] = await Promise.all([readWaiting(database, keys), readPairs(database, opportunityIds)]);
  const pairs = new Map(found.map((pair) => [pair.opportunityId, pair]));
  return kept.map((job) => {
    const pair = isReferral(job.key) ? null : (pairs.get(idOfKey(job.key)) ?? null);
    return { job, claim: { key: job.key, events: events.get(job.key) ?? [], pair } };
  });
}

/** Gives the events of referrals that belong to a known pair to that pair; returns the other jobs. */
async function handOver({ database, jobs, signal }: ClaimsOptions, fetched: readonly Job[]): Promise<readonly Job[]> {
  const aliases = await readAliases(
    database,
    fetched
      .map(({ key }) => key)
      .filter(isReferral)
      .map(idOfKey),
  );
  const isMoved = ({ key }: Job): boolean => isReferral(key) && aliases.has(idOfKey(key));
  const targets = new Set<PairKey>();
  for (const job of fetched.filter(isMoved)) {
    const to = opportunityKey(must(aliases.get(idOfKey(job.key)), "only jobs with an alias are moved"));
    targets.add(to);
    await database.transaction(async (tx) => {
      await moveKey(tx, job.key, to);
      await jobs.complete([job], tx);
    });
  }
  if (targets.size > 0) {
    await jobs.wake([...targets], 0);
    signal.kick();
  }
  return fetched.filter((job) => !isMoved(job));
}

function isReferral(key: PairKey): boolean {
  return key.startsWith("ref:");
}
