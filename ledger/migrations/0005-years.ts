import { type Kysely, sql } from 'kysely';

/** What keeps every pass of the post and every page of the board as quick after ten years as on the first day. */
const STATEMENTS = [
  `create index attempt_open on attempt (message) where ended_at is null`,
  `create index message_frozen on message (frozen_at)`,
  `create index message_group on message (regexp_replace(grp, '/[0-9]+$', '')) where state not in ('superseded', 'failed')`,
  `create index notice_matter on notice (about_type, about_id, to_position, decided_at)`,
  `create index event_amend on event (task) where act = 'amend'`,
];

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
};
