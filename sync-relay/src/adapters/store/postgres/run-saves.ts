// Saves of runs, at their end and in their middle. What many runs save at the same moment is one transaction: with a
// backlog the trips to the server, not its work, would set the pace. Each save still happens whole or not at all, and a
// save that must be refused (the claim or the revision is lost) is refused alone: the others are then written one by one.

import { RelayError } from "../../../core/errors";
import type { Pair } from "../../../core/pair";
import type { Clock } from "../../../ports/clock";
import type { RunResult } from "../../../ports/work-queue";
import { insertAudit } from "./audit-table";
import { createBatcher } from "./batcher";
import type { HeldClaim } from "./claims";
import type { Database, Session } from "./database";
import { moveEvents, takeOut } from "./event-table";
import type { JobQueue } from "./job-queue";
import { savePairs } from "./pair-table";
import { DEADLOCK, isRefusal, sqlStateOf } from "./sql-state";

/** The end of a run. */
export interface RunEnd extends HeldClaim {
  readonly result: RunResult;
}

/** A save in the middle of a run. */
export interface Checkpoint extends HeldClaim {
  readonly pair: Pair;
}

export interface RunSaves {
  /** Throws CS-1302 when the claim was lost or somebody else saved the pair, CS-1901 when the database refuses what is saved. */
  end(run: RunEnd): Promise<void>;
  /** Throws CS-1302 as above. */
  checkpoint(save: Checkpoint): Promise<void>;
}

interface RunSavesOptions {
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly clock: Clock;
}

/** Runs per transaction. */
const SAVES_AT_ONCE = 100;

export function createRunSaves({ database, jobs, clock }: RunSavesOptions): RunSaves {
  const endAll = (runs: readonly RunEnd[]): Promise<void> =>
    database.transaction(async (tx) => {
      const [held, pairs] = [runs.map(({ job }) => job), runs.flatMap(({ result }) => result.pair ?? [])];
      if (!(await jobs.complete(held, tx))) throw new RelayError("CS-1302");
      const entries = runs.flatMap(({ result }) => result.audit);
      // On their way together, and run in this order.
      await Promise.all([
        savePairs(tx, pairs),
        insertAudit(tx, entries),
        settleEvents(tx, runs),
        ...runs.map(({ claim: { key }, result: { next } }) =>
          next.kind === "later" ? jobs.later(key, next.atMs - clock.now(), tx) : null,
        ),
      ]);
    });
  const checkpointAll = (saves: readonly Checkpoint[]): Promise<void> =>
    database.transaction(async (tx) => {
      const [held, pairs] = [saves.map(({ job }) => job), saves.map(({ pair }) => pair)];
      if (!(await jobs.touch(held, tx))) throw new RelayError("CS-1302");
      await savePairs(tx, pairs);
    });
  // Never both kinds in one transaction: each takes the rows of its jobs by one statement, and so never waits for a row
  // while it has another that the heartbeat of this replica waits for.
  const ends = createBatcher({ atMost: SAVES_AT_ONCE, write: endAll, onlyOneToBlame });
  const checkpoints = createBatcher({ atMost: SAVES_AT_ONCE, write: checkpointAll, onlyOneToBlame });
  return {
    // A later run names its key in the queue, where the waking of many keys at once may hold them in another order.
    end: (run) => (run.result.next.kind === "later" ? endAll([run]) : ends.add(run)).catch(refusedForGood),
    checkpoint: (save) => checkpoints.add(save),
  };
}

/** What the database refuses it refuses the next time as well: nobody must take that for a database that is away. */
function refusedForGood(failure: unknown): never {
  throw isRefusal(failure) ? new RelayError("CS-1901", { cause: failure }) : failure;
}

async function settleEvents(tx: Session, runs: readonly RunEnd[]): Promise<void> {
  const settled = runs.filter(
    ({ result: { next } }) => next.kind === "none" || (next.kind === "later" && !next.keepEvents),
  );
  await Promise.all([
    takeOut(
      tx,
      settled.map(({ claim }) => claim),
    ),
    ...runs.map(({ claim, result: { next } }) => (next.kind === "moved" ? moveEvents(tx, claim, next.to) : null)),
  ]);
}

function onlyOneToBlame(failure: unknown): boolean {
  const lost = failure instanceof RelayError && failure.code === "CS-1302";
  return lost || isRefusal(failure) || sqlStateOf(failure) === DEADLOCK;
}
