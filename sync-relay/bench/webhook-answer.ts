// How fast a webhook is answered once it is stored for good, while the relay works on what came before: at a steady 100
// a second, and as fast as 1, 16 and 64 connections can send.

import { processorTime, rounded, times, type Figure, type Suite, type SuiteOptions } from "./figure";
import type { LoadResult } from "./load";
import { processorTimeOf } from "./process-time";
import { withRelay, type RelayUnderTest } from "./relay-under-test";
import { createWebhookLoad } from "./webhook-load";

const OPEN_SECONDS = 20;
const CLOSED_SECONDS = 5;
const QUICK_SECONDS = 2;
/** Loads the code once; the relay compiles what it runs often. */
const WARM_UP_SECONDS = 2;
const CONNECTIONS = [1, 16, 64];

export const webhookAnswer: Suite = {
  prefix: "webhook.",
  measure: (options) => withRelay({}, (parts) => measure(parts, options)),
};

async function measure(parts: RelayUnderTest, { quick }: SuiteOptions): Promise<readonly Figure[]> {
  const { relay } = parts;
  const load = await createWebhookLoad(parts);
  await load.open(WARM_UP_SECONDS);
  const figures = figuresOf("webhook.open-100", await load.open(quick ? QUICK_SECONDS : OPEN_SECONDS));
  for (const connections of CONNECTIONS) {
    const name = `webhook.closed-${connections}`;
    const beforeMs = processorTimeOf([relay.pid]);
    const result = await load.closed(connections, quick ? QUICK_SECONDS : CLOSED_SECONDS);
    const afterMs = processorTimeOf([relay.pid]);
    figures.push(...figuresOf(name, result));
    figures.push(...processorTime(name, { beforeMs, afterMs, count: result.timesMs.length }));
  }
  return figures;
}

function figuresOf(name: string, { timesMs, perSecond }: LoadResult): Figure[] {
  const rate = {
    name: `${name}.rate`,
    value: rounded(perSecond),
    unit: "requests/s",
    samples: timesMs.length,
  } as const;
  return [...times(name, timesMs), rate];
}
