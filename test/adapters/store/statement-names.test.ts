import { openDatabase, type Database } from "../../../sync-relay/src/adapters/store/postgres/database";
import { createStatementNames } from "../../../sync-relay/src/adapters/store/postgres/statement-names";
import { SERVER_WITHIN_MS, silentLog, startTestServer, type TestServer } from "./postgres-harness";

describe("names", () => {
  test("[ST18] a statement has a name from the second time on, and always the same", () => {
    const nameOf = createStatementNames();
    expect(nameOf("select $1")).toBeUndefined();
    const name = nameOf("select $1");
    expect(name).toMatch(/^\w+$/);
    expect(nameOf("select $1")).toBe(name);
    nameOf("select $2");
    expect(nameOf("select $2")).not.toBe(name);
  });

  test.each(["begin", "commit", "rollback", "begin; set local lock_timeout = 30000"])(
    "[ST18] nothing is prepared for `%s`",
    (statement) => {
      const nameOf = createStatementNames();
      expect([nameOf(statement), nameOf(statement), nameOf(statement)]).toEqual([undefined, undefined, undefined]);
    },
  );

  test("[ST18] statements that never come again take nobody's place, and there is an end of names", () => {
    const nameOf = createStatementNames();
    for (let n = 0; n < 500; n++) nameOf(`select ${n}, 'once'`);
    const named = Array.from({ length: 400 }, (_, n) => [nameOf(`select ${n}`), nameOf(`select ${n}`)][1]);
    expect(new Set(named.filter((name) => name !== undefined)).size).toBe(300);
    expect(named.slice(300).every((name) => name === undefined)).toBe(true);
  });
});

describe("on a server", () => {
  let server: TestServer;
  let database: Database;
  beforeAll(async () => (server = await startTestServer()), SERVER_WITHIN_MS);
  afterAll(() => server.stop(), SERVER_WITHIN_MS);
  beforeEach(() => (database = openDatabase(server.server.connection, "statement names", silentLog)));
  afterEach(() => database.close());

  test("[ST18] a statement that comes again is prepared once", async () => {
    const prepared = await database.withConnection(async (session) => {
      for (let n = 0; n < 3; n++) await session.query("select $1::int + 1 as sum", [n]);
      return await session.query<{ uses: number }>(
        `select (generic_plans + custom_plans)::int as uses from pg_prepared_statements where statement like 'select $1%'`,
      );
    });
    // The first time has no name; the two that follow use the one that was prepared.
    expect(prepared).toEqual([{ uses: 2 }]);
  });

  test("[ST19] each connection is told how to plan by a statement, which a pooler lets through", async () => {
    const settings = ["enable_seqscan", "enable_bitmapscan", "jit"];
    const shown = `select name, setting, source from pg_settings where name = any($1) order by name`;
    const both = await Promise.all([1, 2].map(() => database.transaction((tx) => tx.query(shown, [settings]))));
    const off = ["enable_bitmapscan", "enable_seqscan", "jit"].map((name) => ({
      name,
      setting: "off",
      source: "session",
    }));
    expect(both).toEqual([off, off]);
  });

  test("[ST18] a statement whose table has changed fails once, in a transaction as well", async () => {
    const readAll = "select * from public.outgrown";
    const inTransaction = () => database.transaction((tx) => tx.query(readAll));
    await database.raw("create table public.outgrown (a int)");
    for (let n = 0; n < 3; n++) await inTransaction();
    await database.raw("alter table public.outgrown add column b int");
    await expect(inTransaction()).rejects.toMatchObject({ code: "CS-1301" });
    expect(await inTransaction()).toEqual([]);
    expect(await database.query(readAll)).toEqual([]);
    await database.raw("alter table public.outgrown add column c int");
    await expect(database.query(readAll)).rejects.toMatchObject({ code: "CS-1301" });
    expect(await database.query(readAll)).toEqual([]);
  });
});
