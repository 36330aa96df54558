import type { AuditEntry } from "../../../core/audit-entry";
import type { PairKey, RelayEvent } from "../../../core/event";
import type { AuditCount, DeadLetter, OperatorStore, PastEvent } from "../../../ports/operator-store";
import type { Session } from "./database";
import { deliveryOf } from "./event-table";
import { nextRunOf } from "./job-queue";
import { RELAY_CONNECTION, runningRelays } from "./other-relays";
import { readPairs, readPairsAfter } from "./pair-table";

/** How a command's connections are named in the database's list; the key that it seals with comes last, as with a relay's. */
export const COMMAND_CONNECTION = "cosell-command";

const SEALING_OTHERWISE = `
  select count(distinct application_name)::int as programs from pg_stat_activity
  where (application_name like $1 || '%' or application_name like $2 || '%') and application_name not like '% ' || $3`;
// JSON operators refuse an entry that holds a zero character anywhere, so its text is looked at.
const DEAD_LETTERS = `
  select p.opportunity_id as id, p.dead_because as because,
    (select extract(epoch from max(a.at))::float8 * 1000 from cosell.audit a
      where a.opportunity_id = p.opportunity_id and a.entry::text like '%"result":"failed"%') as since_ms
  from cosell.pair p where p.dead_because is not null order by since_ms desc nulls last`;
const EVENTS_OF = `
  select i.event, extract(epoch from i.received_at)::float8 * 1000 as received_at_ms,
    exists (select from cosell.waiting w where w.key = i.key and w.seq = i.seq) as waits
  from cosell.inbox i where i.key = any($1::text[]) order by i.seq desc limit $2`;
const KEYS_SINCE = `select distinct key from cosell.inbox where received_at >= to_timestamp($1::float8 / 1000)`;
const WAITING_OF = `
  select count(*)::int as waiting from cosell.inbox i join cosell.waiting w on w.key = i.key and w.seq = i.seq
  where i.delivery = any($1::uuid[])`;
const AUDIT_SINCE = `select entry from cosell.audit where at >= to_timestamp($1::float8 / 1000)`;

export function createOperatorStore(session: Session): OperatorStore {
  return {
    runningRelays: () => runningRelays(session),
    async sealingOtherwise(keyId) {
      const values = [RELAY_CONNECTION, COMMAND_CONNECTION, keyId];
      const [row] = await session.query<{ programs: number }>(SEALING_OTHERWISE, values);
      return row?.programs ?? 0;
    },
    deadLetters: () => deadLetters(session),
    pairsAfter: (opportunityId, atMost) => readPairsAfter(session, opportunityId ?? "", atMost),
    eventsOf: (keys, atMost) => eventsOf(session, keys, atMost),
    async keysSince(sinceMs) {
      return (await session.query<{ key: PairKey }>(KEYS_SINCE, [sinceMs])).map(({ key }) => key);
    },
    dueAt: (key) => nextRunOf(session, key),
    async waitingOf(source, dedupeIds) {
      const [row] = await session.query<{ waiting: number }>(WAITING_OF, [
        dedupeIds.map((dedupeId) => deliveryOf({ source, dedupeId })),
      ]);
      return row?.waiting ?? 0;
    },
    auditCounts: (sinceMs) => auditCounts(session, sinceMs),
  };
}

async function deadLetters(session: Session): Promise<readonly DeadLetter[]> {
  const rows = await session.query<{ id: string; because: string; since_ms: number | null }>(DEAD_LETTERS);
  const pairs = new Map(
    (
      await readPairs(
        session,
        rows.map(({ id }) => id),
      )
    ).map((pair) => [pair.opportunityId, pair]),
  );
  return rows.map(({ id, because, since_ms: sinceMs }) => {
    return { opportunityId: id, referralId: pairs.get(id)?.referralId ?? null, because, sinceMs };
  });
}

interface PastEventRow {
  readonly event: RelayEvent;
  readonly received_at_ms: number;
  readonly waits: boolean;
}

async function eventsOf(session: Session, keys: readonly PairKey[], atMost: number): Promise<readonly PastEvent[]> {
  const rows = await session.query<PastEventRow>(EVENTS_OF, [keys, atMost]);
  return rows.map(({ event, received_at_ms: receivedAtMs, waits }) => ({ event, receivedAtMs, waits }));
}

async function auditCounts(session: Session, sinceMs: number): Promise<readonly AuditCount[]> {
  const rows = await session.query<{ entry: AuditEntry }>(AUDIT_SINCE, [sinceMs]);
  const counts = new Map<string, AuditCount>();
  for (const { action, result, reason } of rows.map(({ entry }) => entry)) {
    const name = JSON.stringify([action, result, reason]);
    counts.set(name, { action, result, reason, count: (counts.get(name)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
