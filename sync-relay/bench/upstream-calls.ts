import { setTimeout as pause } from "node:timers/promises";
import type { LoopbackClouds } from "../simulator/demo/loopback-clouds";

/** No call for so long means that the relay is done: two coalescing windows (500 ms) and time to work. */
const QUIET_MS = 1_500;
const LOOK_EVERY_MS = 50;

/** Calls to both clouds so far. Getting a token is not one: tokens last for an hour. */
export function upstreamCalls({ dataverse, partnerCenter }: LoopbackClouds): number {
  return dataverse.requests.entries.length + partnerCenter.requests.all().length;
}

export function forgetCalls({ dataverse, partnerCenter }: LoopbackClouds): void {
  dataverse.requests.reset();
  partnerCenter.requests.reset();
}

/** Resolves when both clouds have delivered their webhooks and the relay has stopped calling them. */
export async function untilQuiet(clouds: LoopbackClouds): Promise<void> {
  let calls = -1;
  let quietSinceMs = performance.now();
  while (performance.now() - quietSinceMs < QUIET_MS) {
    await Promise.all([clouds.dataverse.webhooks.idle(), clouds.partnerCenter.settled()]);
    const now = upstreamCalls(clouds);
    if (now !== calls) quietSinceMs = performance.now();
    calls = now;
    await pause(LOOK_EVERY_MS);
  }
}
