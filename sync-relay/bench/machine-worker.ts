// A fixed piece of work of the kind that the relay has most of: reading and writing JSON.

import { parentPort, workerData } from "node:worker_threads";

const TEXT = JSON.stringify(
  Array.from({ length: 200 }, (_, n) => ({ key: `field-${n}`, value: { Value: n * 1000.5, text: "x".repeat(20) } })),
);
const ROUNDS = 100;

const samples = Number(workerData);
const timesMs: number[] = [];
while (timesMs.length < samples) {
  const startedMs = performance.now();
  for (let n = 0; n < ROUNDS; n++) JSON.stringify(JSON.parse(TEXT));
  timesMs.push(performance.now() - startedMs);
}
parentPort?.postMessage(timesMs);
