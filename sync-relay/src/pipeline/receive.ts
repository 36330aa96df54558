// The front door of a webhook: verify, store, answer. The answer never waits for the sync, and nothing but a missing
// certificate is fetched before it.

import { toRelayError } from "../core/errors";
import type { Clock } from "../ports/clock";
import type { Inbox } from "../ports/inbox";
import type { Log } from "../ports/log";
import type { Metrics } from "../ports/metrics";
import type { RejectReason, WebhookRequest, WebhookSource } from "../ports/webhook-source";
import { createPatience, type Patience } from "./patience";

/**
 * Dataverse waits 60 s for an answer and does not repeat what it got none to, but what was answered 503; a database whose
 * host is gone says nothing for longer.
 */
const STORED_WITHIN_MS = 18_000;

/** Answer to a webhook; only the status matters to either sender. */
export interface Reply {
  readonly status: 202 | 400 | 401 | 503;
  readonly body: { readonly result: string };
}

export interface ReceiveParts {
  readonly sources: readonly WebhookSource[];
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Takes webhooks. Never throws. */
export type Receive = (source: WebhookSource["source"], request: WebhookRequest) => Promise<Reply>;

export function createReceive(parts: ReceiveParts): Receive {
  const door: Door = { ...parts, inTime: createPatience(parts.clock, STORED_WITHIN_MS) };
  return async (source, request) => {
    const startedMs = parts.clock.now();
    const reply = await take(door, source, request);
    parts.metrics.count("cosell_webhooks_received_total", { source, result: reply.body.result });
    parts.metrics.observe("cosell_webhook_ack_duration_seconds", (parts.clock.now() - startedMs) / 1000);
    return reply;
  };
}

interface Door extends ReceiveParts {
  readonly inTime: Patience;
}

async function take(parts: Door, name: string, request: WebhookRequest): Promise<Reply> {
  const source = parts.sources.find((candidate) => candidate.source === name);
  if (source === undefined) return refused("not-ours");
  try {
    const verdict = await source.verify(request);
    if (verdict.kind === "rejected") {
      parts.log.warn("a webhook was refused", { source: name, reason: verdict.reason });
      return refused(verdict.reason);
    }
    // The path may end in a secret token, which nobody needs for verifying later and which must not be stored.
    const unverified = verdict.kind === "unverified" ? { unverified: { ...request, path: "" } } : {};
    // What is stored after all, late, is recognised when the sender repeats it.
    if (verdict.events.length > 0) {
      await parts.inTime(parts.inbox.put(verdict.events.map((event) => ({ event, ...unverified }))));
    }
    return { status: 202, body: { result: verdict.kind === "unverified" ? "stored-unverified" : "stored" } };
  } catch (thrown) {
    const error = toRelayError(thrown);
    parts.log.error("a webhook could not be stored", { source: name, code: error.code });
    // 503 and no other status makes Dataverse try once more.
    return { status: 503, body: { result: "not-stored" } };
  }
}

function refused(reason: RejectReason): Reply {
  return { status: reason === "malformed" ? 400 : 401, body: { result: reason } };
}
