// Sends webhooks for changes, as the asynchronous service does: after the write, outside of it, with one more try on
// 502, 503 and 504 only, and a system job row that tells how it went. Every body is built at the time of the change.

import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { Clock } from "../../../src/ports/clock";
import type { QueryScope } from "../query/row-filter";
import { isoSeconds } from "../rows/column-values";
import type { RowChange } from "../rows/row-writer";
import type { SimulatorSettings } from "../simulator-settings";
import { drawFate, type DeliveryFaults } from "./delivery-faults";
import { executionContext, type StepCall } from "./execution-context";
import { stepsFor, type RegisteredStep } from "./registered-steps";
import { webhookBody } from "./webhook-body";

/** How one delivery went. */
export interface Delivery {
  readonly stepId: string;
  readonly message: RowChange["message"];
  readonly table: string;
  readonly rowId: string;
  readonly operationId: string;
  readonly outcome: "delivered" | "failed" | "lost";
  /** Status of the last answer; null without an answer. */
  readonly status: number | null;
  readonly attempts: number;
}

/** Sends webhooks. */
export interface WebhookEmitter {
  announce(change: RowChange): void;
  /** Every finished delivery, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Gives up what is under way. */
  close(): Promise<void>;
}

/** What the emitter needs. */
export interface WebhookEmitterDependencies {
  readonly scope: QueryScope;
  readonly settings: SimulatorSettings;
  readonly faults: DeliveryFaults;
  readonly random: () => number;
  readonly clock: Clock;
  /** Host name of the environment. */
  readonly host: () => string;
}

const RETRIED: readonly number[] = [502, 503, 504];
const MAX_ATTEMPTS = 2;
const jobStatus = { succeeded: 30, failed: 31 } as const;

interface Posting {
  readonly change: RowChange;
  readonly step: RegisteredStep;
  readonly operationId: string;
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** An emitter over the registrations of a store. */
export function createWebhookEmitter(dependencies: WebhookEmitterDependencies): WebhookEmitter {
  const { scope, settings, clock } = dependencies;
  const deliveries: Delivery[] = [];
  const underWay = new Set<Promise<void>>();
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);

  const announce = (change: RowChange): void => {
    for (const step of stepsFor(scope.store, change)) {
      const posting = preparePosting(dependencies, { scope, settings, change, step, operationId: randomUUID() });
      const fate = drawFate(dependencies.faults, dependencies.random);
      if (fate.kind === "lost") record(posting, { outcome: "lost", status: null, attempts: 0 });
      else for (const delayMs of fate.delaysMs) track(deliver(posting, delayMs));
    }
  };

  const track = (work: Promise<void>): void => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };

  const deliver = async (posting: Posting, delayMs: number): Promise<void> => {
    if (delayMs > 0) await clock.sleep(delayMs, closing.signal);
    let attempts = 0;
    let status: number | null = null;
    do {
      if (attempts > 0) await clock.sleep(settings.webhookRetryDelayMs, closing.signal);
      if (closing.signal.aborted) return;
      status = await post(posting, settings.webhookTimeoutMs, closing.signal);
      attempts += 1;
    } while (attempts < MAX_ATTEMPTS && status !== null && RETRIED.includes(status));
    const delivered = status !== null && status >= 200 && status < 300;
    record(posting, { outcome: delivered ? "delivered" : "failed", status, attempts });
  };

  const record = (posting: Posting, result: Pick<Delivery, "outcome" | "status" | "attempts">): void => {
    const { change, step, operationId } = posting;
    const { message, table, id } = change;
    deliveries.push({ stepId: step.id, message, table: table.name, rowId: id, operationId, ...result });
    if (result.outcome === "failed" || (result.outcome === "delivered" && !step.deletesItsJobs)) {
      recordJob(dependencies, posting, result);
    }
  };

  return {
    announce,
    deliveries,
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close: async () => {
      closing.abort();
      await Promise.all(underWay);
    },
  };
}

/** Keeps the system job of a delivery, as an administrator sees it. */
function recordJob(
  { scope, clock }: WebhookEmitterDependencies,
  posting: Posting,
  result: { outcome: string; status: number | null },
): void {
  const { step, operationId } = posting;
  const failed = result.outcome === "failed";
  scope.store.put("asyncoperation", operationId, {
    asyncoperationid: operationId,
    name: step.name,
    statuscode: failed ? jobStatus.failed : jobStatus.succeeded,
    friendlymessage: failed ? `The endpoint answered ${result.status ?? "nothing"}.` : null,
    completedon: isoSeconds(clock.now()),
    owningextensionid: { table: "sdkmessageprocessingstep", id: step.id },
  });
}

function preparePosting(dependencies: WebhookEmitterDependencies, call: StepCall): Posting {
  const { change, step, operationId } = call;
  const body = webhookBody(executionContext(call), dependencies.settings);
  return {
    change,
    step,
    operationId,
    bytes: body.bytes,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "x-ms-dynamics-organization": dependencies.host(),
      "x-ms-dynamics-entity-name": change.table.name,
      "x-ms-dynamics-request-name": change.message,
      "x-ms-correlation-request-id": change.context.correlationId,
      ...(body.sizeExceeded ? { "x-ms-dynamics-msg-size-exceeded": "true" } : {}),
      ...step.headers,
    },
  };
}

/** The status of the answer; null when there was none in time. */
async function post(posting: Posting, timeoutMs: number, closing: AbortSignal): Promise<number | null> {
  try {
    const response = await fetch(posting.step.url, {
      method: "POST",
      headers: posting.headers,
      body: new Uint8Array(posting.bytes),
      redirect: "manual",
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), closing]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
