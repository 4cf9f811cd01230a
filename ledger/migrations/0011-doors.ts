import { type Kysely, sql } from 'kysely';

/**
 * Who got a link and who opened a session of the board, by an opaque id: both end with their time at the position.
 * Links of before are judged by who held the position on their day, sessions of before end.
 */
const STATEMENTS = [`alter table link add column person text`, `alter table web_session add column person text`];

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
};
