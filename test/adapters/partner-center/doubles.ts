// Stand-ins for the ports around the adapter: time that stands still, ids that count up, log and metrics that remember.

import type { Clock, Random } from "../../../sync-relay/src/ports/clock";
import type { Log, LogFields } from "../../../sync-relay/src/ports/log";
import type { Metrics } from "../../../sync-relay/src/ports/metrics";
import type { TokenSource } from "../../../sync-relay/src/ports/token-source";
import type { UpstreamBudget } from "../../../sync-relay/src/ports/upstream-budget";

export const NOON = Date.parse("2026-03-01T12:00:00Z");

export interface SteppedClock extends Clock {
  advance(byMs: number): void;
}

export function aSteppedClock(startMs: number = NOON): SteppedClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    sleep: () => Promise.resolve(),
    advance: (byMs) => {
      nowMs += byMs;
    },
  };
}

/** Ids in order: `…0001`, `…0002`. */
export function aCountingRandom(): Random {
  let count = 0;
  const uuid = (): string => {
    count += 1;
    return `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
  };
  return { next: () => 0.5, uuid, uuidFor: uuid };
}

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: LogFields;
}

export function aRecordingLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}): void => {
      lines.push({ level, message, fields });
    };
  return { lines, debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

export function aRecordingMetrics(): Metrics & { readonly samples: string[] } {
  const samples: string[] = [];
  const add = (name: string, labels: Readonly<Record<string, string>> = {}, value: number | string = ""): void => {
    const text = Object.entries(labels).map(([key, label]) => `${key}=${label}`);
    samples.push(`${name}{${text.join(",")}} ${String(value)}`.trim());
  };
  return {
    samples,
    count: (name, labels, by = 1) => add(name, labels, by),
    observe: (name, _seconds, labels) => add(name, labels),
    set: (name, value, labels) => add(name, labels, value),
  };
}

/** Hands out `token-1` until it is refused, then `token-2`, and so on. */
export function aTokenSource(): TokenSource & { readonly refused: string[] } {
  const refused: string[] = [];
  return {
    refused,
    token: async (options = {}) => {
      if (options.stale !== undefined) refused.push(options.stale);
      return `token-${String(refused.length + 1)}`;
    },
  };
}

export interface RecordingBudget extends UpstreamBudget {
  readonly pausesMs: number[];
  /** Requests that entered and have not ended. */
  open(): number;
  entered(): number;
}

export function aRecordingBudget(): RecordingBudget {
  const pausesMs: number[] = [];
  let entered = 0;
  let ended = 0;
  return {
    pausesMs,
    open: () => entered - ended,
    entered: () => entered,
    enter: async () => {
      entered += 1;
      return () => {
        ended += 1;
      };
    },
    pause: async (_upstream, pauseMs) => {
      pausesMs.push(pauseMs);
    },
  };
}
