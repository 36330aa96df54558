import type { Clock } from "../../../ports/clock";
import type { Inbox, InboxEntry } from "../../../ports/inbox";
import type { Log } from "../../../ports/log";
import type { WorkSignal } from "../work-signal";
import { createBatcher } from "./batcher";
import type { Database } from "./database";
import { insertEvents } from "./event-table";
import type { JobQueue } from "./job-queue";
import { DEADLOCK, isRefusal, sqlStateOf } from "./sql-state";
import type { StoringWatch } from "./storing-watch";
import { createWakes } from "./wakes";

interface InboxOptions {
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly signal: WorkSignal;
  readonly clock: Clock;
  readonly log: Log;
  readonly coalesceMs: number;
  readonly storing: StoringWatch;
}

/** Requests per commit. More gains nothing and makes the first wait for the last. */
const PUTS_PER_COMMIT = 500;

/** Events are durable when `put` resolves; their pairs are woken after that, since a lost wake-up is healed and a lost event is not. */
export function createInbox(options: InboxOptions): Inbox & { idle(): Promise<void> } {
  const { database, clock, storing } = options;
  const wakes = createWakes(options);

  async function store(entries: readonly InboxEntry[]): Promise<void> {
    wakes.add(await storing.noted(() => insertEvents(database, entries, clock.now())));
  }

  const puts = createBatcher<readonly InboxEntry[]>({
    atMost: PUTS_PER_COMMIT,
    onlyOneToBlame: isRefusal,
    write: async (groups) => {
      const entries = groups.flat();
      // Two replicas that store the same deliveries in another order may block each other; one of them tries again.
      await store(entries).catch((failure: unknown) => {
        if (sqlStateOf(failure) !== DEADLOCK) throw failure;
        return store(entries);
      });
    },
  });

  return {
    put: async (entries) => {
      if (entries.length > 0) await puts.add(entries);
    },
    idle: async () => {
      await puts.idle();
      await wakes.idle();
    },
  };
}
