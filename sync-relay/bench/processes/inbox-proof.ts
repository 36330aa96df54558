// What the relay's own tables say about the webhooks that it acknowledged: each is there, each was dealt with, and those
// of one pair in the order in which they came.

import { Client, type PoolConfig } from "pg";
import { waitUntil } from "../wait-until";
import { numberOf } from "./ordered-senders";

export interface InboxProof {
  readonly acknowledged: number;
  /** Operation ids of all that was stored. */
  readonly stored: ReadonlySet<string>;
  /** Operation ids that were acknowledged and are not in the inbox. */
  readonly lost: readonly string[];
  /** Operation ids that are in the inbox and were not dealt with. */
  readonly waiting: readonly string[];
  /** Events that were dealt with before an earlier one of their pair. */
  readonly outOfOrder: readonly string[];
}

interface EventRow {
  readonly key: string;
  readonly operation: string;
  readonly done_ms: number | null;
}

const EVENTS = `
  select i.key, split_part(i.event->>'dedupeId', ':', 2) as operation, extract(epoch from d.at)::float8 * 1000 as done_ms
  from cosell.inbox i left join proof.dealt_with d on d.seq = i.seq
  where i.event->>'source' = 'dataverse' order by i.seq`;
const WAITING = "select count(*)::int as waiting from cosell.waiting";

/**
 * Notes when each event leaves the waiting ones, in the transaction that takes it out. The relay keeps no such time: that
 * an event does not wait any more is all it needs to know.
 */
export const WATCH_THE_WAITING = `
  create schema if not exists proof;
  create table if not exists proof.dealt_with (seq bigint primary key, at timestamptz not null);
  create or replace function proof.note() returns trigger language plpgsql as
    'begin insert into proof.dealt_with values (old.seq, now()) on conflict do nothing; return old; end';
  create or replace trigger note after delete on cosell.waiting for each row execute function proof.note()`;

/** Waits until the relay has dealt with everything, and looks at what it did. */
export async function proveInbox(connection: PoolConfig, acknowledged: readonly string[]): Promise<InboxProof> {
  await waitUntil("all events are dealt with", async () => {
    const [row] = await rowsOf<{ waiting: number }>(connection, WAITING).catch(() => [{ waiting: 1 }]);
    return row?.waiting === 0;
  });
  const rows = await rowsOf<EventRow>(connection, EVENTS);
  const stored = new Set(rows.map(({ operation }) => operation));
  return {
    acknowledged: acknowledged.length,
    stored,
    lost: acknowledged.filter((operation) => !stored.has(operation)),
    waiting: rows.filter(({ done_ms: done }) => done === null).map(({ operation }) => operation),
    outOfOrder: outOfOrder(rows),
  };
}

function outOfOrder(rows: readonly EventRow[]): readonly string[] {
  const last = new Map<string, { readonly number: number; readonly doneMs: number }>();
  return rows.flatMap(({ key, operation, done_ms: doneMs }) => {
    const number = numberOf(operation);
    if (number === null) return [];
    const before = last.get(key);
    const now = { number, doneMs: doneMs ?? 0 };
    last.set(key, now);
    const early = before !== undefined && (now.number < before.number || now.doneMs < before.doneMs);
    return early ? [operation] : [];
  });
}

/** Rows of one statement, on a connection of its own. */
export async function rowsOf<Row>(connection: PoolConfig, statement: string): Promise<readonly Row[]> {
  const client = new Client(connection);
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows as Row[];
  } finally {
    await client.end();
  }
}
