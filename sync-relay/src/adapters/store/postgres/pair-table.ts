import { RelayError } from "../../../core/errors";
import type { Pair } from "../../../core/pair";
import { isInDoubt } from "../in-doubt";
import { seenReferralsOf } from "../seen-referrals";
import type { Session } from "./database";
import { plainText, plainTextOrNull } from "./plain-text";

// The state of a pair is one JSON text; what is looked up, counted or changed by statements has a column of its own, and
// the columns `revision`, `failures` and `dead_because` win over the text.

const ROWS = `unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[], $9::bool[])
    as t (opportunity_id, revision, state, status, failures, dead_because, engagement_id, crm_version, in_doubt)`;

const INSERT_PAIRS = `
  insert into cosell.pair
    (opportunity_id, revision, state, status, failures, dead_because, engagement_id, crm_version, in_doubt)
  select opportunity_id, revision + 1, state::json, status, failures, dead_because, engagement_id, crm_version, in_doubt
  from ${ROWS}
  on conflict (opportunity_id) do nothing
  returning 1`;

const UPDATE_PAIRS = `
  update cosell.pair p set revision = p.revision + 1, state = t.state::json, status = t.status, failures = t.failures,
    dead_because = t.dead_because, engagement_id = t.engagement_id, crm_version = t.crm_version, in_doubt = t.in_doubt
  from ${ROWS}
  where p.opportunity_id = t.opportunity_id and p.revision = t.revision
  returning 1`;

// The first pair that names a referral keeps it until it lets it go.
const DROP_ALIASES = `
  delete from cosell.pair_alias a where a.opportunity_id = any($1::text[]) and not exists (
    select from unnest($2::text[], $3::text[]) as t (referral_id, opportunity_id)
    where t.referral_id = a.referral_id and t.opportunity_id = a.opportunity_id)`;
const ADD_ALIASES = `
  insert into cosell.pair_alias as a (referral_id, opportunity_id, seen_updated_at)
  select distinct on (referral_id) referral_id, opportunity_id, seen_updated_at
  from unnest($1::text[], $2::text[], $3::text[]) with ordinality as t (referral_id, opportunity_id, seen_updated_at, place)
  order by referral_id, place
  on conflict (referral_id) do update set seen_updated_at = excluded.seen_updated_at
  where a.opportunity_id = excluded.opportunity_id and a.seen_updated_at is distinct from excluded.seen_updated_at`;

const COLUMNS = "p.revision::float8 as revision, p.failures, p.dead_because, p.state";
const READ_PAIRS = `select ${COLUMNS} from cosell.pair p where p.opportunity_id = any($1::text[])`;
const READ_PAIRS_AFTER = `
  select ${COLUMNS} from cosell.pair p where p.opportunity_id > $1 order by p.opportunity_id limit $2`;
const READ_BY_REFERRAL = `
  select ${COLUMNS} from cosell.pair p join cosell.pair_alias a using (opportunity_id) where a.referral_id = $1`;
const READ_BY_ENGAGEMENT = `
  select ${COLUMNS} from cosell.pair p where p.engagement_id = $1 order by p.place limit 1`;
const READ_ALIASES = `select referral_id, opportunity_id from cosell.pair_alias where referral_id = any($1::text[])`;

interface PairRow {
  readonly revision: number;
  readonly failures: number;
  readonly dead_because: string | null;
  readonly state: Omit<Pair, "paused"> & Partial<Pick<Pair, "paused">>;
}

/** Saves each pair if nobody else did since its revision. Throws CS-1302 when one of them cannot be saved. */
export async function savePairs(tx: Session, pairs: readonly Pair[]): Promise<void> {
  const [first, others] = [pairs.filter(isNew), pairs.filter((pair) => !isNew(pair))];
  // Sent together, run in this order.
  await Promise.all([saveAll(tx, INSERT_PAIRS, first), saveAll(tx, UPDATE_PAIRS, others), saveAliases(tx, pairs)]);
}

async function saveAll(tx: Session, statement: string, pairs: readonly Pair[]): Promise<void> {
  if (pairs.length === 0) return;
  const saved = await tx.query(statement, [
    pairs.map(({ opportunityId }) => opportunityId),
    pairs.map(({ revision }) => revision),
    pairs.map((pair) => JSON.stringify(pair)),
    pairs.map(({ status }) => status),
    pairs.map(({ failures }) => failures),
    pairs.map(({ deadBecause }) => plainTextOrNull(deadBecause)),
    pairs.map(({ engagementId }) => plainTextOrNull(engagementId)),
    pairs.map(({ crm }) => plainTextOrNull(crm?.version ?? null)),
    pairs.map(isInDoubt),
  ]);
  if (saved.length !== pairs.length) throw new RelayError("CS-1302");
}

async function saveAliases(tx: Session, pairs: readonly Pair[]): Promise<void> {
  if (pairs.length === 0) return;
  const named = pairs.flatMap((pair) =>
    [...seenReferralsOf(pair)].map(([id, updatedAt]) => ({ id, updatedAt, opportunityId: pair.opportunityId })),
  );
  const ids = named.map(({ id }) => plainText(id));
  const opportunityIds = named.map(({ opportunityId }) => opportunityId);
  await Promise.all([
    tx.query(DROP_ALIASES, [pairs.map(({ opportunityId }) => opportunityId), ids, opportunityIds]),
    named.length === 0
      ? null
      : tx.query(ADD_ALIASES, [ids, opportunityIds, named.map(({ updatedAt }) => plainTextOrNull(updatedAt))]),
  ]);
}

export async function readPairs(session: Session, opportunityIds: readonly string[]): Promise<readonly Pair[]> {
  if (opportunityIds.length === 0) return [];
  return (await session.query<PairRow>(READ_PAIRS, [opportunityIds.map(lower)])).map(pairOf);
}

export async function readPairsAfter(session: Session, after: string, atMost: number): Promise<readonly Pair[]> {
  return (await session.query<PairRow>(READ_PAIRS_AFTER, [lower(after), atMost])).map(pairOf);
}

export async function readByReferral(session: Session, referralId: string): Promise<Pair | null> {
  return firstPair(await session.query<PairRow>(READ_BY_REFERRAL, [lower(referralId)]));
}

export async function readByEngagement(session: Session, engagementId: string): Promise<Pair | null> {
  return firstPair(await session.query<PairRow>(READ_BY_ENGAGEMENT, [plainText(engagementId)]));
}

/** Referral id → opportunity id of the referrals that a pair names. */
export async function readAliases(
  session: Session,
  referralIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (referralIds.length === 0) return new Map();
  const rows = await session.query<{ referral_id: string; opportunity_id: string }>(READ_ALIASES, [referralIds]);
  return new Map(rows.map((row) => [row.referral_id, row.opportunity_id]));
}

function isNew({ revision }: Pair): boolean {
  return revision === 0;
}

function firstPair([row]: readonly PairRow[]): Pair | null {
  return row === undefined ? null : pairOf(row);
}

function pairOf({ state, revision, failures, dead_because: deadBecause }: PairRow): Pair {
  // Earlier relays stored no pauses.
  return { ...state, paused: state.paused ?? [], revision, failures, deadBecause };
}

function lower(id: string): string {
  return plainText(id).toLowerCase();
}
