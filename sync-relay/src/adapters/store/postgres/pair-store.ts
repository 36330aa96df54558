import { syncStatusNames } from "../../../../../solution/schema/sync-status";
import type { Direction } from "../../../core/audit-entry";
import type { PairStore } from "../../../ports/pair-store";
import type { Session } from "./database";
import { readByEngagement, readByReferral, readPairs } from "./pair-table";

const SEEN_VERSIONS = `
  select opportunity_id as id, crm_version as seen from cosell.pair where opportunity_id = any($1::text[])`;
const SEEN_OPPORTUNITIES = `select opportunity_id as id from cosell.pair where crm_version is not null`;
const SEEN_REFERRALS = `
  select referral_id as id, seen_updated_at as seen from cosell.pair_alias where referral_id = any($1::text[])`;
// Ids are told apart by their letters alone and times compared as the texts they are, whatever the database's collation.
const NOTE_NAMES = `
  insert into cosell.referral_name (referral_id, opportunity_id, updated_at)
  select * from unnest($1::text[], $2::text[], $3::text[])
  on conflict (referral_id)
    do update set opportunity_id = excluded.opportunity_id, updated_at = excluded.updated_at`;
const REFERRALS_NAMING = `
  select referral_id as id from cosell.referral_name where opportunity_id = $1 order by updated_at collate "C" desc`;
const COUNT_BY_STATUS = `select status, count(*)::int as pairs from cosell.pair group by status`;
const COUNT_IN_DOUBT = `select count(*)::int as pairs from cosell.pair where in_doubt`;
// Asked for while a pause ends, and then only. Taken from the text: JSON operators refuse states that hold a zero
// character anywhere. Texts inside the state have their quotes escaped, so they cannot look like this.
const PAUSED_PAIRS = `
  select id, revision, directions from (
    select opportunity_id as id, revision::float8 as revision, place,
      substring(state::text from '"paused":([[](?:"(?:crm-to-partner-center|partner-center-to-crm)",?)+])') as directions
    from cosell.pair) as held
  where directions is not null order by place`;
const READ_FACT = `select value from cosell.fact where name = $1`;
const WRITE_FACT = `
  insert into cosell.fact (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value`;

export function createPairStore(session: Session): PairStore {
  async function seen(statement: string, ids: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    if (ids.length === 0) return new Map();
    const wanted = ids.map((id) => id.toLowerCase());
    const rows = await session.query<{ id: string; seen: string | null }>(statement, [wanted]);
    return new Map(rows.map((row) => [row.id, row.seen]));
  }
  return {
    byOpportunity: async (id) => (await readPairs(session, [id]))[0] ?? null,
    byReferral: (id) => readByReferral(session, id),
    byEngagement: (id) => readByEngagement(session, id),
    seenVersions: (ids) => seen(SEEN_VERSIONS, ids),
    seenOpportunities: async () => (await session.query<{ id: string }>(SEEN_OPPORTUNITIES)).map(({ id }) => id),
    seenReferrals: (ids) => seen(SEEN_REFERRALS, ids),
    async noteNames(names) {
      if (names.length === 0) return;
      const columns = (["referralId", "opportunityId", "updatedAt"] as const).map((key) =>
        names.map((name) => name[key]),
      );
      await session.query(NOTE_NAMES, columns);
    },
    async referralsNaming(opportunityId) {
      const rows = await session.query<{ id: string }>(REFERRALS_NAMING, [opportunityId.toLowerCase()]);
      return rows.map(({ id }) => id);
    },
    async counts() {
      const rows = await session.query<{ status: string; pairs: number }>(COUNT_BY_STATUS);
      const none = Object.fromEntries(syncStatusNames.map((name) => [name, 0]));
      return { ...none, ...Object.fromEntries(rows.map(({ status, pairs }) => [status, pairs])) };
    },
    async pausedPairs() {
      const rows = await session.query<{ id: string; revision: number; directions: string }>(PAUSED_PAIRS);
      return rows.map(({ id, revision, directions }) => {
        return { opportunityId: id, revision, directions: JSON.parse(directions) as Direction[] };
      });
    },
    async inDoubt() {
      const [row] = await session.query<{ pairs: number }>(COUNT_IN_DOUBT);
      return row?.pairs ?? 0;
    },
    async fact(name) {
      const [row] = await session.query<{ value: string }>(READ_FACT, [name]);
      return row?.value ?? null;
    },
    async setFact(name, value) {
      await session.query(WRITE_FACT, [name, value]);
    },
  };
}
