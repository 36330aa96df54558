import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBinaries } from "../../../sync-relay/src/adapters/embedded-postgres/binaries";
import { DATABASE_USER, makeCluster } from "../../../sync-relay/src/adapters/embedded-postgres/cluster";
import { bringUp, stopServer } from "../../../sync-relay/src/adapters/embedded-postgres/server";
import type { ServerContext } from "../../../sync-relay/src/adapters/embedded-postgres/server-context";
import { serverOwner } from "../../../sync-relay/src/adapters/embedded-postgres/server-owner";
import { openDatabase } from "../../../sync-relay/src/adapters/store/postgres/database";
import { freePort } from "../../../sync-relay/simulator/demo/relay-process";
import { SERVER_WITHIN_MS, silentLog } from "./postgres-harness";

test(
  "[ST20] the server is told to notice within a minute or so that the host of a connection is gone",
  async () => {
    const base = await mkdtemp(join(tmpdir(), "cosell-tcp-"));
    await chmod(base, 0o755);
    const context = await contextOf(join(base, "data"));
    await makeCluster(context);
    const place = { host: "127.0.0.1", port: await freePort(0), user: DATABASE_USER, database: "postgres" };
    // By a socket of this machine there is nothing to notice: only a connection over the network shows it.
    await bringUp(context, { socketDir: null, port: place.port, connection: place });
    const database = openDatabase(place, "vanished host", silentLog);
    const kept = await database.query<{ name: string; setting: string }>(
      "select name, setting from pg_settings where name like 'tcp_keepalives%' order by name",
    );
    expect(kept.map(({ name, setting }) => [name, setting])).toEqual([
      ["tcp_keepalives_count", "3"],
      ["tcp_keepalives_idle", "30"],
      ["tcp_keepalives_interval", "10"],
    ]);
    await database.close();
    await stopServer(context);
    await rm(base, { recursive: true, force: true });
  },
  SERVER_WITHIN_MS,
);

async function contextOf(dataDir: string): Promise<ServerContext> {
  const owner = serverOwner();
  const binaries = await findBinaries({ binDir: undefined, dataDir, owner, log: silentLog });
  return { dataDir, binaries, owner, log: silentLog };
}
