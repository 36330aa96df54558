import { opportunityKey } from "../../../core/event";
import type { Clock, Random } from "../../../ports/clock";
import { redriveEvent } from "../dead-letter";
import type { RedriveFilter } from "../store";
import type { WorkSignal } from "../work-signal";
import type { Database } from "./database";
import { insertEvents } from "./event-table";
import type { JobQueue } from "./job-queue";

// The revision grows, so a worker that still has the old state cannot bring the dead letter back.
const REVIVE = `
  update cosell.pair set dead_because = null, failures = 0, revision = revision + 1
  where dead_because is not null
    and ($1::text[] is null or opportunity_id = any($1::text[]))
    and ($2::text is null or dead_because = $2)
  returning opportunity_id, revision::float8 as revision`;

interface RedriveOptions {
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly signal: WorkSignal;
  readonly clock: Clock;
  readonly random: Random;
}

/** Revives dead letters: the state and an event that asks for a run are stored together, then the keys are woken. */
export function createRedrive({ database, jobs, signal, clock, random }: RedriveOptions) {
  return async (filter: RedriveFilter): Promise<number> => {
    const keys = await database.transaction(async (tx) => {
      const rows = await tx.query<{ opportunity_id: string; revision: number }>(REVIVE, parametersOf(filter));
      const entries = rows.map((row) => ({
        event: redriveEvent({ opportunityId: row.opportunity_id, revision: row.revision }, random.uuid()),
      }));
      if (entries.length > 0) await insertEvents(tx, entries, clock.now());
      return rows.map((row) => opportunityKey(row.opportunity_id));
    });
    await jobs.wakeNow(keys);
    if (keys.length > 0) signal.kick();
    return keys.length;
  };
}

function parametersOf(filter: RedriveFilter): readonly unknown[] {
  switch (filter.kind) {
    case "all":
      return [null, null];
    case "opportunities":
      return [filter.opportunityIds.map((id) => id.toLowerCase()), null];
    case "because":
      return [null, filter.code];
  }
}
