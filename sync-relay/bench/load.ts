// Sends webhooks and times the answers, in a thread of its own, so that the simulated clouds in the main thread do not
// count as waiting. Open: requests leave at fixed moments, and the time runs from the moment at which one should have
// left, so a stall is charged to every request that it held up. Closed: each connection sends its next request after the
// answer to the last one.

import { join } from "node:path";
import { Worker } from "node:worker_threads";

/** A webhook, ready to be sent. */
export interface Delivery {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type LoadPlan =
  | { readonly kind: "open"; readonly perSecond: number; readonly seconds: number }
  | { readonly kind: "closed"; readonly connections: number; readonly seconds: number };

export interface LoadOrder {
  readonly url: string;
  readonly plan: LoadPlan;
  /** Sent in turn, over and over. */
  readonly deliveries: readonly Delivery[];
  /** What is replaced in each body by an id of its own. */
  readonly idPlaceholder: string;
}

export interface LoadResult {
  /** Times to answer, milliseconds. */
  readonly timesMs: readonly number[];
  /** Answers a second. */
  readonly perSecond: number;
}

/** Resolves when the load is through. Rejects when a webhook was not taken: such times mean nothing. */
export function runLoad(order: LoadOrder): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(__dirname, "load-worker.js"), { workerData: order });
    worker.once("message", (result: LoadResult) => {
      // Its kept connections would keep it alive.
      void worker.terminate().then(() => resolve(result));
    });
    worker.once("error", reject);
  });
}
