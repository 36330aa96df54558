// Tables of the relay, as numbered steps that are only ever added to. A released step never changes, and only adds to what
// the version before it uses, so that both work side by side; the steps up to 5 are older than the first release.

interface Migration {
  readonly number: number;
  readonly sql: string;
}

// Events and states are `json`, not `jsonb`: they are read whole, and `jsonb` refuses texts that JSON allows (a zero
// character), which would let one odd name block its pair.
const FIRST_TABLES = `
create table cosell.inbox (
  seq bigint generated always as identity primary key,
  source text not null,
  dedupe_id text not null,
  key text not null,
  event json not null,
  unverified json,
  received_at timestamptz not null,
  done_at timestamptz,
  unique (source, dedupe_id)
) with (autovacuum_vacuum_scale_factor = 0.02);
create index inbox_waiting on cosell.inbox (key, seq) where done_at is null;
create index inbox_oldest on cosell.inbox (received_at) where done_at is null;
create index inbox_done on cosell.inbox (done_at) where done_at is not null;

create table cosell.pair (
  opportunity_id text primary key,
  place bigint generated always as identity,
  revision bigint not null,
  state json not null,
  status text not null,
  failures integer not null,
  dead_because text,
  engagement_id text,
  crm_version text,
  referral_updated_at text
);
create index pair_engagement on cosell.pair (engagement_id, place) where engagement_id is not null;
create index pair_dead on cosell.pair (dead_because) where dead_because is not null;

create table cosell.pair_alias (
  referral_id text primary key,
  opportunity_id text not null references cosell.pair (opportunity_id) on delete cascade
);
create index pair_alias_opportunity on cosell.pair_alias (opportunity_id);

create table cosell.audit (
  id bigint generated always as identity primary key,
  opportunity_id text,
  at timestamptz not null,
  entry json not null
);
create index audit_opportunity on cosell.audit (opportunity_id, id desc);
create index audit_at on cosell.audit (at);

create table cosell.upstream (
  name text primary key,
  per_second double precision not null,
  burst double precision not null,
  tokens double precision not null,
  execution_per_second double precision,
  execution_burst double precision,
  execution_tokens double precision not null,
  lowest double precision,
  highest double precision,
  climb double precision,
  refilled_at timestamptz not null,
  blocked_until timestamptz not null
);

create table cosell.fact (name text primary key, value text not null);
create table cosell.secret (name text primary key, sealed text not null, saved_at timestamptz not null default now());
`;

// A pair knows two referrals, and each has its own time; a time that is not known yet makes the sweep look once.
const SEEN_TIME_PER_REFERRAL = `
alter table cosell.pair_alias add column seen_updated_at text;
alter table cosell.pair drop column referral_updated_at;
`;

// Creates in doubt are measured every few seconds; reading every state for that would cost more with each pair.
const CREATE_IN_DOUBT = `
alter table cosell.pair add column in_doubt boolean not null default false;
create index pair_in_doubt on cosell.pair (opportunity_id) where in_doubt;
`;

// A referral may name an opportunity long before that opportunity is shared, or shared again.
const REFERRAL_NAME = `
create table cosell.referral_name (
  referral_id text primary key,
  opportunity_id text not null,
  updated_at text not null
);
create index referral_name_opportunity on cosell.referral_name (opportunity_id);
`;

// What waits is a small table of its own: an event that was dealt with leaves it, and its row in the inbox is never
// written again (a mark in it would be a second copy of the row, and of its place in each index). A delivery is known by a
// digest, since its id as text is as long as the rest of the row.
const WAITING_APART = `
create table cosell.waiting (
  key text not null,
  seq bigint not null,
  received_at timestamptz not null,
  primary key (key, seq)
) with (autovacuum_vacuum_scale_factor = 0.02);
insert into cosell.waiting select key, seq, received_at from cosell.inbox where done_at is null;
alter table cosell.inbox rename column dedupe_id to delivery;
alter table cosell.inbox drop constraint inbox_source_dedupe_id_key, drop column done_at;
alter table cosell.inbox alter column delivery type uuid
  using left(encode(sha256(convert_to(source || ' ' || delivery, 'UTF8')), 'hex'), 32)::uuid;
alter table cosell.inbox drop column source, add unique (delivery);
`;

export const migrations: readonly Migration[] = [
  { number: 1, sql: FIRST_TABLES },
  { number: 2, sql: SEEN_TIME_PER_REFERRAL },
  { number: 3, sql: CREATE_IN_DOUBT },
  { number: 4, sql: REFERRAL_NAME },
  { number: 5, sql: WAITING_APART },
];
