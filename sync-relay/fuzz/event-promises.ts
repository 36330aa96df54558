import type { RelayEvent } from "../src/core/event";
import type { Verified } from "../src/ports/webhook-source";
import { promised } from "./fuzz-target";

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Ids and digests, joined: nothing that could carry a text of the body. */
const DEDUPE_ID = /^[0-9a-z:-]{1,300}$/;
const CORRELATION_ID = /^[0-9a-f-]{36}$|^[0-9a-f]{64}$/;
const TIME = /^[0-9TZ:.+-]{10,40}$/;
/** Rows of one message, and the one that a merge dissolved. */
const MOST_EVENTS = 1_001;

/** What holds for every answer of a webhook's check, whatever came in: bounded, and only ids and times are taken. */
export function checkedVerdict(verdict: Verified): string {
  if (verdict.kind === "rejected") return verdict.reason;
  promised(verdict.events.length <= MOST_EVENTS, "a message yields a bounded number of events");
  for (const event of verdict.events) promised(isHarmless(event), "an event carries ids and times, nothing else");
  return verdict.events.length === 0 ? `${verdict.kind}, no event` : verdict.kind;
}

function isHarmless(event: RelayEvent): boolean {
  const ids = GUID.test(event.recordId) && DEDUPE_ID.test(event.dedupeId) && CORRELATION_ID.test(event.correlationId);
  return ids && (event.changedAt === null || TIME.test(event.changedAt));
}
