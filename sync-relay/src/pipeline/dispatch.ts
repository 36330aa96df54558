// The pump: takes claims from the queue and runs them, a bounded number at once, one run a pair.

import { toRelayError } from "../core/errors";
import type { Claim } from "../ports/work-queue";
import { isStandingStill } from "./pause";
import { runClaim } from "./run-claim";
import type { SyncParts } from "./sync-parts";

/** Longest sleep without a wake-up: how late another replica's work may be noticed. */
const LONGEST_SLEEP_MS = 1_000;
/** How often running claims are confirmed; a third of the queue's heartbeat. */
const TOUCH_EVERY_MS = 3_000;
/** Pause when the queue itself cannot be reached. */
const QUEUE_DOWN_PAUSE_MS = 1_000;

/** How soon a resume is noticed while an admin has paused both directions. */
const STANDING_STILL_PAUSE_MS = 1_000;

export interface Dispatcher {
  /** Runs until `stop` is called; resolves when the last run ended. */
  run(): Promise<void>;
  /** Takes no more claims; resolves when what runs has ended. */
  stop(): Promise<void>;
  /** Runs in progress. */
  active(): number;
}

/** What handing out work needs; what is done with it is `run`. */
export interface PumpOptions extends Pick<SyncParts, "queue" | "clock" | "log"> {
  /** Runs at once. */
  readonly parallel: number;
  /** False while nothing is to be taken. */
  readonly mayWork: () => Promise<boolean>;
  /** Works on one claim to its end. Must not throw. */
  readonly run: (claim: Claim) => Promise<void>;
}

/** A pump whose runs keep pairs in step. */
export function createDispatcher(parts: SyncParts, { parallel }: { readonly parallel: number }): Dispatcher {
  const { queue, clock, log } = parts;
  return createPump({
    ...{ queue, clock, log, parallel },
    mayWork: async () => !(await isStandingStill(parts.pairs)),
    run: (claim) => runClaim(parts, claim),
  });
}

export function createPump(options: PumpOptions): Dispatcher {
  const running = new Map<Claim, Promise<void>>();
  let stopped = false;
  let loop: Promise<void> | null = null;

  const start = (claim: Claim): void => {
    const work = options.run(claim).finally(() => running.delete(claim));
    running.set(claim, work);
  };

  const pump = async (): Promise<void> => {
    while (!stopped) {
      // With every slot taken only a slot is waited for: work that is due already would end any other wait at once.
      if (running.size >= options.parallel) {
        await Promise.race(running.values());
        continue;
      }
      const claims = await take(options, options.parallel - running.size);
      claims.forEach(start);
      if (claims.length === 0) await Promise.race([options.queue.waitForWork(LONGEST_SLEEP_MS), ...running.values()]);
    }
    await Promise.all(running.values());
  };

  const heartbeat = async (): Promise<void> => {
    while (!stopped || running.size > 0) {
      await options.clock.sleep(TOUCH_EVERY_MS);
      await touch(options, [...running.keys()]);
    }
  };

  return {
    run() {
      loop ??= pump();
      void heartbeat();
      return loop;
    },
    async stop() {
      stopped = true;
      await loop;
      await Promise.all(running.values());
    },
    active: () => running.size,
  };
}

async function take({ queue, clock, log, mayWork }: PumpOptions, free: number): Promise<readonly Claim[]> {
  try {
    if (await mayWork()) return await queue.claim(free);
    await clock.sleep(STANDING_STILL_PAUSE_MS);
    return [];
  } catch (thrown) {
    log.warn("the queue cannot be reached", { code: toRelayError(thrown).code });
    await clock.sleep(QUEUE_DOWN_PAUSE_MS);
    return [];
  }
}

async function touch({ queue, log }: PumpOptions, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return;
  try {
    await queue.touch(claims);
  } catch (thrown) {
    log.warn("running claims could not be confirmed", { code: toRelayError(thrown).code });
  }
}
