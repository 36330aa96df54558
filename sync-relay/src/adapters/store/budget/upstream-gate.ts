import type { Clock } from "../../../ports/clock";
import type { RequestEnded } from "../../../ports/upstream-budget";
import type { Taken } from "./token-bucket";

/** A budget that may be shared with other replicas. */
export interface SharedBucket {
  take(want: number, spentMs: number): Promise<Taken>;
  pause(pauseMs: number): Promise<void>;
}

export interface UpstreamGate {
  enter(): Promise<RequestEnded>;
  pause(pauseMs: number): Promise<void>;
  /** Nobody waits any longer; whoever asks the bucket again learns that it is closed. */
  close(): void;
}

interface GateOptions {
  readonly bucket: SharedBucket;
  /** Requests in flight in this replica. */
  readonly concurrency: number;
  readonly clock: Clock;
}

interface Waiter {
  readonly admit: (ended: RequestEnded) => void;
  readonly refuse: (reason: unknown) => void;
}

/** Tokens of one trip to the bucket: small, so that replicas share evenly. */
const TOKENS_PER_TRIP = 10;
/** While nothing is granted the bucket is asked again this often at least: the pause may have been of another replica. */
const ASK_AGAIN_MS = 5_000;

/**
 * The queue in front of an upstream. Whoever waits while the bucket is asked is served by the next trip, so that a
 * token is never held unused.
 */
export function createUpstreamGate({ bucket, concurrency, clock }: GateOptions): UpstreamGate {
  const waiters: Waiter[] = [];
  const closed = new AbortController();
  let inFlight = 0;
  let spentMs = 0;
  let asking = false;

  async function admitSome(): Promise<void> {
    const spent = spentMs;
    spentMs = 0;
    const want = Math.min(waiters.length, concurrency - inFlight, TOKENS_PER_TRIP);
    const { granted, waitMs } = await bucket.take(want, spent).catch((thrown: unknown) => {
      spentMs += spent;
      throw thrown;
    });
    for (const waiter of waiters.splice(0, granted)) {
      inFlight++;
      waiter.admit(onceEnded());
    }
    if (granted === 0) await clock.sleep(Math.min(Math.max(waitMs, 1), ASK_AGAIN_MS), closed.signal);
  }

  async function admitAll(): Promise<void> {
    if (asking) return;
    asking = true;
    try {
      while (waiters.length > 0 && inFlight < concurrency) await admitSome();
    } catch (reason) {
      for (const waiter of waiters.splice(0)) waiter.refuse(reason);
    } finally {
      asking = false;
    }
  }

  function onceEnded(): RequestEnded {
    let open = true;
    return (executionMs) => {
      if (!open) return;
      open = false;
      inFlight--;
      spentMs += Math.max(0, executionMs);
      void admitAll();
    };
  }

  return {
    enter: () =>
      new Promise((admit, refuse) => {
        waiters.push({ admit, refuse });
        void admitAll();
      }),
    pause: (pauseMs) => bucket.pause(pauseMs),
    close: () => closed.abort(),
  };
}
