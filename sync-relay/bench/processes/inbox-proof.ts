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
  select key, split_part(dedupe_id, ':', 2) as operation, extract(epoch from done_at)::float8 * 1000 as done_ms
  from cosell.inbox where source = 'dataverse' order by seq`;
const WAITING = "select count(*)::int as waiting from cosell.inbox where done_at is null";

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
