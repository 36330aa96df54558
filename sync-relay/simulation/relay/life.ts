// The life of one process of the relay. It ends at any call; what it waited for then never comes. It may also stand still
// for a while, as a machine does that is out of memory or moved, and go on without having noticed.

import type { Agenda } from "../agenda";
import type { Boundaries, CrashMoment } from "./boundaries";

export interface Life {
  readonly isAlive: () => boolean;
  readonly kill: () => void;
  /** Waits in simulated time, and for ever in a process that died meanwhile. */
  readonly wait: (delayMs: number) => Promise<void>;
  /** Whether it stands still now. */
  readonly standsStill: () => boolean;
  readonly everStoodStill: () => boolean;
  readonly standStill: (forMs: number) => void;
  /** Makes a call, at which the process may die. */
  readonly call: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  /** The same for a request to a cloud, which may arrive although its sender died. */
  readonly request: <T>(request: Request<T>) => Promise<T>;
}

/** A request to a cloud. */
export interface Request<T> {
  readonly name: string;
  readonly writes: boolean;
  /** Makes the request and waits for its answer. */
  readonly exchange: () => Promise<T>;
  /** Only sends it; it arrives later. */
  readonly arriveLate: () => void;
}

export interface LifeOptions {
  readonly agenda: Agenda;
  readonly boundaries: Boundaries;
  readonly died: () => void;
}

/** What a dead process waits for. A new one each time: one that all waited for would keep every dead process in memory. */
function never(): Promise<never> {
  return new Promise(() => undefined);
}

export function createLife({ agenda, boundaries, died }: LifeOptions): Life {
  let living = true;
  let stillUntilMs = -Infinity;

  const isAlive = (): boolean => living;

  function die(): Promise<never> {
    living = false;
    died();
    return never();
  }

  async function alive<T>(work: () => Promise<T>): Promise<T> {
    try {
      const answer = await work();
      return living ? answer : await never();
    } catch (thrown) {
      if (!isAlive()) return never();
      throw thrown;
    }
  }

  async function passing<T>(diesAt: CrashMoment | null, { exchange, arriveLate }: Omit<Request<T>, "name" | "writes">) {
    if (!living) return never();
    if (diesAt === "before") return die();
    if (diesAt === "late") {
      arriveLate();
      return die();
    }
    if (diesAt === null) return alive(exchange);
    try {
      await alive(exchange);
    } catch {
      // It dies before it could do anything about the failure.
    }
    return die();
  }

  return {
    isAlive,
    kill() {
      living = false;
    },
    wait: (delayMs) =>
      new Promise((resolve) => {
        agenda.after(delayMs, () => {
          if (living) resolve();
        });
      }),
    standsStill: () => stillUntilMs > agenda.now(),
    everStoodStill: () => stillUntilMs > -Infinity,
    standStill(forMs) {
      stillUntilMs = agenda.now() + forMs;
    },
    call: (name, work) =>
      living ? passing(boundaries.pass(name, false).diesAt, { exchange: work, arriveLate: () => undefined }) : never(),
    request: (request) => (living ? passing(boundaries.pass(request.name, request.writes).diesAt, request) : never()),
  };
}
