import type { Server } from "node:http";
import type { Clock } from "../../ports/clock";

// How the door is closed without shutting it in anybody's face. A request that arrives at the very moment at which its
// connection, or the listener, is closed reaches nobody, and its sender cannot tell whether it did. So clients are first
// told with each answer to hang up, and what is closed in the end is closed at a moment at which nothing was arriving.

export interface DrainLimits {
  /** New connections are taken for as long as this, whoever is connected: a balancer needs time to notice. */
  readonly atLeastMs: number;
  /** What stays connected for so long holds nothing up any more; counts from the beginning, too. */
  readonly withinMs: number;
}

/** A connection that the system has taken for us shows only at the next look, and a balancer may just be opening another. */
const NOBODY_FOR_MS = 150;
/** Between two looks at the connections of a server that drains. */
const LOOK_EVERY_MS = 10;
/** With requests arriving all the time there is no quiet turn of the event loop; then one moment is as good as another. */
const TURNS_AT_MOST = 200;
/** On a busy machine much may have come that was not read; the first turns only accept it. */
const TURNS_AT_LEAST = 5;

/** Resolves when the time is over, or nobody has been connected for a while; whatever has arrived by then was read. */
export async function untilDrained(server: Server, clock: Clock, limits: DrainLimits): Promise<void> {
  const beganMs = clock.now();
  const [leastMs, mostMs] = [beganMs + limits.atLeastMs, beganMs + limits.withinMs];
  let lastSeenMs = beganMs;
  while (clock.now() < Math.max(leastMs, Math.min(mostMs, lastSeenMs + NOBODY_FOR_MS))) {
    await clock.sleep(LOOK_EVERY_MS);
    if ((await connections(server)) > 0) lastSeenMs = clock.now();
  }
}

/** Stops listening and closes idle connections in a quiet moment; resolves when the last connection has ended. */
export async function closeQuietly(server: Server): Promise<void> {
  await quietTurn(server);
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** Resolves right after a turn of the event loop in which nobody connected and no request arrived. */
async function quietTurn(server: Server): Promise<void> {
  let arrived = false;
  const note = (): void => {
    arrived = true;
  };
  server.on("connection", note).on("request", note);
  for (let turn = 0; turn < TURNS_AT_LEAST || (arrived && turn < TURNS_AT_MOST); turn += 1) {
    arrived = false;
    await new Promise((resolve) => setImmediate(resolve));
  }
  server.off("connection", note).off("request", note);
}

async function connections(server: Server): Promise<number> {
  return await new Promise((resolve) => server.getConnections((_failure, count) => resolve(count)));
}
