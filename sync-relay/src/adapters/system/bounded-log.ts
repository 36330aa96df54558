import type { Clock } from "../../ports/clock";
import type { Log, LogFields } from "../../ports/log";

// Whoever can reach the relay can make it write a line for each request. A flood of them must neither fill the disk
// behind the log nor hide what else it says, so of one message about one source only some lines are written; metrics
// count them all.

/** How many lines of one message about one source are written in how many milliseconds. */
export interface LogBounds {
  readonly lines: number;
  readonly withinMs: number;
}

interface Window {
  readonly sinceMs: number;
  written: number;
  leftOut: number;
}

/**
 * A log that repeats itself no more than told. Messages are constants (OB10) and sources are few, so there is little to
 * remember. Lines for debugging are all written: whoever asks for them wants them.
 */
export function createBoundedLog(log: Log, clock: Pick<Clock, "now">, { lines, withinMs }: LogBounds): Log {
  const windows = new Map<string, Window>();
  const write = (level: "info" | "warn" | "error") => (message: string, fields?: LogFields) => {
    const about = `${message} ${String(fields?.["source"])}`;
    const before = windows.get(about);
    const nowMs = clock.now();
    const isOver = before === undefined || nowMs >= before.sinceMs + withinMs || nowMs < before.sinceMs;
    const window = isOver ? { sinceMs: nowMs, written: 0, leftOut: 0 } : before;
    windows.set(about, window);
    if (window.written >= lines) {
      window.leftOut += 1;
      return;
    }
    window.written += 1;
    const leftOut = isOver && before !== undefined && before.leftOut > 0 ? { leftOutCount: before.leftOut } : {};
    log[level](message, { ...fields, ...leftOut });
    if (window.written === lines) log[level]("the line before comes often; more like it are left out for a while");
  };
  return {
    debug: (message, fields) => log.debug(message, fields),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  };
}
