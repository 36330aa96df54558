import type { Clock } from "../../ports/clock";
import type { Log } from "../../ports/log";

// The orderly end of the process. A kill loses nothing either, so each step has a time limit and the end always comes:
// not ready, then no new requests, then the running work, then exit.

export interface ShutdownSteps {
  /** Takes no new requests, once the time is over for which requests are taken on purpose. */
  readonly stopAccepting: (withinMs: number) => Promise<void>;
  /** Starts no new work and resolves when the running work is done. */
  readonly finishWork: () => Promise<void>;
  /** Closes database connections and the like. */
  readonly release?: () => Promise<void>;
}

export interface ShutdownOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** How long requests are still taken for certain, while balancers notice. */
  readonly drainMs: number;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

export interface Shutdown {
  /** True from the first signal on. */
  readonly draining: () => boolean;
  /** What to stop; may be given after the process started to listen for signals. */
  use(steps: ShutdownSteps): void;
  /** Runs the steps once and exits with 0. Terminals and process runners often send a signal twice. */
  begin(): Promise<void>;
  /** Begins on SIGTERM and SIGINT. Returns a function that stops listening for them. */
  onSignals(process: SignalSource): () => void;
}

/** The part of `process` that is needed. */
export interface SignalSource {
  on(signal: "SIGTERM" | "SIGINT", listener: () => void): unknown;
  off(signal: "SIGTERM" | "SIGINT", listener: () => void): unknown;
}

/** Beyond the time in which requests are taken on purpose. */
const STOP_ACCEPTING_WITHIN_MS = 1_000;
/** Without that time, all steps together end within the 10 s after which Docker kills by default; work that is cut off is done again. */
const FINISH_WORK_WITHIN_MS = 6_000;
const RELEASE_WITHIN_MS = 3_000;
const SIGNALS = ["SIGTERM", "SIGINT"] as const;

export function createShutdown(options: ShutdownOptions): Shutdown {
  const { log, exit } = options;
  let steps: ShutdownSteps | null = null;
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    log.info("Stopping.");
    const acceptingMs = options.drainMs + STOP_ACCEPTING_WITHIN_MS;
    await bounded(options, "stop-accepting", {
      withinMs: acceptingMs,
      work: () => steps?.stopAccepting(acceptingMs),
    });
    await bounded(options, "finish-work", { withinMs: FINISH_WORK_WITHIN_MS, work: () => steps?.finishWork() });
    await bounded(options, "release", { withinMs: RELEASE_WITHIN_MS, work: () => steps?.release?.() });
    log.info("Stopped.");
    exit(0);
  }

  function begin(): Promise<void> {
    running ??= run();
    return running;
  }

  return {
    draining: () => running !== null,
    use(given) {
      steps = given;
    },
    begin,
    onSignals(source) {
      const listener = () => void begin();
      for (const signal of SIGNALS) source.on(signal, listener);
      return () => {
        for (const signal of SIGNALS) source.off(signal, listener);
      };
    },
  };
}

/** Runs a step; goes on when it takes too long or fails. */
async function bounded(
  { clock, log }: ShutdownOptions,
  step: string,
  run: { readonly withinMs: number; readonly work: () => Promise<void> | undefined },
): Promise<void> {
  const ended = new AbortController();
  let outcome: "done" | "failed" | "late" = "late";
  const worked = Promise.resolve()
    .then(run.work)
    .then(
      () => {
        outcome = "done";
      },
      () => {
        outcome = "failed";
      },
    )
    .finally(() => ended.abort());
  await Promise.race([worked, clock.sleep(run.withinMs, ended.signal)]);
  report(log, step, outcome);
}

function report(log: Log, step: string, outcome: "done" | "failed" | "late"): void {
  if (outcome !== "done") log.warn("A step of the shutdown did not end well.", { step, outcome });
}
