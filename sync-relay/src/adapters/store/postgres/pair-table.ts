import { RelayError } from "../../../core/errors";
import type { Pair } from "../../../core/pair";
import { isInDoubt } from "../in-doubt";
import { seenReferralsOf } from "../seen-referrals";
import type { Session } from "./database";
import { plainText, plainTextOrNull } from "./plain-text";

// The state of a pair is one JSON text; what is looked up, counted or changed by statements has a column of its own, and
// the columns `revision`, `failures` and `dead_because` win over the text.

const INSERT_PAIR = `
  insert into cosell.pair
    (opportunity_id, revision, state, status, failures, dead_because, engagement_id, crm_version, in_doubt)
  values ($1, $2 + 1, $3, $4, $5, $6, $7, $8, $9)
  on conflict (opportunity_id) do nothing
  returning revision`;

const UPDATE_PAIR = `
  update cosell.pair set revision = revision + 1, state = $3, status = $4, failures = $5, dead_because = $6,
    engagement_id = $7, crm_version = $8, in_doubt = $9
  where opportunity_id = $1 and revision = $2
  returning revision`;

// The first pair that names a referral keeps it until it lets it go.
const DROP_ALIASES = `delete from cosell.pair_alias where opportunity_id = $1 and referral_id <> all($2::text[])`;
const ADD_ALIASES = `
  insert into cosell.pair_alias as a (referral_id, opportunity_id, seen_updated_at)
  select referral_id, $1, seen_updated_at from unnest($2::text[], $3::text[]) as t (referral_id, seen_updated_at)
  on conflict (referral_id) do update set seen_updated_at = excluded.seen_updated_at
  where a.opportunity_id = excluded.opportunity_id`;

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

/** Saves the pair if nobody else did since its revision. Throws CS-1302 otherwise. */
export async function savePair(tx: Session, pair: Pair): Promise<Pair> {
  const statement = pair.revision === 0 ? INSERT_PAIR : UPDATE_PAIR;
  const rows = await tx.query<{ revision: string }>(statement, [
    pair.opportunityId,
    pair.revision,
    JSON.stringify(pair),
    pair.status,
    pair.failures,
    plainTextOrNull(pair.deadBecause),
    plainTextOrNull(pair.engagementId),
    plainTextOrNull(pair.crm?.version ?? null),
    isInDoubt(pair),
  ]);
  if (rows.length === 0) throw new RelayError("CS-1302");
  const seen = [...seenReferralsOf(pair)];
  const ids = seen.map(([id]) => plainText(id));
  await tx.query(DROP_ALIASES, [pair.opportunityId, ids]);
  if (ids.length > 0) {
    await tx.query(ADD_ALIASES, [pair.opportunityId, ids, seen.map(([, updatedAt]) => plainTextOrNull(updatedAt))]);
  }
  return { ...pair, revision: pair.revision + 1 };
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
