// Starts a server on the folder of the first argument, says so, and stays. With `stop` it stops the server and ends.
import { startEmbeddedPostgres } from "../../../sync-relay/src/adapters/embedded-postgres/embedded-postgres";

const [dataDir = "", stop] = process.argv.slice(2);
const none = (): void => undefined;
const log = { debug: none, info: none, warn: none, error: none };

void startEmbeddedPostgres({ dataDir, log }).then(
  async (server) => {
    process.stdout.write(`${JSON.stringify({ adopted: server.adopted, host: server.connection.host })}\n`);
    if (stop === "stop") await server.stop();
    else setInterval(none, 60_000);
  },
  (failure: unknown) => process.stdout.write(`${JSON.stringify({ failure: String(failure) })}\n`),
);
