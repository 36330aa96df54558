// Webhooks as a cloud sends them for several pairs at once: those of one pair one after the other, each with a number
// that grows, so that the relay's tables tell afterwards what became of each and in which order.

import { setTimeout as pause } from "node:timers/promises";
import type { LoopbackClouds } from "../../simulator/demo/loopback-clouds";
import { createRawConnection, type RawConnection } from "../raw-connection";
import type { SyncedPair } from "../synced-pairs";
import { dataverseDeliveries, OPERATION_ID } from "../webhook-deliveries";
import type { Delivery } from "../load";

/** What a stored webhook is answered. */
const TAKEN = 202;
/** What the operation ids of these senders begin with. */
const NUMBERED = OPERATION_ID.slice(0, -12);
/** Between two tries to reach a relay that is away. */
const RETRY_EVERY_MS = 10;

export interface OrderedSenders {
  /** Operation ids of the webhooks that were answered with 202, in the order of the answers. */
  readonly acknowledged: readonly string[];
  /** Answers other than 202. */
  readonly failed: readonly string[];
  /** Operation ids of the webhooks whose connection was lost before an answer came. */
  readonly unanswered: readonly string[];
  /** Sends without end, to wherever `url` says, until it is stopped. */
  start(options: SendOptions): void;
  /** Sends nothing more; resolves when everything under way has been answered or lost. */
  stop(): Promise<void>;
}

export interface SendOptions {
  readonly url: () => string;
  /** Whether new connections may be opened now, as a balancer knows from its probes. Always, unless given. */
  readonly mayConnect?: () => boolean;
  /** Rest between an answer and the next request of the same pair, milliseconds; none unless given. */
  readonly restMs?: number;
}

/** One sender, and so one connection, for each pair. */
export async function createOrderedSenders(
  clouds: LoopbackClouds,
  pairs: readonly SyncedPair[],
): Promise<OrderedSenders> {
  const deliveries = await dataverseDeliveries(clouds, pairs);
  const acknowledged: string[] = [];
  const failed: string[] = [];
  const unanswered: string[] = [];
  let sent = 0;
  let running: Promise<void>[] = [];
  let stopping = false;

  async function send(connection: RawConnection, delivery: Delivery): Promise<void> {
    sent += 1;
    const operation = operationId(sent);
    const outcome = await connection
      .post(delivery, delivery.body.replace(OPERATION_ID, operation))
      .catch((failure: unknown) => failure as NodeJS.ErrnoException);
    if (outcome === TAKEN) acknowledged.push(operation);
    else if (typeof outcome === "number") failed.push(`answered ${outcome}`);
    // A refused connection is no request.
    else if (outcome.code !== "ECONNREFUSED") unanswered.push(operation);
    if (outcome !== TAKEN) await pause(RETRY_EVERY_MS);
  }

  async function sendAll(delivery: Delivery, options: SendOptions): Promise<void> {
    const { url, mayConnect = () => true, restMs = 0 } = options;
    let target = url();
    let connection = connectionTo(target);
    while (!stopping) {
      if (target !== url()) {
        connection.end();
        target = url();
        connection = connectionTo(target);
      }
      if (connection.isOpen() || mayConnect()) await send(connection, delivery);
      else await pause(RETRY_EVERY_MS);
      if (restMs > 0) await pause(restMs);
    }
    connection.end();
  }

  return {
    acknowledged,
    failed,
    unanswered,
    start(options) {
      stopping = false;
      running = deliveries.map((delivery) => sendAll(delivery, options));
    },
    async stop() {
      stopping = true;
      await Promise.all(running);
    },
  };
}

function connectionTo(url: string): RawConnection {
  const { hostname, port } = new URL(url);
  return createRawConnection(hostname, Number(port));
}

/** A GUID that tells the number of its webhook. */
function operationId(n: number): string {
  return NUMBERED + n.toString(16).padStart(12, "0");
}

/** The number in an operation id; null when it is of a webhook that the simulated clouds sent. */
export function numberOf(id: string): number | null {
  const own = id.startsWith(NUMBERED);
  return own ? Number.parseInt(id.slice(NUMBERED.length), 16) : null;
}
