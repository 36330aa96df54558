import { Client } from "pg";
import { createPostgresStore } from "../../../sync-relay/src/adapters/store/postgres-store";
import { generousLimits } from "../../../sync-relay/src/adapters/store/budget/upstream-limits";
import { migrations } from "../../../sync-relay/src/adapters/store/postgres/migrations";
import {
  anAuditEntry,
  anEvent,
  aPair,
  claimOne,
  claimSoon,
  deliveries,
  nothingMore,
} from "../../contract/store-harness";
import {
  openStore,
  SERVER_WITHIN_MS,
  silentLog,
  startTestServer,
  testRandom,
  type PostgresHarness,
  type TestServer,
} from "./postgres-harness";

const DAY_MS = 24 * 3_600_000;

let server: TestServer;
let harness: PostgresHarness;
beforeAll(async () => (server = await startTestServer()), SERVER_WITHIN_MS);
afterAll(() => server.stop(), SERVER_WITHIN_MS);
beforeEach(async () => (harness = await server.harness()));
afterEach(() => harness.dispose());

test("[IN5] [ST10] while the server is away events are refused with CS-1301, then work goes on without a restart", async () => {
  const store = await harness.open();
  await store.inbox.put([{ event: anEvent({ recordId: "01", dedupeId: "before" }) }]);
  const claim = await claimOne(harness, store.queue);
  const refuseConnections = `alter database ${String(harness.connection.database)} allow_connections false`;
  await asAdmin(refuseConnections);
  await asAdmin(endConnections(harness));
  await expect(store.inbox.put([{ event: anEvent() }])).rejects.toMatchObject({ code: "CS-1301" });
  await expect(store.queue.claim(1)).rejects.toMatchObject({ code: "CS-1301" });
  await expect(store.queue.finish(claim, nothingMore)).rejects.toMatchObject({ code: "CS-1301" });
  await expect(store.budget.enter("dataverse")).rejects.toMatchObject({ code: "CS-1301" });
  expect(await store.storing()).toBe("impossible");
  await asAdmin(refuseConnections.replace("false", "true"));
  expect(await store.storing()).toBe("possible");
  await store.queue.finish(claim, nothingMore);
  await store.inbox.put([{ event: anEvent({ recordId: "01", dedupeId: "after" }) }]);
  expect(deliveries((await claimSoon(harness, store.queue))[0] ?? claim)).toEqual(["after"]);
});

test("[ST10] after events could not be stored it is tried, and nothing of the trial stays", async () => {
  const store = await harness.open();
  await harness.sql(`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$`);
  await harness.sql("create trigger refuse before insert on cosell.inbox for each row execute function refuse()");
  expect(await store.storing()).toBe("possible");
  await expect(store.inbox.put([{ event: anEvent() }])).rejects.toMatchObject({ code: "CS-1301" });
  expect(await Promise.all([store.storing(), store.storing()])).toEqual(["no-room", "no-room"]);
  await harness.sql("drop trigger refuse on cosell.inbox");
  expect(await store.storing()).toBe("possible");
  expect(await harness.sql("select 1 from cosell.inbox")).toEqual([]);
  expect(await store.queue.claim(1)).toEqual([]);
});

test("[ST10] an event that alone is refused does not make a store unready", async () => {
  const store = await harness.open();
  await harness.sql("alter table cosell.inbox add check (key <> 'opp:01')");
  await expect(store.inbox.put([{ event: anEvent({ recordId: "01" }) }])).rejects.toMatchObject({ code: "CS-1301" });
  expect(await store.storing()).toBe("possible");
});

test("[IN9] an event whose wake-up got lost is found", async () => {
  const store = await harness.open({ coalesceMs: 3_600_000 });
  await store.inbox.put([{ event: anEvent({ dedupeId: "forgotten" }) }]);
  await harness.settle();
  await harness.sql("delete from cosell_queue.job");
  await harness.pass(5_000);
  expect(deliveries(await claimOne(harness, store.queue))).toEqual(["forgotten"]);
});

test("[QU12] [IN9] a relay that is alone takes up at once what was stored and not woken", async () => {
  const before = await harness.open({ coalesceMs: 3_600_000 });
  await before.inbox.put([{ event: anEvent({ dedupeId: "not woken" }) }]);
  await harness.settle();
  await before.close();
  await harness.sql("delete from cosell_queue.job");
  const after = await harness.open({ soleReplica: true });
  expect((await after.queue.claim(10)).map(deliveries)).toEqual([["not woken"]]);
});

test("[QU20] a relay that is started beside another one leaves the other's work with it", async () => {
  const first = await harness.open();
  await first.inbox.put([{ event: anEvent({ dedupeId: "begun" }) }]);
  const claim = await claimOne(harness, first.queue);
  const second = await harness.open({ soleReplica: true });
  expect(await second.queue.claim(10)).toEqual([]);
  await first.queue.finish(claim, nothingMore);
  expect((await first.queue.depth()).events).toBe(0);
});

test("[QU21] keys whose events or pairs could not be read are no deaths of a worker", async () => {
  const store = await harness.open();
  await store.inbox.put([{ event: anEvent({ recordId: "01", dedupeId: "waits" }) }]);
  await harness.settle();
  await harness.sql("alter table cosell.pair rename to away");
  for (let failed = 0; failed < 15;) {
    failed += await store.queue.claim(1).then(
      () => 0,
      () => 1,
    );
  }
  await harness.sql("alter table cosell.away rename to pair");
  expect(deliveries(await claimOne(harness, store.queue))).toEqual(["waits"]);
});

test("[QU21] the end of a run that the database would never take is told apart from a database that is away", async () => {
  const store = await harness.open();
  await harness.sql("alter table cosell.audit add check (opportunity_id <> '0f')");
  for (const next of [nothingMore.next, { kind: "later", atMs: harness.now(), keepEvents: true } as const]) {
    await store.queue.wake(["opp:0f"], 0);
    const claim = await claimOne(harness, store.queue);
    const end = { ...nothingMore, audit: [anAuditEntry({ opportunityId: "0f" })], next };
    await expect(store.queue.finish(claim, end)).rejects.toMatchObject({ code: "CS-1901" });
    await store.queue.finish(claim, nothingMore);
  }
});

test("[IN4] a store that is closed wakes first what it has stored", async () => {
  const before = await harness.open({ coalesceMs: 3_600_000 });
  await before.inbox.put([{ event: anEvent({ recordId: "01" }) }]);
  await before.close();
  expect(await harness.sql("select singleton_key from cosell_queue.job")).toEqual([{ singleton_key: "opp:01" }]);
});

test("[QU6] upkeep does not wake a key that waits for a later run", async () => {
  const store = await harness.open();
  await store.inbox.put([{ event: anEvent({ recordId: "01" }) }]);
  const claim = await claimOne(harness, store.queue);
  const next = { kind: "later", atMs: harness.now() + 3_600_000, keepEvents: true } as const;
  await store.queue.finish(claim, { pair: null, audit: [], next });
  await harness.pass(60_000);
  await store.inbox.put([{ event: anEvent({ recordId: "02" }) }]);
  await harness.sql("delete from cosell_queue.job where singleton_key = 'opp:02'");
  await harness.pass(60_000);
  // The key whose wake-up is lost comes back, so upkeep has looked at both.
  expect((await claimOne(harness, store.queue)).key).toBe("opp:02");
});

test("[IN7] what was dealt with is removed after its time, what waits is not", async () => {
  const store = await harness.open();
  const [old, waiting] = [anEvent({ recordId: "01" }), anEvent({ recordId: "02" })];
  await store.inbox.put([{ event: old }]);
  const entry = anAuditEntry({ atMs: harness.now() });
  await store.queue.finish(await claimOne(harness, store.queue), { ...nothingMore, audit: [entry] });
  await store.inbox.put([{ event: waiting }]);
  await claimOne(harness, store.queue);
  await harness.pass(7 * DAY_MS + 3_600_000);
  await until(async () => (await harness.sql("select 1 from cosell.inbox")).length === 1);
  expect(await store.audit.newestFirst("01", 10)).toHaveLength(1);
  await harness.pass(83 * DAY_MS);
  await until(async () => (await store.audit.newestFirst("01", 10)).length === 0);
  expect((await store.queue.depth()).events).toBe(1);
});

test("[IN7] what a clock far ahead has dated keeps nothing from being removed", async () => {
  const store = await harness.open();
  await harness.sql(
    `insert into cosell.inbox (delivery, key, event, received_at)
     select gen_random_uuid(), 'opp:0f', '{}', now() + interval '1 year' from generate_series(1, 5000)`,
  );
  await store.inbox.put([{ event: anEvent({ recordId: "01" }) }]);
  await store.queue.finish(await claimOne(harness, store.queue), nothingMore);
  await harness.pass(7 * DAY_MS + 3_600_000);
  await until(async () => (await harness.sql("select 1 from cosell.inbox")).length === 0);
  expect(await harness.sql("select 1 from cosell.inbox")).toEqual([]);
});

test("[ST13] replicas that start together on an empty database agree on its tables", async () => {
  await asAdmin("create database cosell_fresh");
  const connection = { ...harness.connection, database: "cosell_fresh" };
  const opening = [1, 2, 3].map(() => openStore(connection, harness.clock, { soleReplica: false }));
  await Promise.allSettled(opening);
  const stores = await Promise.all(opening);
  await stores[0]?.pairs.setFact("a", "b");
  expect(await stores[2]?.pairs.fact("a")).toBe("b");
  await Promise.all(stores.map((store) => store.close()));
});

test("[ST13] tables of the first version are brought up to date with what is in them", async () => {
  await asAdmin("create database cosell_first");
  const first = { ...harness.connection, database: "cosell_first" };
  const state = JSON.stringify(aPair({ opportunityId: "01", referralId: "0a" }));
  const events = ["done", "waiting"].map((dedupeId) => anEvent({ recordId: "01", dedupeId }));
  const [done, waiting] = events.map((event) => JSON.stringify(event));
  await asAdmin(
    `create schema cosell; ${migrations[0]?.sql ?? ""}
    create table cosell.migration (number integer primary key, applied_at timestamptz not null default now());
    insert into cosell.migration (number) values (1);
    insert into cosell.pair (opportunity_id, revision, state, status, failures) values ('01', 4, '${state}', 'synced', 0);
    insert into cosell.pair_alias (referral_id, opportunity_id) values ('0a', '01');
    insert into cosell.inbox (source, dedupe_id, key, event, received_at, done_at) values
      ('dataverse', 'done', 'opp:01', '${done}', now(), now()), ('dataverse', 'waiting', 'opp:01', '${waiting}', now(), null)`,
    first,
  );
  const store = await openStore(first, harness.clock);
  expect(await store.pairs.byReferral("0a")).toMatchObject({ opportunityId: "01", revision: 4 });
  expect(await store.pairs.seenReferrals(["0a"])).toEqual(new Map([["0a", null]]));
  expect((await store.operator.eventsOf(["opp:01"], 5)).map(({ waits }) => waits)).toEqual([true, false]);
  await store.inbox.put([...events, anEvent({ recordId: "01", dedupeId: "new" })].map((event) => ({ event })));
  expect(deliveries(await claimOne(harness, store.queue))).toEqual(["waiting", "new"]);
  await store.close();
});

test("[ST13] tables of a newer relay are refused", async () => {
  await harness.sql("insert into cosell.migration (number) values (1000)");
  await expect(harness.open()).rejects.toThrow(/newer relay/);
});

test("[ST10] a database that cannot be reached is CS-1301 at the start", async () => {
  const opening = createPostgresStore({
    connection: { host: "/nowhere" },
    clock: harness.clock,
    random: testRandom,
    log: silentLog,
    coalesceMs: 0,
    budgets: generousLimits(),
    soleReplica: true,
  });
  await expect(opening).rejects.toMatchObject({ code: "CS-1301" });
});

function endConnections({ connection }: PostgresHarness): string {
  return `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = '${String(connection.database)}' and application_name like 'cosell%'`;
}

async function asAdmin(statement: string, connection = server.server.connection): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await harness.settle();
}
