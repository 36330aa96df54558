// Memory of the relay and its database after a million events, and how much it has grown over the second half of them.

import { rounded, type Figure, type Suite, type SuiteOptions } from "./figure";
import { memoryOfTree } from "./process-memory";
import { withRelay, type RelayUnderTest } from "./relay-under-test";
import { untilQuiet } from "./upstream-calls";
import { createWebhookLoad } from "./webhook-load";

const EVENTS = 1_000_000;
const QUICK_EVENTS = 5_000;
const CONNECTIONS = 32;
/** Between two looks at the memory. */
const STRETCH_S = 10;

export const millionEvents: Suite = {
  prefix: "million.",
  measure: (options) => withRelay({}, (parts) => measure(parts, options)),
};

async function measure(parts: RelayUnderTest, { quick, say }: SuiteOptions): Promise<readonly Figure[]> {
  const load = await createWebhookLoad(parts);
  const wanted = quick ? QUICK_EVENTS : EVENTS;
  const memory: number[] = [];
  let events = 0;
  while (events < wanted) {
    events += (await load.closed(CONNECTIONS, quick ? 1 : STRETCH_S)).timesMs.length;
    memory.push(memoryOfTree(parts.relay.pid));
    say(`${events} events, ${memory.at(-1)?.toFixed(0) ?? ""} MB`);
  }
  await untilQuiet(parts.clouds);
  const half = memory[Math.floor(memory.length / 2)] ?? 0;
  const figure = (name: string, value: number): Figure => {
    return { name, value: rounded(value), unit: "MB", samples: events };
  };
  return [
    figure("million.memory-after", memoryOfTree(parts.relay.pid)),
    figure("million.memory-most", Math.max(...memory)),
    figure("million.growth-second-half", (memory.at(-1) ?? 0) - half),
  ];
}
