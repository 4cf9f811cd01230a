import { type Kysely, sql } from 'kysely';

/** Letters that a supervisor's leader let go, as they were sent: kept beside the mails, whose bodies are not kept for ever. */
const STATEMENTS = [
  `create table letter (
    id text primary key, task text not null, rung text not null, number text, name text not null, content_type text not null, hash text not null,
    content bytea not null, approved_at timestamptz not null)`,
  `create index letter_task on letter (task, approved_at)`,
];

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
};
