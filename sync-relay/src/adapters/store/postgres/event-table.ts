import type { PairKey, RelayEvent } from "../../../core/event";
import type { InboxEntry } from "../../../ports/inbox";
import type { WebhookRequest } from "../../../ports/webhook-source";
import type { WaitingEvent } from "../../../ports/work-queue";
import { createHash } from "node:crypto";
import { pairKeyOf } from "../../../core/event";
import { EVENTS_PER_CLAIM } from "../store-limits";
import type { Session } from "./database";
import { plainText } from "./plain-text";

const INSERT_EVENTS = `
  with stored as (
    insert into cosell.inbox (source, dedupe_id, key, event, unverified, received_at)
    select source, dedupe_id, key, event::json, unverified::json, to_timestamp($6::float8 / 1000)
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
      as t (source, dedupe_id, key, event, unverified)
    on conflict (source, dedupe_id) do nothing
    returning key
  )
  select distinct key from stored`;

const READ_WAITING = `
  select e.seq::text as seq, e.key, e.event, e.unverified, extract(epoch from e.received_at)::float8 * 1000 as received_at_ms
  from unnest($1::text[]) as wanted (key)
  cross join lateral (
    select * from cosell.inbox i where i.key = wanted.key and i.done_at is null order by i.seq limit ${EVENTS_PER_CLAIM}
  ) e
  order by e.seq`;

const MARK_DONE = `update cosell.inbox set done_at = to_timestamp($2::float8 / 1000) where seq = any($1::bigint[])`;
const MOVE_EVENTS = `update cosell.inbox set key = $2 where seq = any($1::bigint[])`;
const MOVE_KEY = `update cosell.inbox set key = $2 where key = $1 and done_at is null`;
const COUNT_WAITING = `
  select count(*)::int as events, extract(epoch from min(received_at))::float8 * 1000 as oldest_ms
  from cosell.inbox where done_at is null`;

const LAST_RECEIVED = `select extract(epoch from max(received_at))::float8 * 1000 as at_ms from cosell.inbox where key = $1`;

/** Longer ids than this are kept as a digest: an index entry has a size limit. */
const LONGEST_DEDUPE_ID = 200;

/** Stores events; returns the keys of those that were new. */
export async function insertEvents(
  session: Session,
  entries: readonly InboxEntry[],
  nowMs: number,
): Promise<readonly PairKey[]> {
  const rows = await session.query<{ key: PairKey }>(INSERT_EVENTS, [
    entries.map(({ event }) => event.source),
    entries.map(({ event }) => storableId(event.dedupeId)),
    entries.map(({ event }) => pairKeyOf(event)),
    entries.map(({ event }) => JSON.stringify(event)),
    entries.map(({ unverified }) => (unverified === undefined ? null : requestJson(unverified))),
    nowMs,
  ]);
  return rows.map(({ key }) => key);
}

/** Arrival of the newest event of a key, worked off or not. */
export async function lastReceivedMs(session: Session, key: PairKey): Promise<number | null> {
  const [row] = await session.query<{ at_ms: number | null }>(LAST_RECEIVED, [key]);
  return row?.at_ms ?? null;
}

interface EventRow {
  readonly seq: string;
  readonly key: PairKey;
  readonly event: RelayEvent;
  readonly unverified: StoredRequest | null;
  readonly received_at_ms: number;
}

/** What waits for these keys, in order of arrival. */
export async function readWaiting(
  session: Session,
  keys: readonly PairKey[],
): Promise<ReadonlyMap<PairKey, readonly WaitingEvent[]>> {
  const rows = await session.query<EventRow>(READ_WAITING, [keys]);
  const byKey = new Map<PairKey, WaitingEvent[]>();
  for (const row of rows) {
    const list = byKey.get(row.key) ?? [];
    list.push(waitingEvent(row));
    byKey.set(row.key, list);
  }
  return byKey;
}

export async function markDone(session: Session, events: readonly WaitingEvent[], nowMs: number): Promise<void> {
  if (events.length > 0) await session.query(MARK_DONE, [events.map(({ seq }) => seq), nowMs]);
}

export async function moveEvents(session: Session, events: readonly WaitingEvent[], to: PairKey): Promise<void> {
  if (events.length > 0) await session.query(MOVE_EVENTS, [events.map(({ seq }) => seq), to]);
}

/** Moves all that waits for a key. */
export async function moveKey(session: Session, from: PairKey, to: PairKey): Promise<void> {
  await session.query(MOVE_KEY, [from, to]);
}

export async function countWaiting(session: Session): Promise<{ events: number; oldestMs: number | null }> {
  const [row] = await session.query<{ events: number; oldest_ms: number | null }>(COUNT_WAITING);
  return { events: row?.events ?? 0, oldestMs: row?.oldest_ms ?? null };
}

interface StoredRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function requestJson({ path, headers, rawBody }: WebhookRequest): string {
  const stored: StoredRequest = { path, headers, body: Buffer.from(rawBody).toString("base64") };
  return JSON.stringify(stored);
}

function waitingEvent({ seq, event, unverified, received_at_ms: ms }: EventRow): WaitingEvent {
  const waiting = { seq, event, receivedAtMs: Math.round(ms) };
  if (unverified === null) return waiting;
  const { path, headers, body } = unverified;
  return { ...waiting, unverified: { path, headers, rawBody: new Uint8Array(Buffer.from(body, "base64")) } };
}

function storableId(id: string): string {
  const text = plainText(id);
  return text.length <= LONGEST_DEDUPE_ID ? text : createHash("sha256").update(text).digest("hex");
}
