// What the doors need around them and what no input reaches: time that stands still, a log that keeps nothing.

import { createHash } from "node:crypto";
import type { Clock, Random } from "../src/ports/clock";
import type { Log } from "../src/ports/log";
import type { Metrics } from "../src/ports/metrics";
import type { TokenSource } from "../src/ports/token-source";
import type { UpstreamBudget } from "../src/ports/upstream-budget";

const nothing = (): void => undefined;

export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
export const noMetrics: Metrics = { count: nothing, observe: nothing, set: nothing };

/** The time at which the samples were made. */
export const NOW_MS = Date.parse("2026-03-01T12:00:00Z");

export const standingClock: Clock = { now: () => NOW_MS, sleep: () => Promise.resolve() };

export function aRandom(): Random {
  let made = 0;
  const uuid = (): string => guidOf(`n${(made += 1)}`);
  return { next: () => 0.5, uuid, uuidFor: guidOf };
}

export const freeBudget: UpstreamBudget = {
  enter: () => Promise.resolve(nothing),
  pause: () => Promise.resolve(),
};

export const aToken: TokenSource = { token: () => Promise.resolve("token") };

function guidOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
