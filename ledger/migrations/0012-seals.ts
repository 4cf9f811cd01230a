import { type Kysely, sql } from 'kysely';

/**
 * Acts that no door of ours has sealed: shown to a person, never in a task's record. A ledger that holds events was kept by a release without seals: what
 * its runs and its web still have on the way is taken for three days.
 */
const STATEMENTS = [
  `create table unsealed_act (
    id text primary key, task text not null, act text not null, position text not null, via text not null, why text not null,
    decided_at timestamptz not null, seen_at timestamptz not null)`,
  `create index unsealed_act_seen on unsealed_act (seen_at)`,
  `insert into setting (name, value)
    select 'sealed-from', to_jsonb(trunc(extract(epoch from now() + interval '3 days') * 1000)::bigint) where exists (select 1 from event)`,
];

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
};
