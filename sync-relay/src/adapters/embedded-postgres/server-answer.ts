import { Client, type PoolConfig } from "pg";

/** A server on the same machine answers at once or not at all. */
const ANSWER_WITHIN_MS = 2_000;

/** Null when the server answers a query; its words when it does not. */
export async function answers(connection: PoolConfig): Promise<string | null> {
  const client = new Client({ ...connection, connectionTimeoutMillis: ANSWER_WITHIN_MS });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return null;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  } finally {
    await client.end().catch(() => undefined);
  }
}
