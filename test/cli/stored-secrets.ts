// A look into the database of a stand while it is served, and a hand on one stored secret or fact: as long as it is held,
// a command that wants to write it waits.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { DATABASE_USER } from "../../sync-relay/src/adapters/embedded-postgres/cluster";
import { parsePostmasterFile } from "../../sync-relay/src/adapters/embedded-postgres/postmaster-file";
import { must } from "../../sync-relay/src/core/must";
import { untilHolds } from "../end-to-end/until-holds";
import { dataDir, type Stand } from "./stand";

export interface StoredSecrets {
  /** Every stored secret as it is, sealed. */
  all(): Promise<ReadonlyMap<string, string>>;
  save(name: string, sealed: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Holds a secret until it is let go; then it has the value that is given, or is forgotten with null. */
  hold(name: string, sealed: string | null): Promise<Held>;
  /** Holds a stored fact as it is, until it is let go. */
  holdFact(name: string): Promise<Held>;
  /** A stored fact; null when there is none. */
  fact(name: string): Promise<string | null>;
  close(): Promise<void>;
}

export interface Held {
  /** Resolves once somebody waits to write it. */
  awaited(): Promise<void>;
  letGo(): Promise<void>;
}

const SAVE =
  "insert into cosell.secret (name, sealed) values ($1, $2) on conflict (name) do update set sealed = excluded.sealed";
const WAITING =
  "select 1 from pg_stat_activity where wait_event_type = 'Lock' and application_name like 'cosell-command%'";

export async function storedSecrets(stand: Stand): Promise<StoredSecrets> {
  const client = await connected(stand);
  return {
    async all() {
      const { rows } = await client.query<{ name: string; sealed: string }>(
        "select name, sealed from cosell.secret order by name",
      );
      return new Map(rows.map(({ name, sealed }) => [name, sealed]));
    },
    async save(name, sealed) {
      await client.query(SAVE, [name, sealed]);
    },
    async remove(name) {
      await client.query("delete from cosell.secret where name = $1", [name]);
    },
    async hold(name, sealed) {
      if (sealed === null) return await heldBy("delete from cosell.secret where name = $1", [name]);
      return await heldBy("update cosell.secret set sealed = $2 where name = $1", [name, sealed]);
    },
    holdFact: (name) => heldBy("update cosell.fact set value = value where name = $1", [name]),
    async fact(name) {
      const { rows } = await client.query<{ value: string }>("select value from cosell.fact where name = $1", [name]);
      return rows[0]?.value ?? null;
    },
    close: () => client.end(),
  };

  /** Runs a statement in a transaction that stays open. */
  async function heldBy(statement: string, values: readonly string[]): Promise<Held> {
    const holder = await connected(stand);
    await holder.query("begin");
    await holder.query(statement, [...values]);
    return {
      awaited: () => untilHolds(async () => expect((await client.query(WAITING)).rowCount).toBeGreaterThan(0)),
      async letGo() {
        await holder.query("commit");
        await holder.end();
      },
    };
  }
}

async function connected(stand: Stand): Promise<Client> {
  const file = parsePostmasterFile(await readFile(join(dataDir(stand.folder), "postgres", "postmaster.pid"), "utf8"));
  const { socketDir, port } = must(file, "a database serves the stand");
  const host = must(socketDir, "it listens on a socket");
  const client = new Client({ host, port, user: DATABASE_USER, database: "postgres" });
  await client.connect();
  return client;
}
