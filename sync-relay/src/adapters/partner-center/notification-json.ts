// The body of a notification → an event. It says that something changed, names it by an address, and says when. Only
// the GUID is taken from the address; nothing the body names is ever fetched.

import { createHash } from "node:crypto";
import type { EventKind, RelayEvent } from "../../core/event";
import { isJsonObject } from "../../core/json";
import type { Json } from "../../core/json";
import { parseWireJson } from "./wire-json";

/** Notifications the relay acts on. Partner Center has some twenty more, about subscriptions and invoices. */
const eventKinds: ReadonlyMap<string, EventKind> = new Map([
  ["referral-created", "referral-created"],
  ["referral-updated", "referral-updated"],
  ["related-referral-created", "related-referral-created"],
  ["related-referral-updated", "related-referral-updated"],
  ["test-created", "test-created"],
]);

/** Longest address and name read. */
const MAX_TEXT_LENGTH = 1024;

const GUID_PART = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";

/** Both routes to a referral, on any host: the host says nothing, since only the GUID is used. */
const REFERRAL_URI = new RegExp(
  `^https?://[^/?#\\s\\\\]+/(?:engagements/v1|v1\\.0/engagements)/referrals/${GUID_PART}$`,
  "i",
);

/** A test notification names the test, not a referral. */
const TEST_URI = new RegExp(`^https?://[^/?#\\s\\\\]+/webhooks/v1/registration/validationEvents/${GUID_PART}$`, "i");

/** A time in ISO 8601 with an offset. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

export type Notification =
  | { readonly kind: "event"; readonly event: RelayEvent }
  /** Well-formed, but nothing the relay acts on. */
  | { readonly kind: "ignored" }
  | { readonly kind: "malformed" };

/** Reads a notification whose bytes were verified, or will be before its event is used. */
export function readNotification(rawBody: Uint8Array, correlationId: string): Notification {
  const body = decode(rawBody);
  const eventName = boundedText(body, "EventName");
  if (eventName === undefined) return { kind: "malformed" };
  const kind = eventKinds.get(eventName.toLowerCase());
  if (kind === undefined) return { kind: "ignored" };
  return readEvent(body, { eventName, kind, correlationId });
}

interface KnownEvent {
  readonly eventName: string;
  readonly kind: EventKind;
  readonly correlationId: string;
}

function readEvent(body: Json | undefined, { eventName, kind, correlationId }: KnownEvent): Notification {
  const resourceUri = boundedText(body, "ResourceUri") ?? "";
  const recordId = (kind === "test-created" ? TEST_URI : REFERRAL_URI).exec(resourceUri)?.[1]?.toLowerCase();
  // Older test notifications name no test at all: nothing to act on, and no reason to refuse.
  if (recordId === undefined) return { kind: kind === "test-created" ? "ignored" : "malformed" };
  const changed = boundedText(body, "ResourceChangeUtcDate") ?? "";
  const dedupeId = createHash("sha256").update(`${eventName}|${resourceUri}|${changed}`).digest("hex");
  const changedAt = isTime(changed) ? changed : null;
  const source = "partner-center";
  return { kind: "event", event: { source, kind, recordId, changedAt, ownWrite: false, dedupeId, correlationId } };
}

function isTime(text: string): boolean {
  return TIME.test(text) && !Number.isNaN(Date.parse(text));
}

function decode(rawBody: Uint8Array): Json | undefined {
  try {
    // A byte order mark is part of the signed bytes and no part of JSON, so it is not taken away.
    return parseWireJson(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(rawBody));
  } catch {
    return undefined;
  }
}

/** A text under a key in any case; undefined when absent, too long, or there twice in different cases. */
function boundedText(body: Json | undefined, key: string): string | undefined {
  if (!isJsonObject(body)) return undefined;
  const wanted = key.toLowerCase();
  const values = Object.entries(body).filter(([candidate]) => candidate.toLowerCase() === wanted);
  const value = values.length === 1 ? values[0]?.[1] : undefined;
  return typeof value === "string" && value !== "" && value.length <= MAX_TEXT_LENGTH ? value : undefined;
}
