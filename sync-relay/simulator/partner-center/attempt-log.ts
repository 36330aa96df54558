import type { EventMessage } from "./event-message";

/** One attempt to deliver an event. */
export interface Attempt {
  readonly event: EventMessage;
  /** 1 for the first one. */
  readonly attempt: number;
  /** Status of the answer; 0 when there was none. */
  readonly status: number;
}

/** Attempts remembered; older ones are forgotten. */
const REMEMBERED_ATTEMPTS = 10_000;

export interface AttemptLog {
  readonly add: (attempt: Attempt) => void;
  readonly all: () => readonly Attempt[];
  readonly reset: () => void;
}

export function createAttemptLog(): AttemptLog {
  let attempts: Attempt[] = [];
  return {
    add(attempt) {
      attempts.push(attempt);
      if (attempts.length >= 2 * REMEMBERED_ATTEMPTS) attempts = attempts.slice(-REMEMBERED_ATTEMPTS);
    },
    all: () => attempts,
    reset() {
      attempts = [];
    },
  };
}
