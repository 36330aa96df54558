import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { must } from "../src/core/must";
import type { LoadOrder, LoadResult } from "./load";
import { createRawConnection, type RawConnection } from "./raw-connection";

/** Connections of the open load: both clouds together have at most about so many under way. */
const OPEN_CONNECTIONS = 64;
/** What a stored webhook is answered. */
const TAKEN = 202;

void run(workerData as LoadOrder).then((result) => parentPort?.postMessage(result));

async function run(order: LoadOrder): Promise<LoadResult> {
  const send = createSender(order);
  const startedMs = performance.now();
  const timesMs = order.plan.kind === "open" ? await openLoad(order.plan, send) : await closedLoad(order.plan, send);
  return { timesMs, perSecond: (timesMs.length / (performance.now() - startedMs)) * 1000 };
}

/** Sends the next delivery; resolves when it is answered. */
type Send = () => Promise<void>;

async function openLoad(plan: Extract<LoadOrder["plan"], { kind: "open" }>, send: Send): Promise<readonly number[]> {
  const startedMs = performance.now();
  const answers = Array.from({ length: plan.perSecond * plan.seconds }, async (_, n) => {
    const dueMs = startedMs + (n / plan.perSecond) * 1000;
    await pause(Math.max(0, dueMs - performance.now()));
    await send();
    return performance.now() - dueMs;
  });
  return Promise.all(answers);
}

async function closedLoad(
  plan: Extract<LoadOrder["plan"], { kind: "closed" }>,
  send: Send,
): Promise<readonly number[]> {
  const timesMs: number[] = [];
  const endMs = performance.now() + plan.seconds * 1000;
  const connection = async (): Promise<void> => {
    while (performance.now() < endMs) {
      const sentMs = performance.now();
      await send();
      timesMs.push(performance.now() - sentMs);
    }
  };
  await Promise.all(Array.from({ length: plan.connections }, connection));
  return timesMs;
}

function createSender({ url, plan, deliveries, idPlaceholder }: LoadOrder): Send {
  const { hostname, port } = new URL(url);
  const count = plan.kind === "open" ? OPEN_CONNECTIONS : plan.connections;
  const idle = Array.from({ length: count }, () => createRawConnection(hostname, Number(port)));
  const waiting: ((connection: RawConnection) => void)[] = [];
  let sent = 0;
  return async () => {
    const delivery = must(deliveries[sent % deliveries.length], "there are deliveries");
    sent += 1;
    const body = delivery.body.replace(idPlaceholder, randomUUID());
    const connection = idle.pop() ?? (await new Promise<RawConnection>((resolve) => waiting.push(resolve)));
    const status = await connection.post(delivery, body);
    if (status !== TAKEN) throw new Error(`a webhook was answered ${String(status)}`);
    const next = waiting.shift();
    if (next === undefined) idle.push(connection);
    else next(connection);
  };
}
