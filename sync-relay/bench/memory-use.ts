// Memory of the relay and its database together, while it has nothing to do and after it has worked off
// webhooks at 100 a second.

import { setTimeout as pause } from "node:timers/promises";
import { rounded, type Figure, type Suite, type SuiteOptions } from "./figure";
import { memoryOfTree } from "./process-memory";
import { withRelay, type RelayUnderTest } from "./relay-under-test";
import { untilQuiet } from "./upstream-calls";
import { createWebhookLoad } from "./webhook-load";

const LOAD_SECONDS = 20;
const QUICK_SECONDS = 2;
/** Time to settle before each measurement. */
const SETTLE_MS = 5_000;

export const memoryUse: Suite = {
  prefix: "memory.",
  measure: (options) => withRelay({}, (parts) => measure(parts, options)),
};

async function measure(parts: RelayUnderTest, { quick }: SuiteOptions): Promise<readonly Figure[]> {
  const atRest = await memory("memory.at-rest", parts);
  const load = await createWebhookLoad(parts);
  await load.open(quick ? QUICK_SECONDS : LOAD_SECONDS);
  await untilQuiet(parts.clouds);
  return [atRest, await memory("memory.after-load", parts)];
}

async function memory(name: string, { relay }: RelayUnderTest): Promise<Figure> {
  await pause(SETTLE_MS);
  return { name, value: rounded(memoryOfTree(relay.pid)), unit: "MB", samples: 1 };
}
