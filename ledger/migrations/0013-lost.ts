import { type Kysely, sql } from 'kysely';

/** Texts and files that an act refers to and a restored ledger no longer has: named until a person has noted them. */
const STATEMENTS = [
  `create table lost (
    id text primary key, kind text not null, task text not null, seq integer not null, act text not null,
    field text not null, position text not null, happened_at timestamptz not null, noted_at timestamptz)`,
  `create index lost_open on lost (task, seq) where noted_at is null`,
];

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
};
