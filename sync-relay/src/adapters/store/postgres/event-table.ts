import type { PairKey, RelayEvent } from "../../../core/event";
import type { InboxEntry } from "../../../ports/inbox";
import type { WebhookRequest } from "../../../ports/webhook-source";
import type { WaitingEvent } from "../../../ports/work-queue";
import { hash } from "node:crypto";
import { pairKeyOf } from "../../../core/event";
import { EVENTS_PER_CLAIM } from "../store-limits";
import type { Session } from "./database";

// `inbox` holds every event of the last week, `waiting` the place of those that are still to be dealt with.

const INSERT_EVENTS = `
  with stored as (
    insert into cosell.inbox (delivery, key, event, unverified, received_at)
    select delivery, key, event::json, unverified::json, to_timestamp($5::float8 / 1000)
    from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as t (delivery, key, event, unverified)
    on conflict (delivery) do nothing
    returning key, seq, received_at
  ), queued as (
    insert into cosell.waiting (key, seq, received_at) select key, seq, received_at from stored
  )
  select distinct key from stored`;

const READ_WAITING = `
  select w.seq::text as seq, w.key, i.event, i.unverified, extract(epoch from w.received_at)::float8 * 1000 as received_at_ms
  from unnest($1::text[]) as wanted (key)
  cross join lateral (
    select * from cosell.waiting of_key where of_key.key = wanted.key order by of_key.seq limit ${EVENTS_PER_CLAIM}
  ) w
  join cosell.inbox i on i.seq = w.seq
  order by w.seq`;

const TAKE_OUT = `
  delete from cosell.waiting w using unnest($1::text[], $2::bigint[]) as t (key, seq)
  where w.key = t.key and w.seq = t.seq`;
const MOVE_EVENTS = `
  with moved as (
    update cosell.waiting w set key = $3 from unnest($1::text[], $2::bigint[]) as t (key, seq)
    where w.key = t.key and w.seq = t.seq returning w.seq
  )
  update cosell.inbox i set key = $3 from moved where i.seq = moved.seq`;
const MOVE_KEY = `
  with moved as (update cosell.waiting set key = $2 where key = $1 returning seq)
  update cosell.inbox i set key = $2 from moved where i.seq = moved.seq`;
const COUNT_WAITING = `
  select count(*)::int as events, extract(epoch from min(received_at))::float8 * 1000 as oldest_ms from cosell.waiting`;

const LAST_RECEIVED = `select extract(epoch from max(received_at))::float8 * 1000 as at_ms from cosell.inbox where key = $1`;

/** Digits of a UUID. */
const DELIVERY_DIGITS = 32;

/** Stores events; returns the keys of those that were new. */
export async function insertEvents(
  session: Session,
  entries: readonly InboxEntry[],
  nowMs: number,
): Promise<readonly PairKey[]> {
  const rows = await session.query<{ key: PairKey }>(INSERT_EVENTS, [
    entries.map(({ event }) => deliveryOf(event)),
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

/** Events that wait for a key. */
export interface EventsOfKey {
  readonly key: PairKey;
  readonly events: readonly WaitingEvent[];
}

/** Takes out what was dealt with. */
export async function takeOut(session: Session, groups: readonly EventsOfKey[]): Promise<void> {
  const [keys, places] = placesOf(groups);
  if (places.length > 0) await session.query(TAKE_OUT, [keys, places]);
}

export async function moveEvents(session: Session, group: EventsOfKey, to: PairKey): Promise<void> {
  const [keys, places] = placesOf([group]);
  if (places.length > 0) await session.query(MOVE_EVENTS, [keys, places, to]);
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

/** What a delivery is recognised by, as a UUID: 128 bits of a digest of its source and id. */
export function deliveryOf({ source, dedupeId }: Pick<RelayEvent, "source" | "dedupeId">): string {
  return hash("sha256", `${source} ${dedupeId}`, "hex").slice(0, DELIVERY_DIGITS);
}

function placesOf(groups: readonly EventsOfKey[]): readonly [readonly PairKey[], readonly string[]] {
  return [
    groups.flatMap(({ key, events }) => events.map(() => key)),
    groups.flatMap(({ events }) => events.map(({ seq }) => seq)),
  ];
}
