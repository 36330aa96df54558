import type { Clock } from "../../../ports/clock";
import type { Session } from "./database";

// A relay that is alone with its database may take up everything that is begun there, and stop the server in the end.
// One that was started a second time by mistake may do neither.

/** How relays' connections are named in the database's list; what tells one from another follows. */
export const RELAY_CONNECTION = "cosell-relay";

/** Connections of a process that was just killed end as soon as the server reads from them. */
const GONE_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 100;

const RUNNING_RELAYS = `
  select count(distinct application_name)::int as relays from pg_stat_activity
  where datname = current_database() and application_name like $1 || '%'`;

/** How many relays are connected to this database. */
export async function runningRelays(session: Session): Promise<number> {
  const [row] = await session.query<{ relays: number }>(RUNNING_RELAYS, [RELAY_CONNECTION]);
  return row?.relays ?? 0;
}

/** Whether no more than `own` relays are connected, or will be in a moment. */
export async function noOtherRelay(session: Session, own: 0 | 1, clock: Clock): Promise<boolean> {
  for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
    if ((await runningRelays(session)) <= own) return true;
    if (waitedMs >= GONE_WITHIN_MS) return false;
    await clock.sleep(LOOK_EVERY_MS);
  }
}
