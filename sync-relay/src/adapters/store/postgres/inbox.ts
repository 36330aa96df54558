import type { PairKey } from "../../../core/event";
import type { Clock } from "../../../ports/clock";
import type { Inbox, InboxEntry } from "../../../ports/inbox";
import type { Log } from "../../../ports/log";
import type { WorkSignal } from "../work-signal";
import { createBatcher } from "./batcher";
import { codeOf, type Database } from "./database";
import { insertEvents } from "./event-table";
import type { JobQueue } from "./job-queue";
import { DEADLOCK, isRefusal, sqlStateOf } from "./sql-state";
import type { StoringWatch } from "./storing-watch";

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
/** Keys per wake-up statement. */
const WAKES_AT_ONCE = 500;

/** Events are durable when `put` resolves; their pairs are woken after that, since a lost wake-up is healed and a lost event is not. */
export function createInbox(options: InboxOptions): Inbox & { idle(): Promise<void> } {
  const { database, jobs, signal, clock, log, coalesceMs, storing } = options;

  const wakes = createBatcher<readonly PairKey[]>({
    atMost: WAKES_AT_ONCE,
    write: async (groups) => {
      await jobs.wake([...new Set(groups.flat())], coalesceMs);
      signal.kickIn(coalesceMs);
    },
  });

  async function store(entries: readonly InboxEntry[]): Promise<void> {
    const keys = await storing.noted(() => insertEvents(database, entries, clock.now()));
    if (keys.length === 0) return;
    wakes.add(keys).catch((failure: unknown) => {
      log.warn("wake-up failed; upkeep will repeat it", { keys: keys.length, code: codeOf(failure) });
    });
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
